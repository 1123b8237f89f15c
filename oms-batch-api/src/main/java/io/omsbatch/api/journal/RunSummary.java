package io.omsbatch.api.journal;

import io.omsbatch.api.Limits;
import io.omsbatch.api.SafeText;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.OperationKind;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One run in a list of runs. Immutable.
 *
 * @param runId the run
 * @param operation what it does
 * @param confirmedBy who confirmed it
 * @param startedAt when it was confirmed
 * @param tasks how many tasks were selected
 * @param redriveOf the run whose tasks it takes up once more, or null
 * @param standing how it stands
 * @since 0.1.0
 */
public record RunSummary(
        String runId,
        OperationKind operation,
        Actor confirmedBy,
        Instant startedAt,
        int tasks,
        @Nullable String redriveOf,
        Standing standing) {

    /** How a run stands, as the journal knows it. */
    public enum State {
        /** Somebody works on it, or an operator is waited for, or its owner died and nobody has taken it over yet. */
        RUNNING,
        /** It begins nothing new until an operator resumes it. */
        PAUSED,
        /** It rests until an operator decides what becomes of it. */
        PARKED,
        /** Every task has its outcome. */
        ENDED
    }

    /**
     * How a run stands, since when, and whose it is. Immutable.
     *
     * @param state how it stands
     * @param since since when, by the engines' clocks
     * @param why the code of the reason for which it is parked; empty otherwise
     * @param owner the engine that owns or owned it last
     * @param ownedUntil when the lease of that engine ends or ended, by the store's clock
     */
    public record Standing(State state, Instant since, String why, String owner, Instant ownedUntil) {
        /** Checks that the parts are there. */
        public Standing {
            Objects.requireNonNull(state, "Standing.state");
            Objects.requireNonNull(since, "Standing.since");
            Objects.requireNonNull(why, "Standing.why");
            Objects.requireNonNull(owner, "Standing.owner");
            Objects.requireNonNull(ownedUntil, "Standing.ownedUntil");
        }

        /** Returns state, reason and owner in one escaped line. */
        @Override
        public String toString() {
            return SafeText.escape(state + (why.isEmpty() ? "" : " (" + why + ")") + " since " + since + ", owned by "
                    + owner + " until " + ownedUntil);
        }
    }

    /** Checks the parts. */
    public RunSummary {
        Limits.id("RunSummary.runId", runId);
        Objects.requireNonNull(operation, "RunSummary.operation");
        Objects.requireNonNull(confirmedBy, "RunSummary.confirmedBy");
        Objects.requireNonNull(startedAt, "RunSummary.startedAt");
        Limits.range("RunSummary.tasks", tasks, 0, Limits.TASKS);
        if (redriveOf != null) {
            Limits.id("RunSummary.redriveOf", redriveOf);
        }
        Objects.requireNonNull(standing, "RunSummary.standing");
    }

    /** Returns all parts in one escaped line. */
    @Override
    public String toString() {
        return SafeText.escape(runId) + ": " + operation.title() + " of " + tasks + " tasks, confirmed by "
                + confirmedBy + " at " + startedAt
                + (redriveOf == null ? "" : ", redrive of run " + SafeText.escape(redriveOf)) + ", " + standing;
    }
}
