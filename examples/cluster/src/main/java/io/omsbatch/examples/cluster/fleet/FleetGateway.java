package io.omsbatch.examples.cluster.fleet;

import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.examples.cluster.database.Database;
import io.omsbatch.examples.cluster.database.DatabaseFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The platform as a gateway, which fences and deduplicates. Thread-safe. */
public final class FleetGateway implements SwitchoverGateway {
    /** The server throws away what stands still for longer. */
    private static final Duration MAXIMUM_EFFECT_DELAY = Duration.ofSeconds(10);

    private final Fleet fleet;

    /**
     * A gateway to the platform.
     *
     * @param database where its tables are
     * @param replica who is noted as the cause of what is done
     */
    public FleetGateway(Database database, String replica) {
        this.fleet = new Fleet(database, replica);
    }

    @Override
    public GatewayCapabilities capabilities() {
        return GatewayCapabilities.of(GatewayCapability.FENCING, GatewayCapability.DEDUPLICATION)
                .withMaximumEffectDelay(MAXIMUM_EFFECT_DELAY);
    }

    @Override
    public Map<TaskRef, MigrationTask> read(Set<TaskRef> tasks) {
        return translated(() -> {
            Map<TaskRef, MigrationTask> found = new HashMap<>();
            fleet.read(ids(tasks)).forEach(task -> found.put(task.ref(), task.task()));
            return found;
        });
    }

    @Override
    public TaskPage list(@Nullable String from, int size) {
        return translated(() -> {
            List<FleetTask> page = fleet.page(from == null ? "" : from, size);
            return new TaskPage(
                    page.stream().map(FleetTask::task).toList(),
                    page.size() < size ? null : page.get(size - 1).ref().id());
        });
    }

    @Override
    public Map<TaskRef, SwitchoverSnapshot> observe(Set<TaskRef> tasks) {
        return translated(() -> {
            Map<TaskRef, SwitchoverSnapshot> found = new HashMap<>();
            fleet.read(ids(tasks)).forEach(task -> found.put(task.ref(), task.snapshot()));
            return found;
        });
    }

    @Override
    public GatewayReply command(TaskCommand command) {
        return GatewayReply.refused("UNSUPPORTED", "this platform only switches over", "");
    }

    @Override
    public GatewayReply command(StepCommand command) {
        return translated(() -> fleet.take(command));
    }

    private static List<String> ids(Set<TaskRef> tasks) {
        return tasks.stream()
                .filter(task -> task.platform().equals(Fleet.PLATFORM))
                .map(TaskRef::id)
                .toList();
    }

    /** Whatever failed before its commit was asked for had no effect; of a commit without an answer nobody knows. */
    private static <T> T translated(Supplier<T> call) {
        try {
            return call.get();
        } catch (DatabaseFailure e) {
            throw e.committing()
                    ? GatewayException.ambiguous(String.valueOf(e.getMessage()), e)
                    : GatewayException.transientFailure(String.valueOf(e.getMessage()), e);
        }
    }
}
