package io.omsbatch.examples.benchmarks.frame;

/**
 * What is wanted of this library in a workload.
 *
 * @param text in words
 * @param kind whether the bound is a ratio or a value
 * @param bound the worst that is wanted
 */
public record Goal(String text, Kind kind, double bound) {

    /** What a goal bounds. */
    public enum Kind {
        /** How good this library is beside the reference, the first floor: at least. */
        RATIO,
        /** The measured value itself, in its unit. */
        VALUE
    }

    /**
     * Returns a goal beside the reference.
     *
     * @param text in words
     * @param least how good at least; 0.5 is half as good as the reference
     * @return the goal
     */
    public static Goal ratio(String text, double least) {
        return new Goal(text, Kind.RATIO, least);
    }

    /**
     * Returns a goal in the unit of the measure.
     *
     * @param text in words
     * @param bound the worst that is wanted
     * @return the goal
     */
    public static Goal value(String text, double bound) {
        return new Goal(text, Kind.VALUE, bound);
    }

    /**
     * Tells whether a result is what is wanted.
     *
     * @param measure of what
     * @param ours what this library reached
     * @param reference what the reference reached
     * @return whether it is
     */
    public boolean met(Measure measure, double ours, double reference) {
        return kind == Kind.RATIO
                ? measure.ratio(ours, reference) >= bound
                : measure.largerIsBetter() ? ours >= bound : ours <= bound;
    }
}
