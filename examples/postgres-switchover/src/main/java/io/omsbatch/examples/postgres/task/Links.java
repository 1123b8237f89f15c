package io.omsbatch.examples.postgres.task;

import io.omsbatch.examples.postgres.database.Lsn;
import io.omsbatch.examples.postgres.replication.Direction;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is meant to flow. Immutable.
 *
 * @param forward whether rows are meant to flow to the target
 * @param reverse whether rows are meant to flow back
 * @param storeStart from where the changes of the side that the application enters are reserved; null while they are not
 * @param stop where the writing on the side that it leaves ended; null before
 */
public record Links(
        boolean forward,
        boolean reverse,
        @Nullable Lsn storeStart,
        @Nullable StopMark stop) {

    /**
     * The end of the writing.
     *
     * @param position nothing of the application follows it
     * @param at when it was read
     */
    public record StopMark(Lsn position, Instant at) {}

    /** Nothing flows. */
    public static Links none() {
        return new Links(false, false, null, null);
    }

    /** Whether rows are meant to flow in a direction. */
    public boolean flow(Direction direction) {
        return direction == Direction.FORWARD ? forward : reverse;
    }

    /** With rows flowing in a direction, or not. */
    public Links with(Direction direction, boolean value) {
        return direction == Direction.FORWARD
                ? new Links(value, reverse, storeStart, stop)
                : new Links(forward, value, storeStart, stop);
    }

    /** As a round begins: nothing is reserved, and the writing goes on. */
    public Links inNextRound() {
        return new Links(forward, reverse, null, null);
    }

    /** With the changes of the side that is entered reserved, or not. */
    public Links withStoreStart(@Nullable Lsn value) {
        return new Links(forward, reverse, value, stop);
    }

    /** With the writing ended, or begun again. */
    public Links withStop(@Nullable StopMark value) {
        return new Links(forward, reverse, storeStart, value);
    }
}
