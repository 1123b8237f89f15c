package io.omsbatch.api.switchover;

import io.omsbatch.api.task.Position;
import java.time.Instant;
import java.util.Objects;

/**
 * The place in the change stream after which the application wrote nothing more to the source. It must have been read
 * after the write stop was confirmed (SW-4). Immutable.
 *
 * @param position where the last write of the application lies at the latest
 * @param at when the position was read
 * @since 0.1.0
 */
public record StopPoint(Position position, Instant at) {

    /** Checks that the parts are there. */
    public StopPoint {
        Objects.requireNonNull(position, "StopPoint.position");
        Objects.requireNonNull(at, "StopPoint.at");
    }

    /** Returns position and time. */
    @Override
    public String toString() {
        return position + " read " + at;
    }
}
