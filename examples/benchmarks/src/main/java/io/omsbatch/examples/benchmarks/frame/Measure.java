package io.omsbatch.examples.benchmarks.frame;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What is told of an iteration.
 *
 * @param unit in which unit
 * @param largerIsBetter whether more of it is better
 * @param reading how it is got
 */
public record Measure(String unit, boolean largerIsBetter, Reading reading) {

    /** Gets the value of an iteration. */
    @FunctionalInterface
    public interface Reading {

        /**
         * Gets the value.
         *
         * @param items how many items it was over
         * @param nanos how long it took
         * @param notes what the contender measured itself
         * @return the value
         */
        double of(int items, long nanos, Map<String, Double> notes);
    }

    /** Returns the measure of throughput. */
    public static Measure itemsPerSecond() {
        return new Measure(
                "items/s", true, (items, nanos, notes) -> items * (double) TimeUnit.SECONDS.toNanos(1) / nanos);
    }

    /** Returns the measure of what one item costs. */
    public static Measure nanosPerItem() {
        return new Measure("ns/item", false, (items, nanos, notes) -> (double) nanos / items);
    }

    /** Returns the measure of how long it all takes. */
    public static Measure milliseconds() {
        return new Measure("ms", false, (items, nanos, notes) -> nanos / 1e6);
    }

    /**
     * Returns the measure of how much longer it takes than calls that take their time need at least.
     *
     * @param call how long a call takes
     * @param atOnce how many calls are under way at once
     * @return the measure
     */
    public static Measure wallToIdeal(Duration call, int atOnce) {
        return new Measure(
                "wall / ideal",
                false,
                (items, nanos, notes) -> (double) nanos * atOnce / ((double) call.toNanos() * items));
    }

    /**
     * Returns the measure of something that the contender measures itself, of which less is better.
     *
     * @param unit in which unit
     * @param note by which name the contender tells it
     * @return the measure
     */
    public static Measure noted(String unit, String note) {
        return new Measure(unit, false, (items, nanos, notes) -> {
            Double value = notes.get(note);
            if (value == null) {
                throw new WrongOutcomesException("the contender did not tell its " + note);
            }
            return value;
        });
    }

    /**
     * Returns how good a value is beside another: 2 is twice as good, whichever way is better.
     *
     * @param value the value
     * @param other the other
     * @return the ratio
     */
    public double ratio(double value, double other) {
        return largerIsBetter ? value / other : other / value;
    }
}
