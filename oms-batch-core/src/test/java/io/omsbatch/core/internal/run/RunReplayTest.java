package io.omsbatch.core.internal.run;

import static io.omsbatch.core.internal.run.OneRun.ANN;
import static io.omsbatch.core.internal.run.OneRun.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalRecord.Kind;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.switchover.Invariant;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.durable.Records;
import io.omsbatch.core.internal.run.RunReplay.Next;
import io.omsbatch.core.settings.EngineSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("DUR-1: Who goes on with a run learns from its facts")
class RunReplayTest {

    private static final SwitchoverStep START = SwitchoverStep.START_FORWARD_SWITCHOVER;
    private static final SwitchoverStep PRECHECK = SwitchoverStep.SWITCHOVER_PRECHECK;
    private static final SwitchoverStep STORE = SwitchoverStep.START_TARGET_STORE;
    private static final SwitchoverStep WRITES = SwitchoverStep.CONFIRM_WRITES_STOPPED;
    private static final SwitchoverStep OBJECTS = SwitchoverStep.PROCESS_DATABASE_OBJECTS;
    private static final SwitchoverStep REVERSE = SwitchoverStep.START_REVERSE_INCREMENT;
    private static final Problem WRONG = Problem.of(ProblemCode.STEP_FAILED, "no rights");

    private final OneRun run = OneRun.switchover(EngineSettings.defaults(), RunPolicy.none(), 2);
    private final TaskEntry entry = run.entry(0);
    private final RunReplay replay = new RunReplay(run.ledger.entries(), Map.of());
    private long sequence;

    @AfterEach
    void close() {
        run.close();
    }

    private void read(JournalRecord fact) {
        replay.apply(new JournalEntry(++sequence, new FencingToken(1), fact));
    }

    private Subject at(SwitchoverStep step, int attempt) {
        return new Subject(entry.ref(), step.name(), attempt);
    }

    private Subject undo(SwitchoverStep step) {
        return new Subject(entry.ref(), "UNDO_" + step.name(), 1);
    }

    private void intended(SwitchoverStep step, int attempt) {
        read(Records.intent(NOW, at(step, attempt), "RUN", "key"));
    }

    private void resulted(Problem problem, Records.Next next) {
        read(Records.result(NOW, entry.subject(), problem, next));
    }

    private void over(SwitchoverStep step) {
        read(Records.stepOver(NOW, at(step, 1), "DONE"));
    }

    private void acted(SwitchoverStep step, SwitchoverAction action) {
        read(Records.acted(NOW.plusSeconds(5), at(step, 0), action, ANN, "because", 1));
    }

    private Next next() {
        return replay.next(entry);
    }

    @Test
    @DisplayName("that a command may have been sent, and when the first was")
    void intents() {
        assertThat(next()).isEqualTo(Next.ENTER);
        intended(START, 1);
        assertThat(next()).isEqualTo(Next.SETTLE);
        assertThat(entry.attempt()).isEqualTo(1);
        assertThat(entry.untouched()).isFalse();
        assertThat(entry.ambiguous()).isTrue();
        assertThat(entry.claimed).isTrue();
        assertThat(entry.startedAt).isEqualTo(NOW);
        assertThat(entry.member().commanded()).containsExactly(START);
        read(Records.intent(NOW.plusSeconds(1), at(START, 2), "RUN", "key"));
        assertThat(entry.attempts).isEqualTo(2);
        assertThat(entry.startedAt).isEqualTo(NOW);
        assertThat(entry.since()).isEqualTo(NOW.plusSeconds(1));
        assertThat(entry.member().changedAt).isEqualTo(2);
        assertThat(replay.next(run.entry(1))).isEqualTo(Next.ENTER);
    }

