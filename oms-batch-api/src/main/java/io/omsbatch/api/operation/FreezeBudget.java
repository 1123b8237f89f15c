package io.omsbatch.api.operation;

import io.omsbatch.api.Limits;
import java.time.Duration;
import java.util.Objects;

/**
 * How long the source of a task may be frozen by its switchover, from the confirmation that writing stopped to its point of no
 * return or until it is given back (SW-9). Each task has the budget for itself. Immutable.
 *
 * @param limit how long, 1 s to 1 h
 * @param atEnd what happens when it is over, once what is in flight has settled
 * @since 0.1.0
 */
public record FreezeBudget(Duration limit, AtEnd atEnd) {

    private static final FreezeBudget DEFAULT = new FreezeBudget(Duration.ofMinutes(5), AtEnd.REPORT);

    /** What happens at its end. In both cases no further step of the task starts by itself. */
    public enum AtEnd {
        /**
         * It is shown, and the task waits for an operator, who goes on with it, aborts it or leaves it; those who hold it at the barrier
         * are ejected. For switchovers in whose freeze operators have work to do.
         */
        REPORT,
        /** The task is aborted, and its source given back. Only for a platform that undoes. */
        UNDO
    }

    /** Checks the parts. */
    public FreezeBudget {
        Limits.range("FreezeBudget.limit", limit, Duration.ofSeconds(1), Duration.ofHours(1));
        Objects.requireNonNull(atEnd, "FreezeBudget.atEnd");
    }

    /** Returns 300 s that are reported. */
    public static FreezeBudget defaults() {
        return DEFAULT;
    }

    /**
     * Returns a budget whose end is reported.
     *
     * @param limit how long, 1 s to 1 h
     * @return the budget
     */
    public static FreezeBudget reporting(Duration limit) {
        return new FreezeBudget(limit, AtEnd.REPORT);
    }

    /**
     * Returns a budget at whose end the task is aborted.
     *
     * @param limit how long, 1 s to 1 h
     * @return the budget
     */
    public static FreezeBudget undoing(Duration limit) {
        return new FreezeBudget(limit, AtEnd.UNDO);
    }

    /** Returns the limit and what follows, as an operator reads it. */
    @Override
    public String toString() {
        return limit.toMillis() / 1000.0 + " s, then " + (atEnd == AtEnd.UNDO ? "undone" : "reported");
    }
}
