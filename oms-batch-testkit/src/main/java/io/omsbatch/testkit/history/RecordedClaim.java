package io.omsbatch.testkit.history;

import io.omsbatch.api.task.TaskRef;
import java.util.Objects;
import java.util.Set;

/**
 * A claim that the journal answered. Immutable.
 *
 * @param runId the run that claimed
 * @param moment when it was answered
 * @param granted the tasks it got
 * @param refused the tasks it did not get
 * @since 0.1.0
 */
public record RecordedClaim(String runId, Moment moment, Set<TaskRef> granted, Set<TaskRef> refused) {

    /** Copies the sets. */
    public RecordedClaim {
        Objects.requireNonNull(runId, "RecordedClaim.runId");
        Objects.requireNonNull(moment, "RecordedClaim.moment");
        granted = Set.copyOf(granted);
        refused = Set.copyOf(refused);
    }
}
