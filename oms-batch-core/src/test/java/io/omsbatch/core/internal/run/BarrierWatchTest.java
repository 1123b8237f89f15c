package io.omsbatch.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.operation.Lockstep;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.core.internal.step.LaneState;
import io.omsbatch.core.settings.EngineSettings;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SW-3: The patience of those at the barrier")
class BarrierWatchTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final OneRun run = OneRun.switchover(
            EngineSettings.defaults(),
            RunPolicy.none().withLockstep(Lockstep.together().withPatience(PATIENCE)),
            2);
    private final BarrierWatch watch = new BarrierWatch(run.ledger);
    private final LaneState lane = run.entry(0).member().lane();

    @AfterEach
    void close() {
        run.close();
    }

    @Test
    @DisplayName("ends, to the nanosecond, after the first of them came, wherever that was")
    void ends() {
        assertThat(watch.nextDue()).isEqualTo(Long.MAX_VALUE);
        run.entry(0).member().hold(run.ledger.now().minusSeconds(20));
        watch.waits(lane, run.ledger.now().minusSeconds(20));
        assertThat(watch.nextDue())
                .isEqualTo(run.ledger.nanos() + Duration.ofSeconds(40).toNanos());
        run.environment.advance(Duration.ofSeconds(40).minusNanos(1));
        assertThat(watch.takeDue()).isEmpty();
        run.environment.advance(Duration.ofNanos(1));
        assertThat(watch.takeDue()).containsExactly(lane);
        assertThat(watch.takeDue()).as("once").isEmpty();
        assertThat(watch.nextDue()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    @DisplayName("is over with the wait for which it was, and begins anew with another")
    void anotherWait() {
        watch.waits(lane, run.ledger.now());
        run.environment.advance(PATIENCE);
        assertThat(watch.takeDue()).as("nobody waits any more").isEmpty();
        run.entry(0).member().hold(run.ledger.now());
        watch.waits(lane, run.ledger.now());
        run.environment.advance(PATIENCE);
        assertThat(watch.takeDue()).containsExactly(lane);
    }

    @Test
    @DisplayName("has no end where nobody asked for one")
    void none() {
        try (OneRun patient = OneRun.switchover(EngineSettings.defaults(), RunPolicy.none(), 1)) {
            BarrierWatch none = new BarrierWatch(patient.ledger);
            none.waits(patient.entry(0).member().lane(), patient.ledger.now());
            assertThat(none.nextDue()).isEqualTo(Long.MAX_VALUE);
        }
    }
}
