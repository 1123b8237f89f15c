package io.omsbatch.api.task;

import java.util.Objects;

/**
 * Where a platform says that a task stands in the forward switchover: the step it is at, and how that step is going. All
 * earlier steps of the task's type are over. Immutable.
 *
 * @param step the current step
 * @param state how it is going
 * @since 0.1.0
 */
public record SwitchoverProgress(SwitchoverStep step, State state) {

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

    /** Checks that both parts are there. */
    public SwitchoverProgress {
        Objects.requireNonNull(step, "SwitchoverProgress.step");
        Objects.requireNonNull(state, "SwitchoverProgress.state");
    }

    /**
     * Returns whether a step is over: it is done, or the task stands at a later one.
     *
     * @param asked the step asked about
     * @return whether it is over
     */
    public boolean isOver(SwitchoverStep asked) {
        if (step == SwitchoverStep.UNRECOGNIZED) {
            return false;
        }
        return step.compareTo(asked) > 0 || (step == asked && state == State.DONE);
    }

    /** Returns {@code STEP:STATE}. */
    @Override
    public String toString() {
        return step + ":" + state;
    }
}
