package io.omsbatch.core.internal.step;

import io.omsbatch.api.eligibility.Lane;

/** A lane of a run: how many of its tasks still go together, and how many of those wait at the barrier. Guarded by the run's lock. */
public final class LaneState {

    private final Lane lane;
    private int together;
    private int held;

    /**
     * Creates the state of a lane in which all tasks go together.
     *
     * @param lane the lane as it was planned
     */
    public LaneState(Lane lane) {
        this.lane = lane;
        this.together = lane.tasks().size();
    }

    /** Returns the lane as it was planned. */
    public Lane lane() {
        return lane;
    }

    /** A task waits at the barrier. */
    public void hold() {
        held++;
    }

    /**
     * A task no longer goes with the others: it ended, or goes on alone.
     *
     * @param wasHeld whether it waited at the barrier
     */
    public void leave(boolean wasHeld) {
        together--;
        if (wasHeld) {
            held--;
        }
    }

    /**
     * Opens the barrier if all who go together wait at it.
     *
     * @return whether it was opened
     */
    public boolean open() {
        if (held == 0 || held < together) {
            return false;
        }
        held = 0;
        return true;
    }

    /** Returns how many tasks the barrier still waits for. */
    public int missing() {
        return together - held;
    }
}
