package io.omsbatch.examples.benchmarks;

import io.omsbatch.examples.benchmarks.decide.Decide;
import io.omsbatch.examples.benchmarks.dispatch.Dispatch;
import io.omsbatch.examples.benchmarks.durable.DurableWorkloads;
import io.omsbatch.examples.benchmarks.features.Features;
import io.omsbatch.examples.benchmarks.frame.Workload;
import io.omsbatch.examples.benchmarks.plan.Planning;
import io.omsbatch.examples.benchmarks.scale.Scale;
import java.util.List;
import java.util.stream.Stream;

/** All workloads. */
public final class Workloads {

    private static final List<Workload> ALL = Stream.of(
                    Decide.workloads(),
                    Planning.workloads(),
                    Dispatch.workloads(),
                    Scale.workloads(),
                    Features.workloads(),
                    DurableWorkloads.all())
            .flatMap(List::stream)
            .toList();

    private Workloads() {}

    /** Returns all workloads, in the order of the page. */
    public static List<Workload> all() {
        return ALL;
    }

    /**
     * Finds a workload.
     *
     * @param key its key
     * @return the workload
     */
    static Workload named(String key) {
        return ALL.stream()
                .filter(workload -> workload.question().key().equals(key))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("there is no workload " + key));
    }
}
