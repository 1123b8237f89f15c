package io.omsbatch.examples.postgres.platform;

import io.omsbatch.examples.postgres.cutover.ObjectState;
import io.omsbatch.examples.postgres.precheck.Finding;
import io.omsbatch.examples.postgres.task.TaskRecord;
import java.util.List;

/**
 * A task with what was written down about it.
 *
 * @param task the task
 * @param findings of its last precheck
 * @param objects its database objects
 */
public record TaskNotes(TaskRecord task, List<Finding> findings, List<ObjectState> objects) {

    /** Copies the lists. */
    public TaskNotes {
        findings = List.copyOf(findings);
        objects = List.copyOf(objects);
    }
}
