package io.omsbatch.testkit.check;

import java.time.Duration;
import java.util.Objects;

/**
 * The settings of an engine that its promises are judged by, as plain values. Immutable.
 *
 * @param concurrency how many calls may be in flight
 * @param freshness how old the look at a task may be when its command is sent
 * @param stableSamples how many distinct samples must show that the write stop is reached
 * @param longest how long a run may take at most, operators' waits included
 * @since 0.1.0
 */
public record RunBounds(int concurrency, Duration freshness, int stableSamples, Duration longest) {

    /** Checks that the parts are there. */
    public RunBounds {
        Objects.requireNonNull(freshness, "RunBounds.freshness");
        Objects.requireNonNull(longest, "RunBounds.longest");
    }

    /** Returns the engine's defaults, and a day for a run. */
    public static RunBounds defaults() {
        return new RunBounds(16, Duration.ofSeconds(2), 3, Duration.ofDays(1));
    }

    /**
     * Returns these bounds with another concurrency.
     *
     * @param value how many calls may be in flight
     * @return the changed bounds
     */
    public RunBounds withConcurrency(int value) {
        return new RunBounds(value, freshness, stableSamples, longest);
    }

    /**
     * Returns these bounds with another longest time.
     *
     * @param value how long a run may take at most
     * @return the changed bounds
     */
    public RunBounds withLongest(Duration value) {
        return new RunBounds(concurrency, freshness, stableSamples, value);
    }
}
