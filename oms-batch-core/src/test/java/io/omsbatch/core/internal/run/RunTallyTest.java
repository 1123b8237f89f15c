package io.omsbatch.core.internal.run;

import static io.omsbatch.core.internal.run.OneRun.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.Progress;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.operation.Waves;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.core.settings.EngineSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The tally of a run")
class RunTallyTest {

    private static final Problem WRONG = Problem.of(ProblemCode.STEP_FAILED, "no rights");

    private final OneRun run = OneRun.of(
            EngineSettings.defaults(),
            GatewayCapabilities.of(),
            RunPolicy.none().withWaves(Waves.parse("1, 2")),
            4);
    private final RunTally tally = run.ledger.tally();

    @AfterEach
    void close() {
        run.close();
    }

    private void ends(int task, TaskOutcome outcome, Instant at) {
        TaskEntry entry = run.entry(task);
        tally.ended(entry, new TaskResult(entry.ref(), entry.name(), outcome, 1, NOW, at));
    }

    private RunTally.Wave wave(int number) {
        return Objects.requireNonNull(tally.wave(number));
    }

    @Test
    @DisplayName("RUN-7: counts as failed what failed or is unknown, and what awaits an operator")
    void failed() {
        ends(0, new TaskOutcome.Succeeded(), NOW);
        ends(1, new TaskOutcome.Failed(WRONG), NOW);
        ends(2, new TaskOutcome.Unknown(WRONG), NOW);
        assertThat(tally.ofRun(0)).isEqualTo(new Permits.Tally(4, 2, 1));
        assertThat(tally.ofRun(3)).isEqualTo(new Permits.Tally(4, 5, 1));
        assertThat(tally.allEnded()).isFalse();
        ends(3, new TaskOutcome.NotAttempted(WRONG), NOW);
        assertThat(tally.ofRun(0)).isEqualTo(new Permits.Tally(4, 2, 1));
        assertThat(tally.allEnded()).isTrue();
        assertThat(tally.eligible()).isEqualTo(4);
    }

    @Test
    @DisplayName("knows of each wave its tasks, what became of them, and when the last of them ended")
    void waves() {
        assertThat(tally.waves()).isEqualTo(3);
        assertThat(tally.wave(4)).isNull();
        assertThat(wave(2).tasks()).containsExactly(run.entry(1), run.entry(2));
        assertThat(wave(3).number()).isEqualTo(3);
        assertThat(tally.wave(run.entry(2))).isSameAs(wave(2));
        ends(1, new TaskOutcome.Failed(WRONG), NOW.plusSeconds(9));
        assertThat(wave(2).over()).isFalse();
        assertThat(tally.ofWave(2, 0)).isEqualTo(new Permits.Tally(2, 1, 0));
        ends(2, new TaskOutcome.Succeeded(), NOW.plusSeconds(3));
        assertThat(wave(2).over()).isTrue();
        assertThat(wave(2).lastEnd()).isEqualTo(NOW.plusSeconds(9));
        assertThat(tally.ofWave(2, 1)).isEqualTo(new Permits.Tally(2, 2, 1));
        assertThat(tally.ofWave(1, 0)).isEqualTo(new Permits.Tally(1, 0, 0));
        assertThat(tally.ofWave(4, 0)).isNull();
    }

    @Test
    @DisplayName("tells how far the run is, and when it will be over at this pace")
    void progress() {
        assertThat(tally.progress(1, Duration.ZERO)).isEqualTo(new Progress(4, 0, 0, 1, 3, 0, null));
        ends(0, new TaskOutcome.Succeeded(), NOW);
        ends(1, new TaskOutcome.Failed(WRONG), NOW);
        assertThat(tally.progress(1, Duration.ofSeconds(4)))
                .isEqualTo(new Progress(4, 2, 1, 1, 1, 0.5, Duration.ofSeconds(4)));
        ends(2, new TaskOutcome.Succeeded(), NOW);
        ends(3, new TaskOutcome.Succeeded(), NOW);
        assertThat(tally.progress(0, Duration.ofSeconds(4))).isEqualTo(new Progress(4, 4, 1, 0, 0, 1.0, Duration.ZERO));
    }
}
