package io.omsbatch.core.internal.step;

import io.omsbatch.api.eligibility.Lane;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A lane of a run: how many of its tasks go together up to the barrier, and how many of those wait at it. Guarded by the run's lock. */
public final class LaneState {

    private final Lane lane;
    private int together;
    private int held;
    private @Nullable Instant waitingSince;

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

    /** A task waits at the barrier since a moment; returns whether it is the first of those that wait. */
    boolean hold(Instant since) {
        held++;
        boolean first = waitingSince == null || since.isBefore(waitingSince);
        waitingSince = first ? since : waitingSince;
        return first;
    }

    /** Returns since when somebody waits at the barrier, or null if nobody does. */
    public @Nullable Instant waitingSince() {
        return waitingSince;
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
            waitingSince = held == 0 ? null : waitingSince;
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
        waitingSince = null;
        return true;
    }

    /** Returns how many tasks the barrier still waits for. */
    public int missing() {
        return together - held;
    }
}
