package io.omsbatch.core.internal.run;

import static io.omsbatch.core.internal.run.OneRun.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.Progress;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalRecord.Kind;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.Waiver;
import io.omsbatch.api.switchover.Invariant;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.durable.Records;
import io.omsbatch.core.settings.EngineSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A run as it is seen from another replica")
class RunViewTest {

    private final OneRun run = OneRun.stopping(5);
    private final RunReplay replay = new RunReplay(run.ledger.entries(), Map.of());
    private final RunView view = new RunView(run.ledger.entries(), replay);
    private long sequence;

    @AfterEach
    void close() {
        run.close();
    }

    private void read(JournalRecord fact) {
        replay.apply(new JournalEntry(++sequence, new FencingToken(1), fact));
    }

    private void ends(int task, TaskOutcome outcome) {
        read(Records.outcome(NOW, run.entry(task).subject(), outcome));
    }

    @Test
    @DisplayName("is as far as its facts say")
    void progress() {
        assertThat(view.progress(Duration.ZERO)).isEqualTo(new Progress(5, 0, 0, 0, 5, 0, null));
        ends(0, new TaskOutcome.Succeeded());
        ends(1, new TaskOutcome.Failed(Problem.of(ProblemCode.STEP_FAILED, "no rights")));
        ends(4, new TaskOutcome.AlreadyDone());
        read(Records.intent(NOW, run.entry(2).subject(), "RUN", "key"));
        assertThat(view.progress(Duration.ofSeconds(6)))
                .isEqualTo(new Progress(5, 3, 1, 1, 1, 0.5, Duration.ofSeconds(4)));
        assertThat(view.results()).hasSize(3);
        assertThat(view.result(run.entry(0).ref())).isSameAs(run.entry(0).result);
        assertThat(view.result(run.entry(3).ref())).isNull();
        assertThat(view.result(new TaskRef("p", "nobody"))).isNull();
        assertThat(view.waivers()).isEmpty();
    }

    @Test
    @DisplayName("shows what was waived for its tasks")
    void waivers() {
        try (OneRun lane = OneRun.switchover(EngineSettings.defaults(), RunPolicy.none(), 1)) {
            RunReplay read = new RunReplay(lane.ledger.entries(), Map.of());
            read.apply(new JournalEntry(
                    1,
                    new FencingToken(1),
                    new JournalRecord(
                            NOW,
                            Kind.WAIVER,
                            lane.entry(0).subject(),
                            Invariant.CAUGHT_UP.name(),
                            Map.of("actor", "ann", "reason", "tested"))));
            assertThat(new RunView(lane.ledger.entries(), read).waivers())
                    .containsExactly(
                            new Waiver(lane.entry(0).ref(), Invariant.CAUGHT_UP.name(), OneRun.ANN, "tested", NOW));
        }
    }

    @Test
    @DisplayName("runs, is paused, rests, or has ended")
    void state() {
        assertThat(view.state()).isEqualTo(RunState.RUNNING);
        read(Records.ordered(NOW, RunAction.PAUSE, OneRun.ANN, "lunch"));
        assertThat(view.state()).isEqualTo(RunState.PAUSED);
        assertThat(view.version()).isEqualTo(1);
        assertThat(view.parked()).isNull();
        read(new JournalRecord(NOW, Kind.PARKED, null, "ENGINE_DEFECT", Map.of("message", "oh")));
        assertThat(view.state()).isEqualTo(RunState.PARKED);
        assertThat(view.parked()).isNotNull();
        assertThat(view.end()).isNull();
        read(new JournalRecord(NOW, Kind.ENDED, null, "ENDED", Map.of()));
        assertThat(view.state()).isEqualTo(RunState.ENDED);
        assertThat(view.end()).isNotNull();
    }
}
