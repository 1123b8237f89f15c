package io.omsbatch.examples.benchmarks;

import io.omsbatch.examples.benchmarks.frame.Workload;
import io.omsbatch.examples.benchmarks.report.Standing;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code --quick} allows: how good this library must be beside the reference of the same run, at least. The bounds leave room
 * for a busy machine: about a third of what docs/performance.md says, and more where less moves it. Who makes something much
 * slower is told, who makes it a little slower is not.
 */
final class Gate {

    /** By the key of the workload. */
    private static final Map<String, Double> LEAST = Map.of(
            "W4", 0.15,
            "W4b 100 000 tasks", 0.02,
            "W1", 0.05,
            "W1b", 0.7,
            "W2 H2", 0.09,
            "W3 H2", 0.06,
            "W6 heap", 0.9);

    private Gate() {}

    /** Returns the keys of the workloads that the gate looks at. */
    static Set<String> keys() {
        return LEAST.keySet();
    }

    /** Returns whether the gate looks at a workload. */
    static boolean looksAt(Workload workload) {
        return LEAST.containsKey(workload.question().key());
    }

    /** Returns what is too slow, in a sentence each. */
    static List<String> complaints(Workload workload, List<Standing> ours) {
        double least = LEAST.getOrDefault(workload.question().key(), 0.0);
        return ours.stream()
                .filter(standing -> standing.toReference() < least)
                .map(standing -> workload.question().key() + ": "
                        + standing.contender().name() + " reaches "
                        + standing.toReference() + " of " + workload.reference().name() + "; at least " + least
                        + " is wanted")
                .toList();
    }
}
