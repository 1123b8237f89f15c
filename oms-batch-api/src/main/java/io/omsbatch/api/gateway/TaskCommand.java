package io.omsbatch.api.gateway;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.task.TaskRef;
import java.util.Objects;

/**
 * The command to apply an operation to one task. Immutable.
 *
 * @param task the task
 * @param operation any operation but the two switchovers, whose steps are {@link StepCommand}s
 * @param context key, attempt, token and deadline
 * @since 0.1.0
 */
public record TaskCommand(TaskRef task, BatchOperation operation, CommandContext context) {

    /** Checks the parts. */
    public TaskCommand {
        Objects.requireNonNull(task, "TaskCommand.task");
        Objects.requireNonNull(context, "TaskCommand.context");
        Objects.requireNonNull(operation, "TaskCommand.operation");
        if (operation.kind().isSwitchover()) {
            throw new InvalidInputException(
                    "TaskCommand.operation",
                    "is the " + operation.kind().title() + "; its steps are sent as StepCommand");
        }
    }
}
