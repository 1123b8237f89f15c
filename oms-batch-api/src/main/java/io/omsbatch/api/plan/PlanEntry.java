package io.omsbatch.api.plan;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the plan found for one selected id; every id has exactly one entry (PLAN-2). Immutable.
 *
 * @since 0.1.0
 */
public sealed interface PlanEntry {

    /**
     * The operation will be applied.
     *
     * @param task the task as it was read
     */
    record Eligible(MigrationTask task) implements PlanEntry {
        /** Checks that the task is there. */
        public Eligible {
            Objects.requireNonNull(task, "PlanEntry.Eligible.task");
        }

        @Override
        public TaskRef ref() {
            return task.ref();
        }
    }

    /**
     * The operation may not be applied now.
     *
     * @param ref the task's identity
     * @param task the task as it was read, or null if it could not be read
     * @param reasons why not, at least one
     */
    record Ineligible(TaskRef ref, @Nullable MigrationTask task, List<Reason> reasons) implements PlanEntry {
        /** Copies the reasons and checks that there is one. */
        public Ineligible {
            Objects.requireNonNull(ref, "PlanEntry.Ineligible.ref");
            reasons = List.copyOf(Objects.requireNonNull(reasons, "PlanEntry.Ineligible.reasons"));
            if (reasons.isEmpty()) {
                throw new InvalidInputException("PlanEntry.Ineligible.reasons", "is empty; say at least one reason");
            }
        }
    }

    /**
     * The actor may not do this; nothing of the task is shown.
     *
     * @param ref the task's identity
     */
    record Denied(TaskRef ref) implements PlanEntry {
        /** Checks that the id is there. */
        public Denied {
            Objects.requireNonNull(ref, "PlanEntry.Denied.ref");
        }
    }

    /**
     * The platform has no such task.
     *
     * @param ref the id that was asked for
     */
    record NotFound(TaskRef ref) implements PlanEntry {
        /** Checks that the id is there. */
        public NotFound {
            Objects.requireNonNull(ref, "PlanEntry.NotFound.ref");
        }
    }

    /** Returns the id that was selected. */
    TaskRef ref();
}
