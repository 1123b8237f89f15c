package io.omsbatch.core.scale;

import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/** Many running tasks in a few bytes each, which counts the commands for each and the calls in flight. */
final class CountingPlatform implements TaskGateway {

    private static final String NAME = "p";

    /** How many looks at a task show it running before they show it stopped. */
    private final int delay;

    private final AtomicIntegerArray commands;
    private final AtomicIntegerArray looksLeft;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();

    CountingPlatform(int tasks, int delay) {
        this.delay = delay;
        this.commands = new AtomicIntegerArray(tasks);
        this.looksLeft = new AtomicIntegerArray(tasks);
    }

    static TaskRef ref(int number) {
        return new TaskRef(NAME, Integer.toString(number));
    }

    int mostInFlight() {
        return mostInFlight.get();
    }

    int commandedOnce() {
        int once = 0;
        for (int i = 0; i < commands.length(); i++) {
            once += commands.get(i) == 1 ? 1 : 0;
        }
        return once;
    }

    @Override
    public GatewayCapabilities capabilities() {
        return GatewayCapabilities.of();
    }

    @Override
    public Map<TaskRef, MigrationTask> read(Set<TaskRef> tasks) {
        enter();
        Map<TaskRef, MigrationTask> answer = new HashMap<>();
        for (TaskRef ref : tasks) {
            int number = Integer.parseInt(ref.id());
            boolean stopped = commands.get(number) > 0 && looksLeft.getAndDecrement(number) <= 0;
            answer.put(
                    ref,
                    MigrationTask.builder(ref)
                            .status(stopped ? TaskStatus.STOPPED : TaskStatus.RUNNING)
                            .build());
        }
        inFlight.decrementAndGet();
        return answer;
    }

    @Override
    public TaskPage list(@Nullable String from, int size) {
        return new TaskPage(List.of(), null);
    }

    @Override
    public GatewayReply command(TaskCommand command) {
        enter();
        int number = Integer.parseInt(command.task().id());
        looksLeft.set(number, delay);
        commands.incrementAndGet(number);
        inFlight.decrementAndGet();
        return delay == 0 ? GatewayReply.done() : GatewayReply.accepted();
    }

    private void enter() {
        mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    }
}
