package io.omsbatch.testkit.simulation;

import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.switchover.PrecheckItem;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The way of one process to the platform: each call crosses a boundary before and after it. */
final class ProcessGateway implements SwitchoverGateway {

    private final SimulatedProcess process;
    private final SwitchoverGateway platform;

    ProcessGateway(SimulatedProcess process, SwitchoverGateway platform) {
        this.process = process;
        this.platform = platform;
    }

    private <T> T crossing(Supplier<T> call) {
        process.cross();
        try {
            return call.get();
        } finally {
            process.cross();
        }
    }

    private <T> T changing(Supplier<T> call) {
        return crossing(() -> {
            process.fates().change();
            return call.get();
        });
    }

    @Override
    public GatewayCapabilities capabilities() {
        return platform.capabilities();
    }

    @Override
    public Map<TaskRef, MigrationTask> read(Set<TaskRef> tasks) {
        return crossing(() -> platform.read(tasks));
    }

    @Override
    public TaskPage list(@Nullable String from, int size) {
        return crossing(() -> platform.list(from, size));
    }

    @Override
    public Map<TaskRef, SwitchoverSnapshot> observe(Set<TaskRef> tasks) {
        return crossing(() -> platform.observe(tasks));
    }

    @Override
    public Map<TaskRef, List<PrecheckItem>> precheck(Set<TaskRef> tasks) {
        return crossing(() -> platform.precheck(tasks));
    }

    @Override
    public GatewayReply command(TaskCommand command) {
        return changing(() -> platform.command(command));
    }

    @Override
    public GatewayReply command(StepCommand command) {
        return changing(() -> platform.command(command));
    }
}