    @Test
    @DisplayName("what came of a command, and who decides what comes next")
    void results() {
        intended(START, 1);
        resulted(WRONG, Records.Next.REPEAT);
        assertThat(next()).isEqualTo(Next.SET_OFF);
        assertThat(entry.ambiguous()).isFalse();
        assertThat(entry.problem()).isEqualTo(WRONG);
        resulted(WRONG, Records.Next.REPEAT_AMBIGUOUS);
        assertThat(next()).isEqualTo(Next.SET_OFF);
        assertThat(entry.ambiguous()).isTrue();
        resulted(WRONG, Records.Next.OPERATOR);
        assertThat(next()).isEqualTo(Next.FAILED);
        assertThat(entry.ambiguous()).isFalse();
        resulted(WRONG, Records.Next.OPERATOR_UNKNOWN);
        assertThat(next()).isEqualTo(Next.FAILED);
        assertThat(entry.ambiguous()).isTrue();
        resulted(WRONG, Records.Next.GO_ON);
        assertThat(next()).as("only reported").isEqualTo(Next.FAILED);
        assertThat(entry.untouched()).isFalse();
    }

    @Test
    @DisplayName("that a command was intended and not sent")
    void notSent() {
        intended(START, 1);
        resulted(Problem.of(ProblemCode.LEASE_NOT_RENEWED, "late"), Records.Next.REPEAT);
        assertThat(entry.untouched()).isTrue();
    }

    @Test
    @DisplayName("which steps are over, and how")
    void stepsOver() {
        over(START);
        assertThat(entry.row().step()).isEqualTo(PRECHECK);
        assertThat(next()).isEqualTo(Next.ENTER);
        intended(PRECHECK, 1);
        read(Records.stepOver(NOW, at(PRECHECK, 1), "SKIPPED"));
        assertThat(entry.row().step()).isEqualTo(STORE);
        assertThat(next()).isEqualTo(Next.ENTER);
        assertThat(entry.member().over().get(START).state()).isEqualTo(StepStanding.State.DONE);
        assertThat(entry.member().over().get(PRECHECK).state()).isEqualTo(StepStanding.State.SKIPPED);
        assertThat(entry.member().skipping).isFalse();
    }

    @Test
    @DisplayName("SW-3: that a task waits at the barrier, or went past it")
    void barrier() {
        assertThat(entry.member().lane().missing()).isEqualTo(2);
        over(OBJECTS);
        assertThat(next()).isEqualTo(Next.HELD);
        assertThat(entry.row().step()).isEqualTo(OBJECTS);
        assertThat(entry.member().throughBarrier()).isFalse();
        acted(REVERSE, SwitchoverAction.CONFIRM);
        assertThat(entry.member().throughBarrier()).isTrue();
        assertThat(entry.member().lane().missing()).isEqualTo(1);
        over(REVERSE);
        assertThat(entry.row().step()).as("there is no further step").isEqualTo(REVERSE);
        acted(WRITES, SwitchoverAction.CONFIRM);
        assertThat(entry.row().step()).isEqualTo(WRITES);
        assertThat(entry.member().throughBarrier())
                .as("it was taken back behind it")
                .isFalse();
        assertThat(entry.member().lane().missing()).isEqualTo(2);
    }

    @Test
    @DisplayName("SW-2: what operators set off, when and who, and anew if it had failed")
    void setOff() {
        acted(START, SwitchoverAction.CONFIRM);
        assertThat(next()).isEqualTo(Next.SET_OFF);
        assertThat(entry.round()).isZero();
        assertThat(entry.member().actor).isEqualTo(ANN);
        assertThat(entry.member().setOffAt).isEqualTo(NOW.plusSeconds(5));
        assertThat(entry.member().skipping).isFalse();
        assertThat(entry.member().frozen()).isFalse();
        intended(START, 1);
        resulted(WRONG, Records.Next.OPERATOR_UNKNOWN);
        acted(START, SwitchoverAction.RETRY);
        assertThat(next()).isEqualTo(Next.SET_OFF);
        assertThat(entry.round()).isEqualTo(1);
        assertThat(entry.attempt()).isZero();
        assertThat(entry.ambiguous()).isFalse();
        acted(PRECHECK, SwitchoverAction.SKIP);
        assertThat(entry.member().skipping).isTrue();
        assertThat(entry.round()).as("of the next step").isZero();
    }

