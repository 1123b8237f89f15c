package io.omsbatch.api.task;

import io.omsbatch.api.Limits;
import java.util.Objects;

/**
 * A place in the change stream of one task, ordered within that task: a log sequence number, a timestamp in
 * milliseconds, whatever the platform counts by. Immutable.
 *
 * @param value where it is; a later place has a larger value
 * @param text how the platform writes it, 1 to 200 characters, for operators
 * @since 0.1.0
 */
public record Position(long value, String text) implements Comparable<Position> {

    /**
     * Checks the text.
     *
     * @throws io.omsbatch.api.InvalidInputException if the text breaks its limit
     */
    public Position {
        Limits.id("Position.text", text);
    }

    /**
     * Returns a position written as its number.
     *
     * @param value where it is
     * @return the position
     */
    public static Position of(long value) {
        return new Position(value, Long.toString(value));
    }

    /**
     * Returns whether this position is at or beyond another by at least the granularity of the platform's positions
     * (SW-4).
     *
     * @param stop the position to be reached
     * @param granularity how coarse positions are, in their own unit; 0 if exact
     * @return whether it is reached; never true by arithmetic overflow
     */
    public boolean reached(Position stop, long granularity) {
        long needed = Objects.requireNonNull(stop, "stop").value + granularity;
        boolean overflow = granularity > 0 && needed < stop.value;
        return !overflow && value >= needed;
    }

    @Override
    public int compareTo(Position other) {
        return Long.compare(value, Objects.requireNonNull(other, "other").value);
    }

    /** Returns the platform's own way of writing it. */
    @Override
    public String toString() {
        return text;
    }
}
