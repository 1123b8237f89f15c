package io.omsbatch.core.internal.step;

import io.omsbatch.api.eligibility.Lane;

/** A lane of a run: how many of its tasks go together up to the barrier, and how many of those wait at it. Guarded by the run's lock. */
public final class LaneState {

    private final Lane lane;
    private int together;
    private int held;

    /**
     * Creates the state of a lane that no task has joined yet.
     *
     * @param lane the lane as it was planned
     */
    public LaneState(Lane lane) {
        this.lane = lane;
    }

    /** Returns the lane as it was planned. */
    public Lane lane() {
        return lane;
    }

    /** A task goes together with the others up to the barrier. */
    void join() {
        together++;
    }

    /** A task waits at the barrier. */
    void hold() {
        held++;
    }

    /**
     * A task that was not through the barrier no longer goes with the others: it ended, or goes on alone.
     *
     * @param wasHeld whether it waited at the barrier
     */
    void leave(boolean wasHeld) {
        together--;
        if (wasHeld) {
            held--;
        }
    }

    /**
     * Opens the barrier if all who go together wait at it; they are through then.
     *
     * @return whether it was opened
     */
    public boolean open() {
        if (held == 0 || held < together) {
            return false;
        }
        together -= held;
        held = 0;
        return true;
    }

    /** Returns how many tasks the barrier still waits for. */
    public int missing() {
        return together - held;
    }
}
