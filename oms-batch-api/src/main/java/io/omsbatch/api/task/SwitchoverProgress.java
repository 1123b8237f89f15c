package io.omsbatch.api.task;

import io.omsbatch.api.Limits;
import java.util.Objects;

/**
 * Where a platform says that a task stands in its switchover: the step it is at, and how that step is going. All earlier steps of the
 * task's type are over. Immutable.
 *
 * <p>Rounds are counted for as long as the task lives: 1 is its first forward switchover, 2 the switch back after it, 3 the next
 * forward switchover, and so on. A task stays in a finished round, DONE at its last step, until it enters the next one; a round that
 * was undone is not counted anew.
 *
 * @param step the current step
 * @param state how it is going
 * @param round how many times the application has set out to change sides, this time included; 1 or more
 * @since 0.1.0
 */
public record SwitchoverProgress(SwitchoverStep step, State state, int round) {

    /** How a switchover step is going. */
    public enum State {
        /** Reached, not begun. */
        WAITING,
        /** Begun, not over. */
        RUNNING,
        /** Tried without success; may be tried again. */
        FAILED,
        /** Over; the next step has not been reached, or there is none. */
        DONE,
        /** A state this library does not know. */
        UNRECOGNIZED
    }

    /** Checks the parts. */
    public SwitchoverProgress {
        Objects.requireNonNull(step, "SwitchoverProgress.step");
        Objects.requireNonNull(state, "SwitchoverProgress.state");
        Limits.range("SwitchoverProgress.round", round, 1, Integer.MAX_VALUE);
    }

    /**
     * Creates the progress of a task in its first round.
     *
     * @param step the current step
     * @param state how it is going
     */
    public SwitchoverProgress(SwitchoverStep step, State state) {
        this(step, state, 1);
    }

    /**
     * Returns this progress in a round.
     *
     * @param value the round, from 1
     * @return the progress
     */
    public SwitchoverProgress inRound(int value) {
        return new SwitchoverProgress(step, state, value);
    }

    /** Returns which way the round goes. */
    public SwitchoverDirection direction() {
        return SwitchoverDirection.ofRound(round);
    }

    /**
     * Returns whether a step of this round is over: it is done, or the task stands at a later one.
     *
     * @param asked the step asked about
     * @return whether it is over
     */
    public boolean isOver(SwitchoverStep asked) {
        Objects.requireNonNull(asked, "asked");
        if (step == SwitchoverStep.UNRECOGNIZED) {
            return false;
        }
        return step.compareTo(asked) > 0 || (step == asked && state == State.DONE);
    }

    /** Returns {@code STEP:STATE}, with the round if it is not the first. */
    @Override
    public String toString() {
        return step + ":" + state + (round == 1 ? "" : " (round " + round + ")");
    }
}
