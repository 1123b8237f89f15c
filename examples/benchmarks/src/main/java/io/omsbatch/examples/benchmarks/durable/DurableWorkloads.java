package io.omsbatch.examples.benchmarks.durable;

import io.omsbatch.examples.benchmarks.durable.cutover.CutoverWorkloads;
import io.omsbatch.examples.benchmarks.durable.dispatch.DispatchWorkloads;
import io.omsbatch.examples.benchmarks.durable.recovery.RecoveryWorkloads;
import io.omsbatch.examples.benchmarks.frame.Workload;
import java.util.List;
import java.util.stream.Stream;

/** All workloads with a database. */
public final class DurableWorkloads {

    private DurableWorkloads() {}

    /** Returns the workloads, in the order of the page. */
    public static List<Workload> all() {
        return Stream.of(DispatchWorkloads.all(), CutoverWorkloads.all(), RecoveryWorkloads.all())
                .flatMap(List::stream)
                .toList();
    }
}
