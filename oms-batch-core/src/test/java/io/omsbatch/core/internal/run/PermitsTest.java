package io.omsbatch.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.operation.FailureBudget;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.operation.Waves;
import io.omsbatch.core.internal.run.Permits.Tally;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RUN-7: The permits of a run with waves")
class PermitsTest {

    private static final RunPolicy POLICY = RunPolicy.none()
            .withBudget(FailureBudget.tasks(4))
            .withWaves(Waves.parse("5").withBudget(FailureBudget.tasks(1)));

    @Test
    @DisplayName("are the fewer of what the run and its wave allow")
    void fewer() {
        assertThat(Permits.of(POLICY, new Tally(20, 0, 0), new Tally(5, 0, 0), 9))
                .isEqualTo(new Permits(2, false, false));
        assertThat(Permits.of(POLICY, new Tally(20, 4, 0), new Tally(5, 0, 0), 9))
                .isEqualTo(new Permits(1, false, false));
        assertThat(Permits.of(POLICY, new Tally(20, 2, 0), new Tally(5, 2, 0), 9))
                .isEqualTo(new Permits(0, false, true));
        assertThat(Permits.of(POLICY, new Tally(20, 5, 0), new Tally(5, 1, 0), 9))
                .isEqualTo(new Permits(0, true, false));
    }

    @Test
    @DisplayName("are those of the run alone where an operator accepted what the wave spent")
    void accepted() {
        assertThat(Permits.of(POLICY, new Tally(20, 2, 0), null, 9)).isEqualTo(new Permits(3, false, false));
        RunPolicy noBudget = RunPolicy.none().withWaves(Waves.parse("5"));
        assertThat(Permits.of(noBudget, new Tally(20, 9, 0), null, 9))
                .isEqualTo(new Permits(Permits.UNBOUND, false, false));
    }

    @Test
    @DisplayName("grow by one with each success while the run ramps up")
    void ramp() {
        RunPolicy ramp = RunPolicy.none().withRamp();
        assertThat(Permits.of(ramp, new Tally(20, 0, 0), null, 3).inFlight()).isEqualTo(1);
        assertThat(Permits.of(ramp, new Tally(20, 0, 1), null, 3).inFlight()).isEqualTo(2);
        assertThat(Permits.of(ramp, new Tally(20, 0, 2), null, 3).inFlight()).isEqualTo(Permits.UNBOUND);
        assertThat(Permits.of(ramp.withBudget(FailureBudget.tasks(0).soft()), new Tally(20, 0, 0), null, 3))
                .isEqualTo(new Permits(1, false, false));
    }
}
