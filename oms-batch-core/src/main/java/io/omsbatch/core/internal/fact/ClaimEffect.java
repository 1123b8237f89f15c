package io.omsbatch.core.internal.fact;

import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.outcome.TaskOutcome;

/** What a fact does to the claim of its task (RUN-5). */
public enum ClaimEffect {
    /** Nothing. */
    NONE,
    /** The task is free again. */
    RELEASES,
    /** The task is left unsettled: nobody else may command it before it is settled or acknowledged. */
    UNSETTLES;

    /** The code of a RELEASED fact that leaves its task unsettled. */
    private static final String UNSETTLED = "UNSETTLED";

    /**
     * Returns what a fact does to the claim of its task.
     *
     * @param fact the fact
     */
    public static ClaimEffect of(JournalRecord fact) {
        if (fact.subject() == null) {
            return NONE;
        }
        return switch (fact.kind()) {
            case OUTCOME -> fact.code().equals(TaskOutcome.Kind.UNKNOWN.name()) ? UNSETTLES : RELEASES;
            case RELEASED -> fact.code().equals(UNSETTLED) ? UNSETTLES : RELEASES;
            case INTENT,
                    RESULT,
                    STEP_OVER,
                    CONTROL,
                    WAIVER,
                    POINT_OF_NO_RETURN,
                    UNDO,
                    ANSWERED,
                    BUDGET_SPENT,
                    WAVE,
                    PARKED,
                    TAKEN_OVER,
                    ENDED -> NONE;
        };
    }
}
