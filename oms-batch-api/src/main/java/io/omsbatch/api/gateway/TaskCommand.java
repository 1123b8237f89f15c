package io.omsbatch.api.gateway;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.task.TaskRef;
import java.util.Objects;

/**
 * The command to apply an operation to one task. Immutable.
 *
 * @param task the task
 * @param operation any operation but the forward switchover, whose steps are {@link StepCommand}s
 * @param context key, attempt, token and deadline
 * @since 0.1.0
 */
public record TaskCommand(TaskRef task, BatchOperation operation, CommandContext context) {

    /** Checks the parts. */
    public TaskCommand {
        Objects.requireNonNull(task, "TaskCommand.task");
        Objects.requireNonNull(context, "TaskCommand.context");
        Objects.requireNonNull(operation, "TaskCommand.operation");
        if (operation.kind() == OperationKind.FORWARD_SWITCHOVER) {
            throw new InvalidInputException(
                    "TaskCommand.operation", "is the forward switchover; its steps are sent as StepCommand");
        }
    }
}
