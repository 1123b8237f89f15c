package io.omsbatch.api.eligibility;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.Limits;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import java.util.List;
import java.util.Objects;

/**
 * Tasks that go through a switchover in lockstep: they have the same migration type, go the same way and were at the same step when
 * they were planned (SW-1). Immutable.
 *
 * @param number the lane's number within its plan, from 1
 * @param type the migration type of all its tasks
 * @param direction which way all its tasks go
 * @param entryStep the step at which all its tasks stand
 * @param tasks the tasks, in request order, at least one
 * @since 0.1.0
 */
public record Lane(
        int number, MigrationType type, SwitchoverDirection direction, SwitchoverStep entryStep, List<TaskRef> tasks) {

    /**
     * Checks and copies the parts.
     *
     * @throws InvalidInputException if there is no task
     */
    public Lane {
        Limits.range("Lane.number", number, 1, Integer.MAX_VALUE);
        Objects.requireNonNull(type, "Lane.type");
        Objects.requireNonNull(direction, "Lane.direction");
        Objects.requireNonNull(entryStep, "Lane.entryStep");
        tasks = List.copyOf(Objects.requireNonNull(tasks, "Lane.tasks"));
        if (tasks.isEmpty()) {
            throw new InvalidInputException("Lane.tasks", "is empty; a lane needs at least one task");
        }
    }

    /** Returns number, type, step and size. */
    @Override
    public String toString() {
        return "lane " + number + ": " + tasks.size() + (tasks.size() == 1 ? " task" : " tasks") + " of " + type
                + ", from " + entryStep.title(direction) + " on";
    }
}
