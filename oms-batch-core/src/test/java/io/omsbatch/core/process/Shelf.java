package io.omsbatch.core.process;

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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Tasks in memory that can be started, at once, or not before the test lets go; for races, which are about the journal. It
 * counts the commands for each.
 */
final class Shelf implements TaskGateway {

    private final AtomicInteger tasks = new AtomicInteger();
    private final Map<TaskRef, AtomicInteger> commands = new ConcurrentHashMap<>();

    /** While it is not zero, no command returns. */
    private volatile CountDownLatch held = new CountDownLatch(0);

    void hold() {
        held = new CountDownLatch(1);
    }

    void letGo() {
        held.countDown();
    }

    TaskRef add() {
        TaskRef ref = new TaskRef("shelf", "t" + tasks.incrementAndGet());
        commands.put(ref, new AtomicInteger());
        return ref;
    }

    int commands(TaskRef task) {
        AtomicInteger count = commands.get(task);
        return count == null ? 0 : count.get();
    }

    @Override
    public GatewayCapabilities capabilities() {
        return GatewayCapabilities.of();
    }

    @Override
    public Map<TaskRef, MigrationTask> read(Set<TaskRef> asked) {
        Map<TaskRef, MigrationTask> shown = new HashMap<>();
        for (TaskRef ref : asked) {
            TaskStatus status = commands(ref) == 0 ? TaskStatus.NOT_STARTED : TaskStatus.RUNNING;
            shown.put(ref, MigrationTask.builder(ref).status(status).build());
        }
        return shown;
    }

    @Override
    public TaskPage list(@Nullable String from, int size) {
        return new TaskPage(List.of(), null);
    }

    @Override
    public GatewayReply command(TaskCommand command) {
        AtomicInteger count = commands.get(command.task());
        if (count == null) {
            return GatewayReply.refused("NOWHERE", "no such task", "");
        }
        count.incrementAndGet();
        try {
            held.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return GatewayReply.done();
    }
}
