package io.omsbatch.api.outcome;

import io.omsbatch.api.SafeText;
import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverStep;
import java.util.List;
import java.util.Objects;

/**
 * How a task of a run ended. Each task of a run ends with exactly one outcome, and keeps it (RUN-1). Immutable.
 *
 * @since 0.1.0
 */
public sealed interface TaskOutcome {

    /** The kinds of outcome, for exhaustive switches. */
    enum Kind {
        /** See {@link Succeeded}. */
        SUCCEEDED("succeeded"),
        /** See {@link AlreadyDone}. */
        ALREADY_DONE("already done"),
        /** See {@link Ineligible}. */
        INELIGIBLE("ineligible"),
        /** See {@link Denied}. */
        DENIED("denied"),
        /** See {@link NotFound}. */
        NOT_FOUND("not found"),
        /** See {@link Stale}. */
        STALE("stale"),
        /** See {@link Failed}. */
        FAILED("failed"),
        /** See {@link Unknown}. */
        UNKNOWN("unknown"),
        /** See {@link NotAttempted}. */
        NOT_ATTEMPTED("not attempted"),
        /** See {@link LeftAt}. */
        LEFT_AT("left"),
        /** See {@link Undone}. */
        UNDONE("undone"),
        /** See {@link UndoIncomplete}. */
        UNDO_INCOMPLETE("undo incomplete");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        /** Returns the kind as an operator reads it. */
        public String title() {
            return title;
        }
    }

    /** The wanted state was observed after this run's command (RUN-4). */
    record Succeeded() implements TaskOutcome {
        @Override
        public Kind kind() {
            return Kind.SUCCEEDED;
        }

        @Override
        public String text() {
            return "succeeded";
        }
    }

    /** The wanted state was there before this run commanded anything. */
    record AlreadyDone() implements TaskOutcome {
        @Override
        public Kind kind() {
            return Kind.ALREADY_DONE;
        }

        @Override
        public String text() {
            return "was already in the wanted state";
        }
    }

    /**
     * The plan left the task out; nothing was commanded.
     *
     * @param reasons why, at least one
     */
    record Ineligible(List<Reason> reasons) implements TaskOutcome {
        /** Copies the reasons. */
        public Ineligible {
            reasons = List.copyOf(Objects.requireNonNull(reasons, "Ineligible.reasons"));
        }

        @Override
        public Kind kind() {
            return Kind.INELIGIBLE;
        }

        @Override
        public String text() {
            return String.join("; ", reasons.stream().map(Reason::text).toList());
        }
    }

    /** The actor may not do this to the task; nothing was commanded. */
    record Denied() implements TaskOutcome {
        @Override
        public Kind kind() {
            return Kind.DENIED;
        }

        @Override
        public String text() {
            return "access denied";
        }
    }

    /** The platform has no such task; nothing was commanded. */
    record NotFound() implements TaskOutcome {
        @Override
        public Kind kind() {
            return Kind.NOT_FOUND;
        }

        @Override
        public String text() {
            return "no such task";
        }
    }

    /**
     * The task changed since the plan; nothing was commanded (PLAN-3).
     *
     * @param problem what changed
     */
    record Stale(Problem problem) implements TaskOutcome {
        /** Checks that the problem is there. */
        public Stale {
            Objects.requireNonNull(problem, "Stale.problem");
        }

        @Override
        public Kind kind() {
            return Kind.STALE;
        }

        @Override
        public String text() {
            return problem.toString();
        }
    }

    /**
     * The command is known not to have led to the wanted state.
     *
     * @param problem what happened and what to do
     */
    record Failed(Problem problem) implements TaskOutcome {
        /** Checks that the problem is there. */
        public Failed {
            Objects.requireNonNull(problem, "Failed.problem");
        }

        @Override
        public Kind kind() {
            return Kind.FAILED;
        }

        @Override
        public String text() {
            return problem.toString();
        }
    }

    /**
     * Nobody knows whether the command had its effect, or whether it will (RUN-3).
     *
     * @param problem what is known and what to look at
     */
    record Unknown(Problem problem) implements TaskOutcome {
        /** Checks that the problem is there. */
        public Unknown {
            Objects.requireNonNull(problem, "Unknown.problem");
        }

        @Override
        public Kind kind() {
            return Kind.UNKNOWN;
        }

        @Override
        public String text() {
            return problem.toString();
        }
    }

    /**
     * The run ended without commanding anything for this task.
     *
     * @param problem why
     */
    record NotAttempted(Problem problem) implements TaskOutcome {
        /** Checks that the problem is there. */
        public NotAttempted {
            Objects.requireNonNull(problem, "NotAttempted.problem");
        }

        @Override
        public Kind kind() {
            return Kind.NOT_ATTEMPTED;
        }

        @Override
        public String text() {
            return problem.toString();
        }
    }

    /**
     * An operator left the task in the middle of its switchover.
     *
     * @param step the step it was left at
     * @param frozen whether its source was left with writes stopped
     * @param why the operator's reason, escaped
     */
    record LeftAt(SwitchoverStep step, SwitchoverDirection direction, boolean frozen, String why)
            implements TaskOutcome {
        /** Checks that the parts are there. */
        public LeftAt {
            Objects.requireNonNull(step, "LeftAt.step");
            Objects.requireNonNull(direction, "LeftAt.direction");
            why = SafeText.escape(Objects.requireNonNull(why, "LeftAt.why"));
        }

        @Override
        public Kind kind() {
            return Kind.LEFT_AT;
        }

        @Override
        public String text() {
            return direction.mirror(
                            "left at " + step.title() + (frozen ? " WITH ITS SOURCE FROZEN" : ", source not frozen"))
                    + ": " + why;
        }
    }

    /** Everything this run had done to the task was undone, and that was verified. */
    record Undone() implements TaskOutcome {
        @Override
        public Kind kind() {
            return Kind.UNDONE;
        }

        @Override
        public String text() {
            return "undone";
        }
    }

    /**
     * Not everything could be undone.
     *
     * @param residue what is left behind, at least one item
     */
    record UndoIncomplete(List<Problem> residue) implements TaskOutcome {
        /** Copies the residue. */
        public UndoIncomplete {
            residue = List.copyOf(Objects.requireNonNull(residue, "UndoIncomplete.residue"));
        }

        @Override
        public Kind kind() {
            return Kind.UNDO_INCOMPLETE;
        }

        @Override
        public String text() {
            return String.join("; ", residue.stream().map(Problem::toString).toList());
        }
    }

    /** Returns which outcome this is. */
    Kind kind();

    /** Returns what happened as one escaped sentence. */
    String text();

    /** Returns whether the task is in the wanted state: succeeded, or already done. */
    default boolean successful() {
        return kind() == Kind.SUCCEEDED || kind() == Kind.ALREADY_DONE;
    }
}
