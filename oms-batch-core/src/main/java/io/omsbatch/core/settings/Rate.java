package io.omsbatch.core.settings;

import io.omsbatch.api.Limits;
import java.time.Duration;

/**
 * How often something may begin: in any stretch of time of a length at most a number of times. Immutable.
 *
 * @param calls how often, 1 to 10 000
 * @param per the length of each such stretch, 10 ms to 1 h
 * @since 0.1.0
 */
public record Rate(int calls, Duration per) {

    static final int MOST = 10_000;

    /** Checks the ranges. */
    public Rate {
        Limits.range("Rate.calls", calls, 1, MOST);
        Limits.range("Rate.per", per, Duration.ofMillis(10), Duration.ofHours(1));
    }

    /**
     * Returns a rate in calls per second.
     *
     * @param calls how many, 1 to 10 000
     * @return the rate
     */
    public static Rate perSecond(int calls) {
        return new Rate(calls, Duration.ofSeconds(1));
    }

    /** Returns the rate as it is written, as {@code 5 in 1 s}. */
    @Override
    public String toString() {
        return per.toMillis() % 1_000 == 0
                ? calls + " in " + per.toSeconds() + " s"
                : calls + " in " + per.toMillis() + " ms";
    }
}
