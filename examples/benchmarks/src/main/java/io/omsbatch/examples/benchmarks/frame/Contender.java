package io.omsbatch.examples.benchmarks.frame;

import java.util.Objects;

/**
 * Who does the work of a workload.
 *
 * @param name its name, unique within the workload
 * @param role what it stands for
 * @param configuration its version and how it is configured, as the page tells it
 * @param opening opens it, in the JVM that measures it
 */
public record Contender(String name, Role role, String configuration, Opening opening) {

    /** Opens a contender. */
    @FunctionalInterface
    public interface Opening {

        /**
         * Opens it, with all that outlives an iteration: pools, engines, databases.
         *
         * @return the opened contender
         * @throws Exception if it cannot be opened, which fails the program
         */
        Subject open() throws Exception;
    }

    /** Checks that all is there. */
    public Contender {
        Objects.requireNonNull(name, "Contender.name");
        Objects.requireNonNull(role, "Contender.role");
        Objects.requireNonNull(configuration, "Contender.configuration");
        Objects.requireNonNull(opening, "Contender.opening");
    }
}
