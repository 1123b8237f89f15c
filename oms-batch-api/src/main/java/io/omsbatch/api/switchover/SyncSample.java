package io.omsbatch.api.switchover;

import io.omsbatch.api.task.Lag;
import io.omsbatch.api.task.Position;
import java.time.Instant;
import java.util.Objects;

/**
 * One measurement of the forward sync. Two samples are distinct when they were taken at different times (SW-10).
 * Immutable.
 *
 * @param applied up to where the target has applied, within the same order as the write stop
 * @param lag how far behind the target is
 * @param sampledAt when the platform took the sample
 * @since 0.1.0
 */
public record SyncSample(Position applied, Lag lag, Instant sampledAt) {

    /** Checks that the parts are there. */
    public SyncSample {
        Objects.requireNonNull(applied, "SyncSample.applied");
        Objects.requireNonNull(lag, "SyncSample.lag");
        Objects.requireNonNull(sampledAt, "SyncSample.sampledAt");
    }

    /** Returns position and lag. */
    @Override
    public String toString() {
        return "at " + applied + ", lag " + lag;
    }
}
