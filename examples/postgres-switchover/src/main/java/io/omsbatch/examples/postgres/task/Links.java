package io.omsbatch.examples.postgres.task;

import io.omsbatch.examples.postgres.database.Lsn;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is meant to flow. Immutable.
 *
 * @param forward whether rows are meant to flow to the target
 * @param reverse whether rows are meant to flow back
 * @param storeStart from where the target's changes are reserved; null while they are not
 * @param stop where the writing on the source ended; null before
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

    /** With rows flowing to the target, or not. */
    public Links withForward(boolean value) {
        return new Links(value, reverse, storeStart, stop);
    }

    /** With rows flowing back, or not. */
    public Links withReverse(boolean value) {
        return new Links(forward, value, storeStart, stop);
    }

    /** With the target's changes reserved, or not. */
    public Links withStoreStart(@Nullable Lsn value) {
        return new Links(forward, reverse, value, stop);
    }

    /** With the writing ended, or begun again. */
    public Links withStop(@Nullable StopMark value) {
        return new Links(forward, reverse, storeStart, value);
    }
}
