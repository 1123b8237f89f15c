package io.omsbatch.core.internal.dry;

import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.switchover.PrecheckItem;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A gateway through which nothing can be commanded (PLAN-1). */
public class SealedGateway implements TaskGateway {

    private final TaskGateway gateway;

    private SealedGateway(TaskGateway gateway) {
        this.gateway = gateway;
    }

    /**
     * Seals a gateway; one that can switch over stays one that can be asked about switchovers.
     *
     * @param gateway the gateway
     * @return the sealed gateway
     */
    public static TaskGateway of(TaskGateway gateway) {
        return gateway instanceof SwitchoverGateway switchover
                ? new SealedSwitchover(switchover)
                : new SealedGateway(gateway);
    }

    @Override
    public GatewayCapabilities capabilities() {
        return gateway.capabilities();
    }

    @Override
    public Map<TaskRef, MigrationTask> read(Set<TaskRef> tasks) {
        return gateway.read(tasks);
    }

    @Override
    public TaskPage list(@Nullable String from, int size) {
        return gateway.list(from, size);
    }

    @Override
    public GatewayReply command(TaskCommand command) {
        throw sealed();
    }

    private static IllegalStateException sealed() {
        return new IllegalStateException("a dry run commands nothing");
    }

    private static final class SealedSwitchover extends SealedGateway implements SwitchoverGateway {

        private final SwitchoverGateway gateway;

        SealedSwitchover(SwitchoverGateway gateway) {
            super(gateway);
            this.gateway = gateway;
        }

        @Override
        public Map<TaskRef, SwitchoverSnapshot> observe(Set<TaskRef> tasks) {
            return gateway.observe(tasks);
        }

        @Override
        public Map<TaskRef, List<PrecheckItem>> precheck(Set<TaskRef> tasks) {
            return gateway.precheck(tasks);
        }

        @Override
        public GatewayReply command(StepCommand command) {
            throw sealed();
        }
    }
}
