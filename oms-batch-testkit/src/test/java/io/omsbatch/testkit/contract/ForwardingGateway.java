package io.omsbatch.testkit.contract;

import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import java.util.Map;
import java.util.Set;

/** A gateway that leaves everything to another one; a broken gateway overrides what it breaks. */
abstract class ForwardingGateway implements SwitchoverGateway {

    final SwitchoverGateway behind;

    ForwardingGateway(SwitchoverGateway behind) {
        this.behind = behind;
    }

    @Override
    public GatewayCapabilities capabilities() {
        return behind.capabilities();
    }

    @Override
    public Map<TaskRef, MigrationTask> read(Set<TaskRef> tasks) {
        return behind.read(tasks);
    }

    @Override
    public TaskPage list(String from, int size) {
        return behind.list(from, size);
    }

    @Override
    public Map<TaskRef, SwitchoverSnapshot> observe(Set<TaskRef> tasks) {
        return behind.observe(tasks);
    }

    @Override
    public GatewayReply command(TaskCommand command) {
        return behind.command(command);
    }

    @Override
    public GatewayReply command(StepCommand command) {
        return behind.command(command);
    }
}
