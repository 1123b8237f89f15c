package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.Waiver;
import io.omsbatch.api.switchover.CutEvidence;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.CallPattern;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultScript;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Before the source is frozen")
class CutEvidenceTest {

    private static final Duration AN_HOUR = Duration.ofHours(1);

    private static EngineHarness asking(Duration age) {
        return new EngineHarness(
                PlatformSettings.of(5),
                FaultScript.none(),
                settings -> settings.withSwitchover(settings.switchover().withMaximumVerificationAge(age)));
    }

    private static List<TaskRef> entered(EngineHarness world, int number) {
        return world.add(number, EngineHarness.entered(MigrationType.complete()));
    }

    private static Instant now(EngineHarness world) {
        return world.environment.clock().instant();
    }

    /** Comes to the gate of the write stop, and confirms it for all. */
    private static SwitchoverWorkflow confirmed(EngineHarness world, List<TaskRef> tasks) {
        SwitchoverWorkflow workflow = world.switchover(tasks);
        Operator.settle(world, workflow);
        Operator.all(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.START_FORWARD_SWITCHOVER);
        Operator.settle(world, workflow);
        Operator.all(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.CONFIRM_WRITES_STOPPED);
        Operator.settle(world, workflow);
        return workflow;
    }

    private static void assertHeldBack(EngineHarness world, SwitchoverBoard board, TaskRef task, String problem) {
        StepStanding standing = Operator.task(board, task).current();
        assertThat(standing.step()).isEqualTo(SwitchoverStep.CONFIRM_WRITES_STOPPED);
        assertThat(standing.state()).isEqualTo(StepStanding.State.FAILED);
        assertThat(Operator.task(board, task).current().waitsFor()).contains(problem);
        assertThat(board.render().lines().filter(line -> line.contains(task.id() + " ")))
                .singleElement()
                .asString()
                .doesNotContain("frozen");
        assertThat(world.commands())
                .filteredOn(call -> call.tasks().contains(task))
                .extracting(call -> call.ordered().what())
                .isNotEmpty()
                .doesNotContain(SwitchoverStep.CONFIRM_WRITES_STOPPED.name());
    }

    @Test
    @DisplayName("a verification that is too old or unknown holds it back, until an operator accepts that by name")
    void verification() {
        try (EngineHarness world = asking(AN_HOUR)) {
            List<TaskRef> tasks = entered(world, 3);
            world.platform.cutEvidence(
                    tasks.get(0), CutEvidence.none().withVerifiedAt(now(world).minus(Duration.ofMinutes(5))));
            world.platform.cutEvidence(
                    tasks.get(1), CutEvidence.none().withVerifiedAt(now(world).minus(Duration.ofMinutes(90))));
            SwitchoverWorkflow workflow = confirmed(world, tasks);
            SwitchoverBoard board = workflow.board();
            assertThat(Operator.stepOf(board, tasks.get(0))).isNotEqualTo(SwitchoverStep.CONFIRM_WRITES_STOPPED);
            assertThat(Operator.task(board, tasks.get(1)).current().waitsFor())
                    .contains(
                            "VERIFICATION_TOO_OLD",
                            "the last full verification ended at",
                            "at most PT1H old is wanted");
            assertThat(Operator.task(board, tasks.get(2)).current().waitsFor())
                    .contains("no full verification of the task is known");

            world.platform.cutEvidence(tasks.get(1), CutEvidence.none().withVerifiedAt(now(world)));
            Operator.one(workflow, SwitchoverAction.RETRY, SwitchoverStep.CONFIRM_WRITES_STOPPED, tasks.get(1));
            Operator.one(workflow, SwitchoverAction.RETRY, SwitchoverStep.CONFIRM_WRITES_STOPPED, tasks.get(2));
            BatchReport report = Operator.drive(world, workflow);
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(3);
            assertThat(report.waivers())
                    .extracting(Waiver::task, Waiver::rule, Waiver::actor, Waiver::reason)
                    .contains(tuple(tasks.get(2), "VERIFIED_LATELY", ANN, "seen"));
            assertThat(report.render()).contains("waived VERIFIED_LATELY for oms/t3 by ann: seen");
            assertThat(world.facts(JournalRecord.Kind.WAIVER))
                    .hasSize(report.waivers().size());
            assertThat(world.engine()
                            .explain(report.runId(), tasks.get(2))
                            .orElseThrow()
                            .render())
                    .contains("ann waived VERIFIED_LATELY");
        }
    }

    @Test
    @DisplayName("nothing is asked of the verification unless the host sets how old it may be")
    void notAsked() {
        try (EngineHarness world = asking(null)) {
            BatchReport report = Operator.drive(world, world.switchover(entered(world, 2)));
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(2);
            assertThat(report.waivers()).isEmpty();
        }
    }

    @Test
    @DisplayName("SW-6: a reverse increment that could not be started holds it back, and to try again accepts nothing")
    void reverseBlocked() {
        try (EngineHarness world = asking(null)) {
            List<TaskRef> tasks = entered(world, 2);
            Problem lost = new Problem("SLOT_LOST", "the log was thrown away", "reserve it anew", false);
            world.platform.cutEvidence(tasks.get(1), CutEvidence.none().withReverseBlocked(lost));
            SwitchoverWorkflow workflow = confirmed(world, tasks);
            assertHeldBack(world, workflow.board(), tasks.get(1), "REVERSE_BLOCKED: SLOT_LOST");
            Operator.one(workflow, SwitchoverAction.RETRY, SwitchoverStep.CONFIRM_WRITES_STOPPED, tasks.get(1));
            assertHeldBack(world, Operator.settle(world, workflow), tasks.get(1), "REVERSE_BLOCKED");
            world.platform.cutEvidence(tasks.get(1), CutEvidence.none());
            Operator.one(workflow, SwitchoverAction.RETRY, SwitchoverStep.CONFIRM_WRITES_STOPPED, tasks.get(1));
            BatchReport report = Operator.drive(world, workflow);
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(2);
            assertThat(report.waivers()).isEmpty();
        }
    }

    @Test
    @DisplayName("SW-9: a write stop that was sent before keeps its source frozen, whatever holds the next try back")
    void frozenBefore() {
        FaultScript refusesOnce = FaultScript.none()
                .once(
                        CallPattern.of(SwitchoverStep.CONFIRM_WRITES_STOPPED).on(EngineHarness.ref("t1")),
                        Fault.of(FaultKind.REFUSE));
        try (EngineHarness world = EngineHarness.with(refusesOnce)) {
            List<TaskRef> tasks = entered(world, 1);
            SwitchoverWorkflow workflow = confirmed(world, tasks);
            assertThat(workflow.board().render()).contains("frozen");
            Problem lost = new Problem("SLOT_LOST", "the log was thrown away", "reserve it anew", false);
            world.platform.cutEvidence(tasks.get(0), CutEvidence.none().withReverseBlocked(lost));
            Operator.one(workflow, SwitchoverAction.RETRY, SwitchoverStep.CONFIRM_WRITES_STOPPED, tasks.get(0));
            SwitchoverBoard board = Operator.settle(world, workflow);
            assertThat(board.render()).contains("REVERSE_BLOCKED", "frozen");
        }
    }
}
