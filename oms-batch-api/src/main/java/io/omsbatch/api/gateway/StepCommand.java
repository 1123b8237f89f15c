package io.omsbatch.api.gateway;

import io.omsbatch.api.Limits;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import java.util.Objects;

/**
 * The command to carry out, or pass over, one switchover step of one task. Immutable.
 *
 * @param task the task
 * @param step the step
 * @param round the round of the task to which the step belongs; refuse it for a task that is in another round, however late it comes
 * @param action what to do with the step
 * @param context key, attempt, token and deadline
 * @since 0.1.0
 */
public record StepCommand(TaskRef task, SwitchoverStep step, int round, Action action, CommandContext context) {

    /** What to do with a step. */
    public enum Action {
        /** Carry the step out; for an operator step, the operator has confirmed it. */
        RUN,
        /** Pass over the step and go on; an operator waived what it protects, and the journal says so. */
        SKIP,
        /** Take the step back; see {@link SwitchoverGateway}. Only for a platform that declares {@link GatewayCapability#UNDO}. */
        UNDO
    }

    /** Checks the parts. */
    public StepCommand {
        Objects.requireNonNull(task, "StepCommand.task");
        Objects.requireNonNull(step, "StepCommand.step");
        Limits.range("StepCommand.round", round, 1, Integer.MAX_VALUE);
        Objects.requireNonNull(action, "StepCommand.action");
        Objects.requireNonNull(context, "StepCommand.context");
    }
}
