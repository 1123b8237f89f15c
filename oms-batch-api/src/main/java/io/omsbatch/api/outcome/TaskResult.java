package io.omsbatch.api.outcome;

import io.omsbatch.api.SafeText;
import io.omsbatch.api.task.TaskRef;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one task with what led to it. Immutable.
 *
 * @param ref the task
 * @param name its name when it was planned; the id if it was never read
 * @param outcome how it ended
 * @param attempts how many commands were sent for it in all
 * @param startedAt when the first command was intended, or null if none was
 * @param endedAt when the outcome was known
 * @since 0.1.0
 */
public record TaskResult(
        TaskRef ref,
        String name,
        TaskOutcome outcome,
        int attempts,
        @Nullable Instant startedAt,
        Instant endedAt) {

    /** Checks that the parts are there. */
    public TaskResult {
        Objects.requireNonNull(ref, "TaskResult.ref");
        Objects.requireNonNull(name, "TaskResult.name");
        Objects.requireNonNull(outcome, "TaskResult.outcome");
        Objects.requireNonNull(endedAt, "TaskResult.endedAt");
    }

    /** Returns name, kind and text in one escaped line. */
    @Override
    public String toString() {
        return SafeText.escape(name) + ": " + outcome.kind().title()
                + (outcome.successful() ? "" : ", " + outcome.text());
    }
}
