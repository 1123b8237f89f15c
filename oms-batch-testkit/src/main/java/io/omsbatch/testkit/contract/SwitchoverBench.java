package io.omsbatch.testkit.contract;

import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.api.task.TaskRef;
import java.util.Optional;

/**
 * What a host lends to {@link SwitchoverGatewayContract}.
 *
 * @since 0.1.0
 */
public interface SwitchoverBench extends GatewayBench {

    /** Returns the gateway under test; always the same one. */
    @Override
    SwitchoverGateway gateway();

    /**
     * Creates a disposable task that has entered the forward switchover and has done none of its steps, with as many of the
     * eight steps as the platform can do.
     *
     * @return the task, shown by an observation already; or empty if the platform cannot do that, which skips the test
     */
    Optional<TaskRef> enter();

    /**
     * Stops whatever the bench itself lets write to the source of a task; called just before the step that confirms it.
     *
     * @param task the task
     */
    default void stopWrites(TaskRef task) {}
}
