package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.Lockstep;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.fault.CallPattern;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultScript;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SW-3: In a switchover")
class LockstepTest {

    private static final SwitchoverStep OBJECTS = SwitchoverStep.PROCESS_DATABASE_OBJECTS;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Takes three tasks, of which the last fails to stop its forward sync, to where the others are marked. */
    private static SwitchoverWorkflow oneFails(EngineHarness world, Lockstep lockstep) {
        List<TaskRef> tasks = world.add(3, EngineHarness.entered(MigrationType.complete()));
        BatchPlan plan = world.engine()
                .plan(BatchRequest.of("r1", ANN, BatchOperation.forwardSwitchover(), tasks)
                        .with(RunPolicy.none().withLockstep(lockstep)));
        assertThat(plan.render()).contains("lockstep: " + lockstep);
        SwitchoverWorkflow workflow = world.engine().switchover(plan.confirm(ANN, "because"));
        Operator.settle(world, workflow);
        Operator.all(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.START_FORWARD_SWITCHOVER);
        Operator.settle(world, workflow);
        Operator.all(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.CONFIRM_WRITES_STOPPED);
        SwitchoverBoard board = Operator.settle(world, workflow);
        assertThat(Operator.stepOf(board, EngineHarness.ref("t3"))).isEqualTo(SwitchoverStep.STOP_FORWARD_SYNC);
        assertThat(Operator.task(board, EngineHarness.ref("t3")).current().state())
                .isEqualTo(StepStanding.State.FAILED);
        Operator.all(workflow, SwitchoverAction.MARK, OBJECTS);
        return workflow;
    }

    private static EngineHarness world() {
        return EngineHarness.with(FaultScript.none()
                .once(
                        CallPattern.of(SwitchoverStep.STOP_FORWARD_SYNC).on(EngineHarness.ref("t3")),
                        Fault.of(FaultKind.REFUSE)));
    }

    private static StepStanding.State state(SwitchoverWorkflow workflow, String task) {
        return Operator.task(workflow.board(), EngineHarness.ref(task))
                .current()
                .state();
    }

