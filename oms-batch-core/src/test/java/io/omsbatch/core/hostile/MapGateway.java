package io.omsbatch.core.hostile;

import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A platform that stops and resumes tasks at once, and remembers nothing else. */
final class MapGateway implements TaskGateway {

    private final Map<TaskRef, MigrationTask> tasks = new ConcurrentSkipListMap<>();
    private final AtomicInteger commands = new AtomicInteger();

    MapGateway(int number) {
        for (int i = 1; i <= number; i++) {
            TaskRef ref = World.ref("t" + i);
            tasks.put(
                    ref,
                    MigrationTask.builder(ref)
                            .status(TaskStatus.RUNNING)
                            .stage(Stage.INCREMENTAL_SYNC, StageProgress.State.MONITORING)
                            .build());
        }
    }

    List<TaskRef> refs() {
        return List.copyOf(tasks.keySet());
    }

    int commands() {
        return commands.get();
    }

    @Override
    public GatewayCapabilities capabilities() {
        return GatewayCapabilities.of().withMaximumEffectDelay(Duration.ZERO);
    }

    @Override
    public Map<TaskRef, MigrationTask> read(Set<TaskRef> asked) {
        Map<TaskRef, MigrationTask> found = new HashMap<>(tasks);
        found.keySet().retainAll(asked);
        return found;
    }

    @Override
    public TaskPage list(String from, int size) {
        return new TaskPage(List.copyOf(tasks.values()), null);
    }

    @Override
    public GatewayReply command(TaskCommand command) {
        commands.incrementAndGet();
        TaskStatus wanted = command.operation().kind() == OperationKind.STOP ? TaskStatus.STOPPED : TaskStatus.RUNNING;
        tasks.computeIfPresent(
                command.task(), (ref, task) -> task.toBuilder().status(wanted).build());
        return GatewayReply.done();
    }
}
