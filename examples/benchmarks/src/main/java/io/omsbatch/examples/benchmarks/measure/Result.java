package io.omsbatch.examples.benchmarks.measure;

import io.omsbatch.examples.benchmarks.frame.Contender;
import io.omsbatch.examples.benchmarks.frame.Workload;
import java.util.List;
import java.util.Map;

/**
 * What a workload gave.
 *
 * @param workload the work, as it was measured
 * @param rounds how many JVMs each contender had
 * @param samples for each contender the samples of all its JVMs, in the workload's order
 * @param fsyncMicroseconds how quick the disk was before, between and after, or empty if it did not matter
 */
public record Result(
        Workload workload, int rounds, Map<Contender, List<Sample>> samples, List<Double> fsyncMicroseconds) {

    /**
     * Returns what the values of a contender have in common.
     *
     * @param contender the contender
     * @return median, least and most
     */
    public Statistics of(Contender contender) {
        return Statistics.of(samples.getOrDefault(contender, List.of()).stream()
                .map(Sample::value)
                .toList());
    }
}
