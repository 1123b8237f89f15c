package io.omsbatch.examples.postgres.task;

import io.omsbatch.examples.postgres.problem.Problem;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A migration task: one database on its way to the other server. Immutable.
 *
 * @param id its id, which is the name of its database
 * @param parts what it was configured to do
 * @param protection how much attention its alerts get
 * @param state where it is
 * @param links what is meant to flow
 * @param problem why it failed; null if it did not
 */
public record TaskRecord(
        String id,
        Set<Part> parts,
        Protection protection,
        TaskState state,
        Links links,
        @Nullable Problem problem) {

    /** Copies the parts. */
    public TaskRecord {
        parts = Set.copyOf(parts);
    }

    /** A task that was never started. */
    public static TaskRecord fresh(String id, Set<Part> parts) {
        return new TaskRecord(id, parts, Protection.NONE, TaskState.fresh(), Links.none(), null);
    }

    /** With another protection. */
    public TaskRecord with(Protection value) {
        return new TaskRecord(id, parts, value, state, links, problem);
    }

    /** With another state; a problem belongs to what failed and goes with it. */
    public TaskRecord with(TaskState value) {
        return new TaskRecord(id, parts, protection, value, links, value.failed() ? problem : null);
    }

    /** With other links. */
    public TaskRecord with(Links value) {
        return new TaskRecord(id, parts, protection, state, value, problem);
    }

    /** With a problem. */
    public TaskRecord with(Problem value) {
        return new TaskRecord(id, parts, protection, state, links, value);
    }

    /** Whether it was configured to do this. */
    public boolean has(Part part) {
        return parts.contains(part);
    }
}
