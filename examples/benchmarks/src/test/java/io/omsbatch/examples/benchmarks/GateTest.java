package io.omsbatch.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.examples.benchmarks.frame.Contender;
import io.omsbatch.examples.benchmarks.frame.Role;
import io.omsbatch.examples.benchmarks.frame.Workload;
import io.omsbatch.examples.benchmarks.measure.Statistics;
import io.omsbatch.examples.benchmarks.report.Standing;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The gate")
class GateTest {

    private final Workload workload =
            Workloads.all().stream().filter(Gate::looksAt).findFirst().orElseThrow();

    @Test
    @DisplayName("complains of what is too slow, and names the bound")
    void complains() {
        assertThat(Gate.complaints(workload, List.of(standing(1e-6))))
                .singleElement()
                .asString()
                .contains(workload.question().key(), workload.reference().name());
    }

    @Test
    @DisplayName("says nothing of what is as quick as the reference")
    void isContent() {
        assertThat(Gate.complaints(workload, List.of(standing(1)))).isEmpty();
    }

    private Standing standing(double toReference) {
        Contender ours = workload.contenders().stream()
                .filter(contender -> contender.role() == Role.OURS)
                .findFirst()
                .orElseThrow();
        return new Standing(ours, Statistics.of(1), toReference, null, Map.of());
    }
}
