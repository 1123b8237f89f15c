package io.omsbatch.examples.benchmarks.frame;

/** An opened contender: warmed up and measured by iterations, one after the other, in one JVM. */
@FunctionalInterface
public interface Subject extends AutoCloseable {

    /**
     * Makes an iteration ready; not measured.
     *
     * @param items how many items it is over
     * @return the iteration
     * @throws Exception if it cannot be made ready, which fails the program
     */
    Iteration prepare(int items) throws Exception;

    /** Lets go of everything, and throws only what fails the program. */
    @Override
    default void close() {
        // most have nothing to let go of
    }
}
