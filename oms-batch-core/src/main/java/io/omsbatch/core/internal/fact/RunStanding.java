package io.omsbatch.core.internal.fact;

import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.api.journal.RunSummary.State;
import io.omsbatch.api.operation.RunAction;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a run stands after its facts. Immutable.
 *
 * @param state how
 * @param since since when
 * @param why for which reason it is parked; empty otherwise
 * @param paused whether it is paused, or will be again when it is no longer parked
 */
public record RunStanding(State state, Instant since, String why, boolean paused) {

    /** A run that is to end is no longer paused: what is in flight settles, and the rest ends. */
    private static final Set<String> UNPAUSING = Stream.of(
                    RunAction.RESUME, RunAction.CANCEL, RunAction.CANCEL_LEAVING, RunAction.CLOSE_AS_UNKNOWN)
            .map(RunAction::name)
            .collect(Collectors.toUnmodifiableSet());

    /**
     * Returns how a run stands that has no facts.
     *
     * @param startedAt when it was confirmed
     */
    public static RunStanding begun(Instant startedAt) {
        return new RunStanding(State.RUNNING, startedAt, "", false);
    }

    /**
     * Returns how it stands after one more fact. A run that has ended stays so; one that is parked rests until it is taken over.
     *
     * @param fact the fact
     */
    public RunStanding after(JournalRecord fact) {
        if (state == State.ENDED) {
            return this;
        }
        return switch (fact.kind()) {
            case PARKED -> new RunStanding(State.PARKED, fact.at(), fact.code(), paused);
            case TAKEN_OVER -> state == State.PARKED ? working(paused, fact) : this;
            case ENDED -> new RunStanding(State.ENDED, fact.at(), "", false);
            case CONTROL -> fact.subject() == null ? controlled(fact) : this;
            case INTENT,
                    RESULT,
                    OUTCOME,
                    STEP_OVER,
                    WAIVER,
                    POINT_OF_NO_RETURN,
                    UNDO,
                    ANSWERED,
                    RELEASED,
                    BUDGET_SPENT,
                    WAVE -> this;
        };
    }

    private RunStanding controlled(JournalRecord control) {
        boolean pauses = control.code().equals(RunAction.PAUSE.name());
        if (pauses == paused || !(pauses || UNPAUSING.contains(control.code()))) {
            return this;
        }
        return state == State.PARKED ? new RunStanding(state, since, why, pauses) : working(pauses, control);
    }

    private static RunStanding working(boolean paused, JournalRecord fact) {
        return new RunStanding(paused ? State.PAUSED : State.RUNNING, fact.at(), "", paused);
    }

    /**
     * Returns it as a list shows it.
     *
     * @param owner the engine that owns or owned the run last
     * @param ownedUntil when the lease of that engine ends or ended
     */
    public RunSummary.Standing ownedBy(String owner, Instant ownedUntil) {
        return new RunSummary.Standing(state, since, why, owner, ownedUntil);
    }
}
