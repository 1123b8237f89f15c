package io.omsbatch.examples.embedding;

import io.omsbatch.api.eligibility.EligibilityPolicy;
import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.eligibility.Verdict;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.task.AlertLevel;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The gateway of a host whose platform is a map of tasks: all it takes to put a platform under batch control. */
public final class InMemoryGateway implements TaskGateway {

    private final NavigableMap<String, MigrationTask> tasks = new ConcurrentSkipListMap<>();

    /**
     * Adds a task that was never started.
     *
     * @param name its name
     * @return its identity
     */
    public TaskRef add(String name) {
        TaskRef ref = new TaskRef("in-memory", name);
        MigrationType type =
                MigrationType.of(MigrationType.Part.SCHEMA, MigrationType.Part.FULL, MigrationType.Part.INCREMENTAL);
        tasks.put(name, MigrationTask.builder(ref).name(name).type(type).build());
        return ref;
    }

    @Override
    public GatewayCapabilities capabilities() {
        // What the map shows is never stale, and a command has had its effect when its call returns.
        return GatewayCapabilities.of().withMaximumEffectDelay(Duration.ZERO);
    }

    @Override
    public Map<TaskRef, MigrationTask> read(Set<TaskRef> asked) {
        Map<TaskRef, MigrationTask> found = new HashMap<>();
        for (TaskRef ref : asked) {
            MigrationTask task = tasks.get(ref.id());
            if (task != null && task.ref().equals(ref)) {
                found.put(ref, task);
            }
        }
        return found;
    }

    @Override
    public TaskPage list(@Nullable String from, int size) {
        NavigableMap<String, MigrationTask> rest = from == null ? tasks : tasks.tailMap(from, false);
        List<MigrationTask> page = rest.values().stream().limit(size).toList();
        boolean last = page.size() < size;
        return new TaskPage(page, last ? null : page.get(size - 1).ref().id());
    }

    @Override
    public GatewayReply command(TaskCommand command) {
        GatewayReply[] reply = {GatewayReply.refused("NO_SUCH_TASK", "no task " + command.task(), "")};
        tasks.computeIfPresent(command.task().id(), (id, task) -> {
            Verdict verdict = EligibilityPolicy.documented().judge(task, command.operation());
            if (!verdict.eligible()) {
                Reason why = verdict.reasons().get(0);
                reply[0] = GatewayReply.refused(why.code(), why.text(), "");
                return task;
            }
            reply[0] = GatewayReply.done();
            return switch (command.operation().kind()) {
                case START, RESUME ->
                    task.toBuilder()
                            .status(TaskStatus.RUNNING)
                            .stage(Stage.INCREMENTAL_SYNC, StageProgress.State.MONITORING)
                            .build();
                case STOP -> task.toBuilder().status(TaskStatus.STOPPED).build();
                case END -> task.toBuilder().status(TaskStatus.ENDED).build();
                case DELETE -> null;
                case MODIFY_ALERT_LEVEL -> {
                    AlertLevel level = ((BatchOperation.ModifyAlertLevel) command.operation()).level();
                    yield task.toBuilder().alertLevel(level).build();
                }
                case SKIP_FULL_VERIFICATION,
                        ENTER_FORWARD_SWITCHOVER,
                        FORWARD_SWITCHOVER,
                        ENTER_SWITCH_BACK,
                        SWITCH_BACK -> {
                    reply[0] = GatewayReply.refused("UNSUPPORTED", "this platform has no such stage", "");
                    yield task;
                }
            };
        });
        return reply[0];
    }
}
