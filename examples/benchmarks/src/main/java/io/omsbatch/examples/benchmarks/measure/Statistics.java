package io.omsbatch.examples.benchmarks.measure;

import java.util.Arrays;
import java.util.Collection;

/**
 * What many values have in common.
 *
 * @param median half of them are not larger, half of them not smaller
 * @param least the smallest
 * @param most the largest
 */
public record Statistics(double median, double least, double most) {

    /**
     * Looks at values.
     *
     * @param values at least one
     * @return what they have in common
     */
    public static Statistics of(Collection<Double> values) {
        return of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /**
     * Looks at values.
     *
     * @param values at least one
     * @return what they have in common
     */
    public static Statistics of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Statistics(median, sorted[0], sorted[sorted.length - 1]);
    }
}
