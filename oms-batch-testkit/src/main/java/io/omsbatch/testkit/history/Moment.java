package io.omsbatch.testkit.history;

import java.time.Instant;
import java.util.Objects;

/**
 * A point in a recorded history. Many things may happen at one time; the order tells which came first. Immutable.
 *
 * @param order its place among everything that was recorded together, from 1
 * @param at when it was
 * @since 0.1.0
 */
public record Moment(int order, Instant at) implements Comparable<Moment> {

    /** Checks that the time is there. */
    public Moment {
        Objects.requireNonNull(at, "Moment.at");
    }

    /**
     * Returns whether this came before another moment.
     *
     * @param other the other moment
     * @return whether this one came first
     */
    public boolean before(Moment other) {
        return order < other.order;
    }

    @Override
    public int compareTo(Moment other) {
        return Integer.compare(order, other.order);
    }
}
