package io.omsbatch.testkit.simulation;

/**
 * Makes a trial of a seed. A host that wants to see its own fleet in trouble writes its own; {@link AnyTrial} is the usual one.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Scenario {

    /**
     * Returns the trial of a seed.
     *
     * @param seed decides everything
     * @return the trial, the same one for the same seed
     */
    Trial trial(long seed);
}
