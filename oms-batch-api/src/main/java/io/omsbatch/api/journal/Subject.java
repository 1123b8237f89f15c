package io.omsbatch.api.journal;

import io.omsbatch.api.Limits;
import io.omsbatch.api.task.TaskRef;
import java.util.Objects;

/**
 * What a fact is about. Immutable.
 *
 * @param task the task
 * @param step the name of the operation or switchover step
 * @param attempt the attempt, from 1; 0 if no command was sent
 * @since 0.1.0
 */
public record Subject(TaskRef task, String step, int attempt) {

    /** Checks the parts. */
    public Subject {
        Objects.requireNonNull(task, "Subject.task");
        Limits.id("Subject.step", step);
        Limits.range("Subject.attempt", attempt, 0, Integer.MAX_VALUE);
    }
}
