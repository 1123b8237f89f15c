package io.omsbatch.core.internal.run;

import static io.omsbatch.core.internal.run.OneRun.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.eligibility.Lane;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.core.internal.step.LaneMember;
import io.omsbatch.core.internal.step.LaneState;
import io.omsbatch.core.workflow.StepSpec;
import io.omsbatch.core.workflow.StepTable;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A task of a run")
class TaskEntryTest {

    private static final SwitchoverStep START = SwitchoverStep.START_FORWARD_SWITCHOVER;
    private static final SwitchoverStep PRECHECK = SwitchoverStep.SWITCHOVER_PRECHECK;
    private static final SwitchoverStep STORE = SwitchoverStep.START_TARGET_STORE;
    private static final SwitchoverStep WRITES = SwitchoverStep.CONFIRM_WRITES_STOPPED;
    private static final SwitchoverStep SYNCED = SwitchoverStep.CONFIRM_SYNC_TIMESTAMP;
    private static final SwitchoverStep STOP = SwitchoverStep.STOP_FORWARD_SYNC;
    private static final SwitchoverStep REVERSE = SwitchoverStep.START_REVERSE_INCREMENT;
    private static final List<StepSpec> ROWS = StepTable.switchover(
                    SwitchoverDirection.FORWARD, MigrationType.complete())
            .rows();

    private static TaskEntry entry(boolean ledOn) {
        MigrationTask task = OneRun.task("orders");
        Lane lane = new Lane(1, MigrationType.complete(), SwitchoverDirection.FORWARD, START, List.of(task.ref()));
        return new TaskEntry(0, task.ref(), task, ROWS, new LaneMember(new LaneState(lane), false, ledOn), NOW);
    }

    /** Lets a task stand at a step after commands of the steps before it were sent. */
    private static TaskEntry commanded(TaskEntry entry, SwitchoverStep... steps) {
        for (SwitchoverStep step : steps) {
            entry.startAt(row(step));
            entry.markCommanded();
            entry.attempts++;
        }
        return entry;
    }

    private static int row(SwitchoverStep step) {
        return ROWS.stream().map(StepSpec::step).toList().indexOf(step);
    }

    private static List<String> names(List<StepSpec> rows) {
        return rows.stream().map(StepSpec::name).toList();
    }

    @Test
    @DisplayName("SW-8: is taken back by what its run commanded, the source last")
    void undoing() {
        assertThat(names(commanded(entry(false), STORE, WRITES, STOP).undoing()))
                .containsExactly("UNDO_STOP_FORWARD_SYNC", "UNDO_START_TARGET_STORE", "UNDO_CONFIRM_WRITES_STOPPED");
        assertThat(entry(false).undoing()).isEmpty();
        TaskEntry precheck = commanded(entry(false), PRECHECK);
        assertThat(precheck.undoing()).as("what leaves nothing").isEmpty();
        TaskEntry unsent = commanded(entry(false), STORE);
        unsent.attempts = 0;
        assertThat(unsent.undoing()).as("its command was not sent").isEmpty();
    }

    @Test
    @DisplayName("SW-8: is taken back by what its platform does by itself, too, from where the run entered it")
    void ledOn() {
        TaskEntry led = commanded(entry(true), START);
        assertThat(names(led.undoing()))
                .containsExactly("UNDO_STOP_FORWARD_SYNC", "UNDO_START_TARGET_STORE", "UNDO_START_FORWARD_SWITCHOVER");
        TaskEntry late = entry(true);
        late.enterAt(row(WRITES));
        assertThat(names(commanded(late, WRITES).undoing()))
                .containsExactly("UNDO_STOP_FORWARD_SYNC", "UNDO_CONFIRM_WRITES_STOPPED");
    }

