package io.omsbatch.examples.benchmarks.report;

import io.omsbatch.examples.benchmarks.frame.Contender;
import io.omsbatch.examples.benchmarks.frame.Measure;
import io.omsbatch.examples.benchmarks.frame.Role;
import io.omsbatch.examples.benchmarks.measure.Result;
import io.omsbatch.examples.benchmarks.measure.Sample;
import io.omsbatch.examples.benchmarks.measure.Statistics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a contender stands in a workload.
 *
 * @param contender who
 * @param values the values of all its samples
 * @param toReference how good it is beside the reference
 * @param toBestPeer how good it is beside the best peer, or null if there is none
 * @param notes the medians of what it measured besides, by name
 */
public record Standing(
        Contender contender,
        Statistics values,
        double toReference,
        @Nullable Double toBestPeer,
        Map<String, Double> notes) {

    /**
     * Puts all contenders of a workload beside each other.
     *
     * @param result what the workload gave
     * @return the standings, the best first
     */
    public static List<Standing> of(Result result) {
        Measure measure = result.workload().measure();
        Comparator<Statistics> better = Comparator.comparingDouble(Statistics::median);
        Comparator<Statistics> bestFirst = measure.largerIsBetter() ? better.reversed() : better;
        double reference = result.of(result.workload().reference()).median();
        Statistics bestPeer = result.workload().contenders().stream()
                .filter(contender -> contender.role() == Role.PEER)
                .map(result::of)
                .min(bestFirst)
                .orElse(null);
        return result.workload().contenders().stream()
                .map(contender -> {
                    Statistics values = result.of(contender);
                    Double toPeer = bestPeer == null ? null : measure.ratio(values.median(), bestPeer.median());
                    return new Standing(
                            contender,
                            values,
                            measure.ratio(values.median(), reference),
                            toPeer,
                            notes(result.samples().getOrDefault(contender, List.of())));
                })
                .sorted(Comparator.comparing(Standing::values, bestFirst))
                .toList();
    }

    private static Map<String, Double> notes(List<Sample> samples) {
        Map<String, List<Double>> all = new LinkedHashMap<>();
        for (Sample sample : samples) {
            sample.notes()
                    .forEach((name, value) ->
                            all.computeIfAbsent(name, any -> new ArrayList<>()).add(value));
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        all.forEach((name, values) -> medians.put(name, Statistics.of(values).median()));
        return medians;
    }
}
