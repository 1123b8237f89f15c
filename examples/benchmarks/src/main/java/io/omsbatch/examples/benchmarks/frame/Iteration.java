package io.omsbatch.examples.benchmarks.frame;

import java.util.Map;

/** One pass over all items. */
public interface Iteration extends AutoCloseable {

    /**
     * Does the work; this alone is timed.
     *
     * @throws Exception if it fails, which fails the program
     */
    void run() throws Exception;

    /**
     * Finds out whether every item was called exactly once and recorded once with success; not timed.
     *
     * @throws WrongOutcomesException if not
     * @throws Exception if it cannot be found out
     */
    void verify() throws Exception;

    /** Returns what was measured besides the time, by name, for the table. */
    default Map<String, Double> notes() {
        return Map.of();
    }

    /** Clears away; not timed, and throws only what fails the program. */
    @Override
    default void close() {
        // most leave nothing behind
    }
}
