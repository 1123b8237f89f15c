package io.omsbatch.api.journal;

import io.omsbatch.api.Limits;
import java.time.Instant;
import java.util.Objects;

/**
 * Who keeps a task from being claimed. Immutable.
 *
 * @param runId the run
 * @param since since when
 * @param unsettled true if that run has ended and left the task UNKNOWN, so that nobody may command it before that is
 *     settled or acknowledged; false if the run is live and holds the task
 * @since 0.1.0
 */
public record ClaimHolder(String runId, Instant since, boolean unsettled) {

    /** Checks the parts. */
    public ClaimHolder {
        Limits.id("ClaimHolder.runId", runId);
        Objects.requireNonNull(since, "ClaimHolder.since");
    }
}
