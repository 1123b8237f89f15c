package io.omsbatch.examples.benchmarks.durable.store;

import java.time.Duration;

/**
 * How calls are made.
 *
 * @param atOnce how many are under way at once, at most
 * @param call how long each of them blocks; zero for calls that do nothing
 */
public record Load(int atOnce, Duration call) {

    /**
     * Returns calls that do nothing.
     *
     * @param atOnce how many at once
     * @return the load
     */
    public static Load noOp(int atOnce) {
        return new Load(atOnce, Duration.ZERO);
    }
}
