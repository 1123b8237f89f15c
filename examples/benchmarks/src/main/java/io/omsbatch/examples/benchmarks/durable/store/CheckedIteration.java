package io.omsbatch.examples.benchmarks.durable.store;

import io.omsbatch.examples.benchmarks.frame.Iteration;
import java.util.Map;

/**
 * Work that is checked by what was called, and by what its database says.
 *
 * @param calls what is called
 * @param work the work
 * @param check looks into the database, and throws if it does not say that all is done once
 * @param end clears away
 */
public record CheckedIteration(Calls calls, Work work, Runnable check, Runnable end) implements Iteration {

    /** What is timed. */
    @FunctionalInterface
    public interface Work {

        /**
         * Does it.
         *
         * @throws Exception if it fails
         */
        void run() throws Exception;
    }

    /**
     * Returns work that leaves nothing behind but its rows.
     *
     * @param calls what is called
     * @param work the work
     * @param check looks into the database
     * @return the iteration
     */
    public static CheckedIteration of(Calls calls, Work work, Runnable check) {
        return new CheckedIteration(calls, work, check, () -> {});
    }

    @Override
    public void run() throws Exception {
        work.run();
    }

    @Override
    public void verify() {
        calls.verify();
        check.run();
    }

    @Override
    public Map<String, Double> notes() {
        return calls.notes();
    }

    @Override
    public void close() {
        end.run();
    }
}