    @Test
    @DisplayName("SW-9: since when the source is frozen, and that a freeze was held back")
    void frozen() {
        acted(WRITES, SwitchoverAction.CONFIRM);
        assertThat(entry.member().frozenSince).isEqualTo(NOW.plusSeconds(5));
        resulted(WRONG, Records.Next.OPERATOR);
        assertThat(entry.member().frozen()).isTrue();
        resulted(Problem.of(ProblemCode.FREEZE_PREDICTED, "too long"), Records.Next.OPERATOR);
        assertThat(entry.member().frozen()).isFalse();
    }

    @Test
    @DisplayName("what was decided about a task whatever it was at, without taking it back to that step")
    void atAnyTime() {
        over(START);
        intended(PRECHECK, 1);
        acted(START, SwitchoverAction.EJECT);
        assertThat(entry.member().alone()).isTrue();
        acted(START, SwitchoverAction.ABORT);
        assertThat(entry.member().aborting).isTrue();
        assertThat(entry.row().step()).isEqualTo(PRECHECK);
        assertThat(next()).isEqualTo(Next.SETTLE);
        acted(PRECHECK, SwitchoverAction.LEAVE);
        assertThat(next()).isEqualTo(Next.SETTLE);
    }

    @Test
    @DisplayName("what was waived, and that a task only goes forward")
    void waived() {
        read(new JournalRecord(
                NOW,
                Kind.WAIVER,
                at(PRECHECK, 0),
                Invariant.PRECHECK_PASSED.name(),
                Map.of("actor", "ann", "reason", "known")));
        assertThat(entry.member().waived(Invariant.PRECHECK_PASSED)).isTrue();
        assertThat(entry.member().pastReturn).isFalse();
        read(Records.pointOfNoReturn(NOW, at(REVERSE, 1)));
        assertThat(entry.member().pastReturn).isTrue();
    }

    @Test
    @DisplayName("SW-8: that a task is taken back, what is, and what is left behind")
    void undone() {
        intended(STORE, 1);
        acted(WRITES, SwitchoverAction.CONFIRM);
        intended(WRITES, 1);
        read(Records.undoBegun(NOW, at(WRITES, 1)));
        assertThat(entry.row().name()).isEqualTo("UNDO_START_TARGET_STORE");
        assertThat(next()).isEqualTo(Next.ENTER);
        assertThat(entry.member().alone()).isTrue();
        read(Records.intent(NOW, undo(STORE), "UNDO", "key"));
        read(Records.undone(NOW, undo(STORE), WRONG));
        assertThat(next()).isEqualTo(Next.ENTER);
        assertThat(entry.row().name()).isEqualTo("UNDO_CONFIRM_WRITES_STOPPED");
        assertThat(entry.member().over().get(STORE).state()).isEqualTo(StepStanding.State.UNDO_FAILED);
        read(Records.acted(NOW, undo(WRITES), SwitchoverAction.RETRY, ANN, "because", 1));
        read(Records.intent(NOW, undo(WRITES), "UNDO", "key"));
        assertThat(entry.member().frozen()).as("a retried undo freezes nothing").isTrue();
        read(Records.undone(NOW, undo(WRITES), null));
        assertThat(entry.member().frozen()).isFalse();
        assertThat(next()).as("its outcome follows").isEqualTo(Next.SETTLE);
    }

    @Test
    @DisplayName("how tasks ended")
    void outcomes() {
        intended(START, 1);
        read(Records.outcome(NOW.plusSeconds(9), at(START, 1), new TaskOutcome.Failed(WRONG)));
        assertThat(next()).isEqualTo(Next.ENDED);
        assertThat(entry.result)
                .isEqualTo(
                        new TaskResult(entry.ref(), "t1", new TaskOutcome.Failed(WRONG), 1, NOW, NOW.plusSeconds(9)));
        assertThat(entry.member().alone()).as("nobody waits for it").isTrue();
    }

