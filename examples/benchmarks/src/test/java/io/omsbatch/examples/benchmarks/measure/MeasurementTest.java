package io.omsbatch.examples.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.examples.benchmarks.frame.Iteration;
import io.omsbatch.examples.benchmarks.frame.Outcomes;
import io.omsbatch.examples.benchmarks.frame.Subject;
import io.omsbatch.examples.benchmarks.frame.Workload;
import io.omsbatch.examples.benchmarks.frame.WrongOutcomesException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A measurement")
class MeasurementTest {

    @Test
    @DisplayName("has a sample for each measured iteration, and none for the warm-ups")
    void samples() throws Exception {
        Workload workload = TrialWorkloads.of(subject(1));
        assertThat(Measurement.take(workload, workload.reference()))
                .hasSize(3)
                .allSatisfy(sample -> assertThat(sample.value()).isPositive());
    }

    @Test
    @DisplayName("fails if an item is called twice, even while warming up")
    void wrongOutcomes() {
        Workload workload = TrialWorkloads.of(subject(2));
        assertThatThrownBy(() -> Measurement.take(workload, workload.reference()))
                .isInstanceOf(WrongOutcomesException.class)
                .hasMessageContaining("2 times");
    }

    private static Subject subject(int calls) {
        return items -> new Iteration() {
            private final Outcomes outcomes = new Outcomes(items);

            @Override
            public void run() {
                for (int item = 0; item < items; item++) {
                    for (int call = 0; call < calls; call++) {
                        outcomes.called(item);
                    }
                    outcomes.succeeded(item);
                }
            }

            @Override
            public void verify() {
                outcomes.verify();
            }
        };
    }
}
