package io.omsbatch.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.omsbatch.examples.benchmarks.frame.Contender;
import io.omsbatch.examples.benchmarks.frame.Workload;
import io.omsbatch.examples.benchmarks.measure.Measurement;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("Every contender does its work")
class SmokeTest {

    private static final int ITEMS = 300;

    @TestFactory
    @DisplayName("twice in one JVM, over few items")
    Stream<DynamicContainer> everyContender() {
        return Workloads.all().stream()
                .filter(workload -> !workload.protocol().durable()) // DurableSmokeTest tries those, on H2
                .map(workload -> dynamicContainer(
                        workload.question().key(),
                        workload.contenders().stream()
                                .map(contender -> dynamicTest(contender.name(), () -> measure(workload, contender)))));
    }

    @Test
    @DisplayName("no two workloads share a key or a file")
    void keysDiffer() {
        assertThat(Workloads.all())
                .extracting(workload -> workload.question().key())
                .doesNotHaveDuplicates();
        assertThat(Workloads.all())
                .extracting(workload -> workload.question().fileName())
                .doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("the gate looks at workloads that there are")
    void gateKnowsItsWorkloads() {
        assertThat(Gate.keys())
                .isSubsetOf(Workloads.all().stream()
                        .map(workload -> workload.question().key())
                        .toList());
    }

    private static void measure(Workload workload, Contender contender) throws Exception {
        Workload small = workload.with(workload.protocol().with(ITEMS, 1, 1));
        assertThat(Measurement.take(small, contender))
                .hasSize(1)
                .allSatisfy(sample -> assertThat(sample.value()).isFinite());
    }
}