    private static BatchReport finish(EngineHarness world, SwitchoverWorkflow workflow) {
        Operator.one(workflow, SwitchoverAction.RETRY, SwitchoverStep.STOP_FORWARD_SYNC, EngineHarness.ref("t3"));
        BatchReport report = Operator.drive(world, workflow);
        assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).as(report.render()).isEqualTo(3);
        assertThat(world.platform.breaches()).isEmpty();
        return report;
    }

    @Test
    @DisplayName("all wait at the barrier for one that failed, unless something else is asked for")
    void together() {
        try (EngineHarness world = world()) {
            SwitchoverWorkflow workflow = oneFails(world, Lockstep.together());
            world.environment.advance(PATIENCE.multipliedBy(2));
            assertThat(state(workflow, "t1")).isEqualTo(StepStanding.State.WAITING);
            assertThat(Operator.task(workflow.board(), EngineHarness.ref("t1"))
                            .current()
                            .waitsFor())
                    .contains("1 more of its lane");
            finish(world, workflow);
        }
    }

    @Test
    @DisplayName("streaming tasks go on one by one, and nobody is ejected")
    void streaming() {
        try (EngineHarness world = world()) {
            SwitchoverWorkflow workflow = oneFails(world, Lockstep.streaming());
            SwitchoverBoard board = Operator.settle(world, workflow);
            assertThat(Operator.stepOf(board, EngineHarness.ref("t1")))
                    .isEqualTo(SwitchoverStep.START_REVERSE_INCREMENT);
            assertThat(board.tasks()).noneMatch(task -> task.ejected());
            finish(world, workflow);
            assertThat(world.facts(JournalRecord.Kind.CONTROL))
                    .extracting(JournalRecord::code)
                    .doesNotContain("EJECT");
        }
    }

    @Test
    @DisplayName(
            "a straggler is ejected once the first at the barrier has waited for as long as it may; it goes on alone")
    void patience() {
        try (EngineHarness world = world()) {
            SwitchoverWorkflow workflow = oneFails(world, Lockstep.together().withPatience(PATIENCE));
            world.environment.advance(PATIENCE.minusSeconds(10));
            assertThat(state(workflow, "t1")).isEqualTo(StepStanding.State.WAITING);
            world.environment.advance(Duration.ofSeconds(20));
            SwitchoverBoard board = Operator.settle(world, workflow);
            assertThat(Operator.stepOf(board, EngineHarness.ref("t1")))
                    .isEqualTo(SwitchoverStep.START_REVERSE_INCREMENT);
            assertThat(Operator.task(board, EngineHarness.ref("t3")).ejected()).isTrue();
            assertThat(world.facts(JournalRecord.Kind.CONTROL))
                    .filteredOn(fact -> fact.code().equals("EJECT"))
                    .extracting(
                            fact -> fact.subject().task(), fact -> fact.detail().get("actor"))
                    .containsExactly(tuple(EngineHarness.ref("t3"), "oms-batch"));
            BatchReport report = finish(world, workflow);
            assertThat(world.engine()
                            .explain(report.runId(), EngineHarness.ref("t3"))
                            .orElseThrow()
                            .render())
                    .contains("oms-batch took it out of its lane", "have waited for it long enough");
        }
    }

    @Test
    @DisplayName("patience goes on while no engine does: another one ejects the straggler when its time is over")
    void patienceOverAnEngine() {
        try (EngineHarness world = world()) {
            SwitchoverWorkflow before = oneFails(world, Lockstep.together().withPatience(PATIENCE));
            assertThat(Operator.task(Operator.settle(world, before), EngineHarness.ref("t1"))
                            .current()
                            .waitsFor())
                    .contains("of its lane");
            world.engine().close();
            world.environment.advance(PATIENCE.minusSeconds(30));
            try (BatchEngine second = OmsBatch.engine(world.platform)
                    .environment(world.environment)
                    .journal(world.journal)
                    .build()) {
                SwitchoverWorkflow workflow =
                        (SwitchoverWorkflow) second.recover().get(0);
                assertThat(state(workflow, "t1")).isEqualTo(StepStanding.State.WAITING);
                world.environment.advance(Duration.ofSeconds(40));
                SwitchoverBoard board = Operator.settle(world, workflow);
                assertThat(Operator.task(board, EngineHarness.ref("t3")).ejected())
                        .isTrue();
                finish(world, workflow);
            }
        }
    }

    @Test
    @DisplayName("patience is no matter of those who leave before it is over")
    void leftBefore() {
        try (EngineHarness world = world()) {
            SwitchoverWorkflow workflow = oneFails(world, Lockstep.together().withPatience(PATIENCE));
            Operator.one(workflow, SwitchoverAction.LEAVE, SwitchoverStep.STOP_FORWARD_SYNC, EngineHarness.ref("t3"));
            Operator.settle(world, workflow);
            assertThat(Operator.stepOf(workflow.board(), EngineHarness.ref("t1")))
                    .isEqualTo(SwitchoverStep.START_REVERSE_INCREMENT);
            world.environment.advance(PATIENCE.multipliedBy(2));
            assertThat(world.facts(JournalRecord.Kind.CONTROL))
                    .extracting(JournalRecord::code)
                    .doesNotContain("EJECT");
        }
    }

    @Test
    @DisplayName("patience without a barrier, or of no length, is refused")
    void refused() {
        assertThatThrownBy(() -> Lockstep.streaming().withPatience(PATIENCE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Lockstep.patience: is PT2M without a barrier");
        assertThatThrownBy(() -> Lockstep.together().withPatience(Duration.ofMillis(999)))
                .hasMessageContaining("Lockstep.patience: is PT0.999S");
        assertThatThrownBy(() -> Lockstep.together().withPatience(Duration.ofDays(2)))
                .hasMessageContaining("Lockstep.patience: is PT48H");
    }
}
