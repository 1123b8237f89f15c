package io.omsbatch.core.internal.pace;

import io.omsbatch.core.settings.RetrySettings;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** The pauses before retries: doubling up to the longest, then drawn evenly from zero to that (full jitter). */
public final class Backoff {

    /** More would overflow a long, and lies far beyond the longest pause that may be set. */
    private static final int MOST_DOUBLINGS = 30;

    private final RetrySettings settings;
    private final RandomGenerator random;

    /**
     * Creates the pauses.
     *
     * @param settings how they grow
     * @param random chance
     */
    public Backoff(RetrySettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /**
     * Returns the pause after a failed attempt.
     *
     * @param attempt which attempt failed, from 1
     * @return the pause, zero or more
     */
    public Duration after(int attempt) {
        return after(attempt, chance());
    }

    /**
     * Returns the pause after a failed attempt of several that fail together.
     *
     * @param attempt which attempt failed, from 1
     * @param chance what {@link #chance} drew for all of them
     * @return the pause, zero or more
     */
    public Duration after(int attempt, double chance) {
        return Duration.ofMillis((long) (chance * (ceilingMillis(attempt) + 1)));
    }

    /** Draws a number from 0 on and below 1. */
    public double chance() {
        return random.nextDouble();
    }

    long ceilingMillis(int attempt) {
        long longest = settings.longest().toMillis();
        long first = settings.first().toMillis();
        int doublings = Math.min(attempt - 1, MOST_DOUBLINGS);
        return Math.min(longest, first << doublings);
    }
}