    @Test
    @DisplayName("SW-8: lists as left behind what was over before its run, and would be taken back")
    void before() {
        TaskEntry late = entry(false);
        late.enterAt(row(SYNCED));
        commanded(late, STOP);
        TaskOutcome outcome = late.takingBack().outcome();
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        TaskOutcome.UndoIncomplete.class,
                        left -> assertThat(left.residue())
                                .extracting(Problem::message)
                                .hasSize(3)
                                .allMatch(why -> why.contains("it was over before this run"))
                                .noneMatch(why -> why.contains(PRECHECK.title())));
        commanded(late, WRITES, STORE, START);
        assertThat(late.takingBack().outcome()).isEqualTo(new TaskOutcome.Undone());
    }

    @Test
    @DisplayName("begins at the first step of its undo, of which nothing was done yet")
    void takeBack() {
        TaskEntry entry = commanded(entry(false), STORE, STOP);
        entry.round = 2;
        entry.attempt = 3;
        entry.ambiguous = true;
        entry.problem = Problem.of(ProblemCode.STEP_FAILED, "no rights");
        entry.member().skipping = true;
        entry.member().actor = OneRun.ANN;
        entry.member().setOffAt = NOW;
        entry.takeBack();
        assertThat(entry.row().name()).isEqualTo("UNDO_STOP_FORWARD_SYNC");
        assertThat(entry.round()).isZero();
        assertThat(entry.attempt()).isZero();
        assertThat(entry.ambiguous()).isFalse();
        assertThat(entry.problem()).isNull();
        assertThat(entry.member().skipping).isFalse();
        assertThat(entry.member().actor).isNull();
        assertThat(entry.member().setOffAt).isNull();
        assertThat(entry.untouched()).isFalse();
    }

    @Test
    @DisplayName("stands where its phase and its step say, and as failed or unknown by what is known of its command")
    void standing() {
        TaskEntry entry = entry(false);
        entry.become(Phase.QUEUED);
        assertThat(entry.standing()).isEqualTo(StepStanding.State.WAITING);
        entry.become(Phase.FAILED);
        assertThat(entry.standing()).isEqualTo(StepStanding.State.FAILED);
        entry.ambiguous = true;
        assertThat(entry.standing()).isEqualTo(StepStanding.State.UNKNOWN);
        TaskEntry back = commanded(entry(false), STORE);
        back.takeBack();
        assertThat(back.standing()).isEqualTo(StepStanding.State.UNDOING);
        back.become(Phase.QUEUED);
        back.become(Phase.PREPARING);
        assertThat(back.standing()).isEqualTo(StepStanding.State.UNDOING);
        back.become(Phase.FAILED);
        back.ambiguous = true;
        assertThat(back.standing()).isEqualTo(StepStanding.State.UNDO_FAILED);
    }

    @Test
    @DisplayName("cannot come to a phase to which nothing leads")
    void phases() {
        TaskEntry entry = entry(false);
        assertThatThrownBy(() -> entry.become(Phase.CALLING)).hasMessageContaining("cannot go from IDLE to CALLING");
        assertThat(entry.phase()).isEqualTo(Phase.IDLE);
    }

    @Test
    @DisplayName("SW-9: counts as not frozen if its write stop was held back before anything was sent")
    void heldBack() {
        String predicted = ProblemCode.FREEZE_PREDICTED.name();
        TaskEntry entry = entry(false);
        assertThat(entry.freezeHeldBack(predicted)).as("at another step").isFalse();
        entry.startAt(row(WRITES));
        assertThat(entry.freezeHeldBack(predicted)).isTrue();
        assertThat(entry.freezeHeldBack(ProblemCode.STEP_FAILED.name())).isFalse();
        entry.markCommanded();
        assertThat(entry.freezeHeldBack(predicted)).as("a command was sent").isFalse();
    }

    @Test
    @DisplayName("counts as commanded by what is carried out, and not by what is passed over or taken back")
    void markCommanded() {
        TaskEntry entry = entry(false);
        entry.member().skipping = true;
        entry.markCommanded();
        assertThat(entry.member().commanded()).isEmpty();
        entry.member().skipping = false;
        entry.markCommanded();
        assertThat(entry.member().commanded()).containsExactly(START);
    }

    @Test
    @DisplayName("has no way back once its target store was passed over")
    void noStore() {
        TaskEntry skipped = entry(false);
        skipped.member().skipping = true;
        skipped.markOver(STORE, NOW);
        assertThat(skipped.rows()).extracting(StepSpec::step).doesNotContain(REVERSE);
        TaskEntry other = entry(false);
        other.member().skipping = true;
        other.markOver(PRECHECK, NOW);
        assertThat(other.rows()).isEqualTo(ROWS);
        TaskEntry done = entry(false);
        done.markOver(STORE, NOW);
        assertThat(done.rows()).isEqualTo(ROWS);
    }

    @Test
    @DisplayName("that an operator leaves says where it stands, or what of it is not taken back")
    void left() {
        TaskEntry entry = commanded(entry(false), STORE, STOP);
        entry.member().freeze(NOW);
        assertThat(entry.left("holiday"))
                .isEqualTo(new TaskOutcome.LeftAt(STOP, SwitchoverDirection.FORWARD, true, "holiday"));
        entry.takeBack();
        entry.problem = Problem.of(ProblemCode.STEP_FAILED, "no rights");
        assertThat(entry.left("holiday")).isInstanceOfSatisfying(TaskOutcome.UndoIncomplete.class, outcome -> {
            List<String> residue =
                    outcome.residue().stream().map(Problem::message).toList();
            assertThat(residue).hasSize(2);
            assertThat(residue.get(0)).contains(STOP.title(), "holiday; before that STEP_FAILED", "no rights");
            assertThat(residue.get(1)).contains(STORE.title(), "holiday").doesNotContain("before that");
        });
    }

    @Test
    @DisplayName("knows no round before by what came of it")
    void newRound() {
        TaskEntry entry = entry(false);
        entry.attempt = 1;
        entry.unsent = 1;
        entry.failedLooks = 1;
        entry.ambiguous = true;
        entry.returnedBefore = OptionalLong.of(1);
        entry.deadline = 1;
        entry.waitsFor = "an operator";
        entry.attempts = 1;
        entry.newRound();
        assertThat(entry.attempt()).isZero();
        assertThat(entry.unsent).isZero();
        assertThat(entry.failedLooks).isZero();
        assertThat(entry.ambiguous()).isFalse();
        assertThat(entry.returnedAt()).isEmpty();
        assertThat(entry.deadline).isZero();
        assertThat(entry.waitsFor()).isEmpty();
        assertThat(entry.untouched()).as("attempts in all").isFalse();
    }

    @Test
    @DisplayName("that was not eligible, or is not in a switchover, has no such part")
    void parts() {
        try (OneRun run = OneRun.stopping(1)) {
            TaskEntry plain = run.entry(0);
            assertThat(plain.inSwitchover()).isFalse();
            assertThatThrownBy(plain::member).hasMessageContaining("is not in a switchover");
            TaskEntry out = new TaskEntry(1, plain.ref(), null, plain.rows(), null, NOW);
            assertThatThrownBy(out::planned).hasMessageContaining("was not eligible");
            assertThat(out.name()).isEqualTo("t1");
        }
    }
}