    @Test
    @DisplayName("PLAN-2: why tasks were not eligible")
    void reasons() {
        try (OneRun plain = OneRun.stopping(1)) {
            TaskEntry out = plain.entry(0);
            List<Reason> why = List.of(new Reason("HOST", "not today"));
            RunReplay outReplay = new RunReplay(plain.ledger.entries(), Map.of(out.ref(), why));
            outReplay.apply(new JournalEntry(
                    1, new FencingToken(1), Records.outcome(NOW, out.subject(), new TaskOutcome.Ineligible(why))));
            assertThat(out.result).isNotNull();
            assertThat(out.result.outcome()).isEqualTo(new TaskOutcome.Ineligible(why));
        }
    }

    @Test
    @DisplayName("which claims were given up, so that their tasks are claimed and looked at again")
    void released() {
        intended(START, 1);
        read(Records.released(NOW, at(START, 1), false));
        assertThat(entry.claimed).isFalse();
        assertThat(next()).isEqualTo(Next.SET_OFF);
        resulted(WRONG, Records.Next.OPERATOR);
        read(Records.released(NOW, at(START, 1), true));
        assertThat(next()).isEqualTo(Next.FAILED);
    }

    @Test
    @DisplayName("RUN-9: what was ordered for the run as a whole, and whether it rests or has ended")
    void ofRun() {
        read(Records.ordered(NOW, RunAction.PAUSE, ANN, "lunch"));
        assertThat(replay.orders()).isEqualTo(RunOrders.NONE.after(RunAction.PAUSE, "ann: lunch", 1));
        JournalRecord parked = new JournalRecord(NOW, Kind.PARKED, null, "ENGINE_DEFECT", Map.of("message", "oh"));
        read(parked);
        assertThat(replay.parked()).isEqualTo(parked);
        assertThat(replay.orders().version()).isEqualTo(2);
        read(new JournalRecord(NOW, Kind.TAKEN_OVER, null, "TAKEN_OVER", Map.of()));
        assertThat(replay.parked()).isNull();
        read(Records.budgetSpent(NOW, "5 failed"));
        assertThat(replay.orders().ending()).isEqualTo(RunOrders.Ending.BUDGET_SPENT);
        assertThat(replay.orders().why()).isEqualTo("5 failed");
        assertThat(replay.orders().version()).isEqualTo(4);
        read(Records.waveBegun(NOW, 2));
        assertThat(replay.orders().waves()).isEqualTo(new RunOrders.WaveMarks(2, 0, 0));
        read(new JournalRecord(NOW, Kind.ANSWERED, null, "c", Map.of()));
        assertThat(replay.end()).isNull();
        read(new JournalRecord(NOW, Kind.ENDED, null, "ENDED", Map.of()));
        assertThat(replay.end()).isNotNull();
        assertThat(replay.end().sequence()).isEqualTo(7);
        assertThat(replay.entry(entry.ref())).isSameAs(entry);
    }

    @Test
    @DisplayName("nothing that cannot be understood")
    void refused() {
        assertThatThrownBy(() -> read(Records.undoBegun(NOW, new Subject(new TaskRef("p", "x"), START.name(), 0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the run has no task p/x");
        assertThatThrownBy(() -> read(Records.undoBegun(NOW, new Subject(entry.ref(), "NO_STEP", 0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no step NO_STEP");
        assertThatThrownBy(() -> read(new JournalRecord(NOW, Kind.ENDED, at(START, 0), "ENDED", Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not about a task");
        assertThatThrownBy(() -> read(new JournalRecord(NOW, Kind.OUTCOME, null, "SUCCEEDED", Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is about no task");
    }
}
