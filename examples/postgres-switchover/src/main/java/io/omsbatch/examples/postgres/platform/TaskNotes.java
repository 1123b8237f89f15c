package io.omsbatch.examples.postgres.platform;

import io.omsbatch.examples.postgres.cutover.ObjectState;
import io.omsbatch.examples.postgres.precheck.Finding;
import io.omsbatch.examples.postgres.task.TaskRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task with what was written down about it.
 *
 * @param task the task
 * @param findings of its last precheck
 * @param objects its database objects
 * @param verifiedAt when a full verification last found no difference; null if none did
 * @param switchedAt when its last switchover was over; null before
 */
public record TaskNotes(
        TaskRecord task,
        List<Finding> findings,
        List<ObjectState> objects,
        @Nullable Instant verifiedAt,
        @Nullable Instant switchedAt) {

    /** Copies the lists. */
    public TaskNotes {
        findings = List.copyOf(findings);
        objects = List.copyOf(objects);
    }
}
