package io.omsbatch.core.internal.run;

import static io.omsbatch.core.internal.run.OneRun.make;
import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalRecord.Kind;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.core.settings.EngineSettings;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SW-8: The changes of a task that is taken back")
class UndoMovesTest {

    private static final GatewayCapabilities SLOW =
            GatewayCapabilities.of(GatewayCapability.UNDO).withMaximumEffectDelay(Duration.ofSeconds(10));
    private static final long SLOW_NANOS =
            SLOW.maximumStaleness().plusSeconds(10).toNanos();

    private static final SwitchoverStep STORE = SwitchoverStep.START_TARGET_STORE;
    private static final SwitchoverStep WRITES = SwitchoverStep.CONFIRM_WRITES_STOPPED;
    private static final SwitchoverStep STOP = SwitchoverStep.STOP_FORWARD_SYNC;
    private static final Problem WRONG = Problem.of(ProblemCode.STEP_FAILED, "no rights");

    private final OneRun run = OneRun.switchover(EngineSettings.defaults(), RunPolicy.none(), 2);
    private final TaskEntry entry = run.entry(0);
    private final Moves moves = run.moves();
    private final UndoMoves undo = moves.takingBack();

    @AfterEach
    void close() {
        run.close();
    }

    private void commanded(SwitchoverStep... steps) {
        for (SwitchoverStep step : steps) {
            for (int row = 0; row < entry.rows().size(); row++) {
                if (entry.rows().get(row).step() == step) {
                    entry.startAt(row);
                }
            }
            entry.markCommanded();
            entry.attempts++;
        }
    }

    private StepStanding.State over(SwitchoverStep step) {
        return entry.member().over().get(step).state();
    }

    @Test
    @DisplayName("begin with its last step, alone, and wait for nothing where nothing is in doubt")
    void begin() {
        commanded(STORE, STOP);
        run.through(entry, Phase.QUEUED);
        Turn turn = undo.begin(entry, "an operator aborted it");
        assertThat(turn.records()).extracting(JournalRecord::kind).containsExactly(Kind.UNDO);
        make(turn);
        assertThat(entry.phase()).isEqualTo(Phase.QUEUED);
        assertThat(entry.row().name()).isEqualTo("UNDO_STOP_FORWARD_SYNC");
        assertThat(entry.quietFrom).isEmpty();
        assertThat(entry.member().alone()).isTrue();
        assertThat(entry.member().lane().missing()).isEqualTo(1);
        assertThat(entry.since()).isEqualTo(run.ledger.now());
        assertThat(run.ledger.queues().takeQueued(RunQueues.Way.FORWARD, 9, 1)).isNull();
        assertThat(run.ledger.queues().takeQueued(RunQueues.Way.BACK, 9, 1)).isNotNull();
    }

    @Test
    @DisplayName("take it out of the barrier where it was held")
    void held() {
        commanded(STORE);
        entry.startAt(6);
        run.through(entry, Phase.HELD);
        make(undo.begin(entry, "an operator aborted it"));
        assertThat(entry.phase()).isEqualTo(Phase.QUEUED);
    }

    @Test
    @DisplayName("DUR-2: wait after a takeover until nothing of what the owner before commanded can come any more")
    void takenOver() {
        try (OneRun lane = OneRun.switchover(EngineSettings.defaults(), SLOW, RunPolicy.none(), 2)) {
            TaskEntry back = lane.entry(0);
            back.startAt(2);
            back.markCommanded();
            back.attempts++;
            back.takeBack();
            lane.moves().goOn(back, RunReplay.Next.SET_OFF);
            assertThat(back.quietFrom)
                    .hasValue(lane.ledger.nanos() + lane.ledger.outlasting().toNanos() + SLOW_NANOS);
            TaskEntry forward = lane.entry(1);
            forward.startAt(2);
            forward.ambiguous = true;
            lane.moves().goOn(forward, RunReplay.Next.SET_OFF);
            assertThat(forward.quietFrom).isEmpty();
        }
    }

    @Test
    @DisplayName("RUN-3: wait until nothing of a doubtful command can come any more, and for nothing else")
    void doubtful() {
        try (OneRun lane = OneRun.switchover(EngineSettings.defaults(), SLOW, RunPolicy.none(), 2)) {
            for (int task = 0; task < 2; task++) {
                TaskEntry aborted = lane.entry(task);
                aborted.startAt(2);
                aborted.markCommanded();
                aborted.attempts++;
                aborted.ambiguous = task == 0;
                aborted.returnedBefore = OptionalLong.of(lane.ledger.nanos());
                lane.through(aborted, Phase.QUEUED);
                make(lane.moves().takingBack().begin(aborted, "aborted"));
            }
            assertThat(lane.entry(0).quietFrom).hasValue(lane.ledger.nanos() + SLOW_NANOS);
            assertThat(lane.entry(1).quietFrom).isEmpty();
        }
    }

    @Test
    @DisplayName("go from step to step, and end it with the last")
    void steps() {
        commanded(STORE, STOP);
        run.through(entry, Phase.FAILED);
        make(undo.begin(entry, "aborted"));
        run.through(entry, Phase.PREPARING);
        Turn first = undo.undone(entry, null);
        assertThat(first.records()).extracting(JournalRecord::code).containsExactly("UNDONE");
        assertThat(first.events()).hasSize(1);
        make(first);
        assertThat(over(STOP)).isEqualTo(StepStanding.State.UNDONE);
        assertThat(entry.row().name()).isEqualTo("UNDO_START_TARGET_STORE");
        assertThat(entry.phase()).isEqualTo(Phase.QUEUED);
        run.through(entry, Phase.PREPARING);
        Turn last = undo.undone(entry, WRONG);
        assertThat(last.records()).extracting(JournalRecord::kind).containsExactly(Kind.STEP_OVER, Kind.OUTCOME);
        assertThat(last.events()).hasSize(2);
        make(last);
        assertThat(over(STORE)).isEqualTo(StepStanding.State.UNDO_FAILED);
        assertThat(entry.result.outcome()).isInstanceOf(TaskOutcome.UndoIncomplete.class);
    }

    @Test
    @DisplayName("leave a step that was tried and may be left, and let an operator decide about any other")
    void leaves() {
        commanded(STORE, WRITES);
        run.through(entry, Phase.FAILED);
        make(undo.begin(entry, "aborted"));
        run.through(entry, Phase.PREPARING);
        assertThat(UndoMoves.goesOnAfter(entry, WRONG)).as("it was not tried").isFalse();
        entry.attempt = 1;
        assertThat(UndoMoves.goesOnAfter(entry, WRONG)).isTrue();
        assertThat(UndoMoves.goesOnAfter(entry, Problem.of(ProblemCode.TARGET_WRITTEN, "rows")))
                .as("somebody wrote to the target")
                .isFalse();
        Turn left = moves.stepFailed(entry, WRONG);
        assertThat(left.records()).extracting(JournalRecord::code).containsExactly("UNDO_FAILED");
        make(left);
        assertThat(entry.row().name()).isEqualTo("UNDO_CONFIRM_WRITES_STOPPED");
        run.through(entry, Phase.PREPARING);
        entry.attempt = 1;
        assertThat(UndoMoves.goesOnAfter(entry, WRONG))
                .as("the source is not left frozen")
                .isFalse();
        make(moves.stepFailed(entry, WRONG));
        assertThat(entry.phase()).isEqualTo(Phase.FAILED);
        assertThat(entry.standing()).isEqualTo(StepStanding.State.UNDO_FAILED);
    }
}
