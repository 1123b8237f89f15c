package io.omsbatch.examples.benchmarks.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.omsbatch.examples.benchmarks.durable.store.Database;
import io.omsbatch.examples.benchmarks.frame.Contender;
import io.omsbatch.examples.benchmarks.frame.Workload;
import io.omsbatch.examples.benchmarks.measure.Measurement;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

@DisplayName("Every contender with a database does its work on H2")
class DurableSmokeTest {

    private static final int ITEMS = 300;
    /** The others are these at another size, or on a server. */
    private static final Set<String> WORKLOADS = Set.of("W2", "W3", "W5", "W7");

    @TestFactory
    @DisplayName("once, over few items")
    Stream<DynamicContainer> everyContender() {
        return DurableWorkloads.all().stream()
                .filter(workload -> WORKLOADS.contains(workload.question().id())
                        && workload.question().variant().equals(Database.Kind.H2.label()))
                .map(workload -> dynamicContainer(
                        workload.question().key(),
                        workload.contenders().stream()
                                .map(contender -> dynamicTest(contender.name(), () -> measure(workload, contender)))));
    }

    private static void measure(Workload workload, Contender contender) throws Exception {
        Workload small = workload.with(workload.protocol().with(ITEMS, 0, 1));
        assertThat(Measurement.take(small, contender))
                .hasSize(1)
                .allSatisfy(sample -> assertThat(sample.value()).isPositive());
    }
}
