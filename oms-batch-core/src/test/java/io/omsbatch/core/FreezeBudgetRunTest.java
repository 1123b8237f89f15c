package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.ANN;
import static io.omsbatch.core.EngineHarness.entered;
import static io.omsbatch.core.EngineHarness.ref;
import static io.omsbatch.core.Operator.one;
import static io.omsbatch.core.Operator.settle;
import static io.omsbatch.core.Operator.stepOf;
import static io.omsbatch.core.Operator.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.FreezeBudget;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.switchover.BoardTask;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.switchover.SyncLinks;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.settings.GateSettings;
import io.omsbatch.core.settings.SwitchoverSettings;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.CallPattern;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultScript;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SW-9: The write freeze of a source")
class FreezeBudgetRunTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final SwitchoverStep START = SwitchoverStep.START_FORWARD_SWITCHOVER;
    private static final SwitchoverStep STOP_WRITES = SwitchoverStep.CONFIRM_WRITES_STOPPED;
    private static final SwitchoverStep CAUGHT_UP = SwitchoverStep.CONFIRM_SYNC_TIMESTAMP;
    private static final SwitchoverStep OBJECTS = SwitchoverStep.PROCESS_DATABASE_OBJECTS;
    private static final SwitchoverStep REVERSE = SwitchoverStep.START_REVERSE_INCREMENT;

    private static EngineHarness world(FaultScript faults) {
        PlatformSettings platform = PlatformSettings.of(1)
                .withCapabilities(GatewayCapabilities.of(GatewayCapability.UNDO, GatewayCapability.DEDUPLICATION));
        return new EngineHarness(
                platform,
                faults,
                settings -> settings.withSwitchover(new SwitchoverSettings(
                        Duration.ofHours(1), 3, Duration.ofHours(1), MINUTE, null, null, GateSettings.none())));
    }

    private static SwitchoverWorkflow begin(EngineHarness world, List<TaskRef> tasks, FreezeBudget budget) {
        SwitchoverWorkflow workflow = world.engine()
                .switchover(world.engine()
                        .plan(BatchRequest.of("r", ANN, BatchOperation.forwardSwitchover(), tasks)
                                .with(RunPolicy.none().withFreeze(budget)))
                        .confirm(ANN, "because"));
        settle(world, workflow);
        confirm(workflow, START);
        settle(world, workflow);
        return workflow;
    }

    private static void confirm(SwitchoverWorkflow workflow, SwitchoverStep step) {
        accepted(Operator.all(workflow, step == OBJECTS ? SwitchoverAction.MARK : SwitchoverAction.CONFIRM, step));
    }

    private static void accepted(ControlAnswer answer) {
        assertThat(answer).isInstanceOf(ControlAnswer.Accepted.class);
    }

    private static StepStanding standing(SwitchoverWorkflow workflow, String id) {
        return task(workflow.board(), ref(id)).current();
    }

    private static void restored(EngineHarness world, String id) {
        SwitchoverSnapshot now = world.platform.switchover(ref(id)).orElseThrow();
        assertThat(now.stopPoint()).isNull();
        assertThat(now.links().forward()).isEqualTo(SyncLinks.State.RUNNING);
        assertThat(now.links().storeStart()).isNull();
    }

    @Test
    @DisplayName("is shown on the board from the confirmation on, until the point of no return")
    void shown() {
        try (EngineHarness world = world(FaultScript.none())) {
            List<TaskRef> tasks = world.add(1, entered(MigrationType.complete()));
            SwitchoverWorkflow workflow = begin(world, tasks, FreezeBudget.reporting(MINUTE));
            assertThat(task(workflow.board(), tasks.get(0)).course().freeze()).isNull();
            confirm(workflow, STOP_WRITES);
            settle(world, workflow);
            BoardTask.Freeze freeze =
                    task(workflow.board(), tasks.get(0)).course().freeze();
            assertThat(Duration.between(freeze.since(), freeze.until())).isEqualTo(MINUTE);
            assertThat(workflow.board().render()).containsPattern("frozen \\d+ s, \\d+ s left");
            confirm(workflow, OBJECTS);
            settle(world, workflow);
            world.environment.advance(MINUTE);
            assertThat(workflow.board().render()).containsPattern("frozen \\d+ s, \\d+ s over budget");
            confirm(workflow, REVERSE);
            assertThat(world.await(workflow).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("at the end of its budget lets no further step start by itself; to retry is to go on")
    void reported() {
        try (EngineHarness world = world(FaultScript.none())) {
            List<TaskRef> tasks = world.add(2, entered(MigrationType.complete()));
            SwitchoverWorkflow workflow = begin(world, tasks, FreezeBudget.reporting(MINUTE));
            world.platform.lag(ref("t1"), Duration.ofMinutes(10));
            accepted(one(workflow, SwitchoverAction.CONFIRM, STOP_WRITES, ref("t2")));
            accepted(one(workflow, SwitchoverAction.CONFIRM, STOP_WRITES, ref("t1")));
            settle(world, workflow);
            StepStanding stopped = standing(workflow, "t1");
            assertThat(stopped.step()).isEqualTo(CAUGHT_UP);
            assertThat(stopped.state()).isEqualTo(StepStanding.State.FAILED);
            assertThat(stopped.waitsFor()).contains("FREEZE_SPENT", "longer than the budget of 60.0 s");
            assertThat(standing(workflow, "t2").step()).as("RUN-6").isEqualTo(OBJECTS);
            world.platform.lag(ref("t1"), Duration.ZERO);
            accepted(one(workflow, SwitchoverAction.RETRY, CAUGHT_UP, ref("t1")));
            settle(world, workflow);
            assertThat(stepOf(workflow.board(), ref("t1"))).isEqualTo(OBJECTS);
            BatchReport report = Operator.drive(world, workflow);
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("is not begun where the lag is longer than its budget, unless an operator accepts that by name")
    void predicted() {
        try (EngineHarness world = world(FaultScript.none())) {
            List<TaskRef> tasks = world.add(1, entered(MigrationType.complete()));
            SwitchoverWorkflow workflow = begin(world, tasks, FreezeBudget.undoing(MINUTE));
            world.platform.lag(ref("t1"), Duration.ofMinutes(5));
            world.environment.advance(Duration.ofMinutes(6)); // the target stands still until it is so far behind
            confirm(workflow, STOP_WRITES);
            settle(world, workflow);
            assertThat(standing(workflow, "t1").waitsFor())
                    .contains("FREEZE_PREDICTED", "more than the write freeze may last");
            assertThat(world.platform.switchover(ref("t1")).orElseThrow().stopPoint())
                    .isNull();
            world.environment.advance(MINUTE.multipliedBy(2));
            assertThat(standing(workflow, "t1").step())
                    .as("nothing is frozen, so nothing ends")
                    .isEqualTo(STOP_WRITES);
            world.platform.lag(ref("t1"), Duration.ZERO);
            accepted(one(workflow, SwitchoverAction.RETRY, STOP_WRITES, ref("t1")));
            settle(world, workflow);
            assertThat(world.facts(JournalRecord.Kind.WAIVER)).singleElement().satisfies(waiver -> {
                assertThat(waiver.code()).isEqualTo("FREEZE_FITS");
                assertThat(waiver.detail()).containsEntry("actor", "ann").containsEntry("reason", "seen");
            });
            assertThat(Operator.drive(world, workflow).count(TaskOutcome.Kind.SUCCEEDED))
                    .isEqualTo(1);
        }
    }

    @Test
    @DisplayName("is not begun either where others of the run took so long that lag and steps together are too long")
    void predictedByOthers() {
        Fault slow = new Fault(FaultKind.SLOW, Duration.ofSeconds(10));
        CallPattern stops = CallPattern.of(SwitchoverStep.STOP_FORWARD_SYNC).on(ref("t1"));
        try (EngineHarness world = world(FaultScript.none().once(stops, slow))) {
            List<TaskRef> tasks = world.add(2, entered(MigrationType.complete()));
            SwitchoverWorkflow workflow = begin(world, tasks, FreezeBudget.reporting(MINUTE));
            accepted(one(workflow, SwitchoverAction.CONFIRM, STOP_WRITES, ref("t1")));
            settle(world, workflow);
            assertThat(stepOf(workflow.board(), ref("t1"))).isEqualTo(OBJECTS);
            world.platform.lag(ref("t2"), Duration.ofSeconds(45)); // alone it fits into a minute
            world.environment.advance(MINUTE);
            accepted(one(workflow, SwitchoverAction.CONFIRM, STOP_WRITES, ref("t2")));
            settle(world, workflow);
            assertThat(standing(workflow, "t2").waitsFor()).contains("FREEZE_PREDICTED", "others of the run took");
        }
    }

    @Test
    @DisplayName("is undone by itself at the end of its budget, at a gate, and the others go on")
    void undone() {
        try (EngineHarness world = world(FaultScript.none())) {
            List<TaskRef> tasks = world.add(2, entered(MigrationType.complete()));
            SwitchoverWorkflow workflow = begin(world, tasks, FreezeBudget.undoing(MINUTE));
            accepted(one(workflow, SwitchoverAction.CONFIRM, STOP_WRITES, ref("t1")));
            settle(world, workflow);
            assertThat(stepOf(workflow.board(), ref("t1"))).isEqualTo(OBJECTS);
            world.environment.advance(MINUTE.multipliedBy(2));
            restored(world, "t1");
            assertThat(world.facts(JournalRecord.Kind.CONTROL)).anySatisfy(fact -> {
                assertThat(fact.code()).isEqualTo("ABORT");
                assertThat(fact.detail()).containsEntry("actor", "oms-batch");
            });
            BatchReport report = Operator.drive(world, workflow);
            assertThat(world.outcome(report, ref("t1")).kind()).isEqualTo(TaskOutcome.Kind.UNDONE);
            assertThat(world.outcome(report, ref("t2")).kind()).isEqualTo(TaskOutcome.Kind.SUCCEEDED);
            assertThat(world.platform.breaches()).isEmpty();
        }
    }

    @Test
    @DisplayName("is undone once the step in flight has settled")
    void undoneAfterSettling() {
        Fault slow = new Fault(FaultKind.SLOW, Duration.ofSeconds(10));
        try (EngineHarness world = world(FaultScript.none().once(CallPattern.of(OBJECTS), slow))) {
            List<TaskRef> tasks = world.add(1, entered(MigrationType.complete()));
            SwitchoverWorkflow workflow = begin(world, tasks, FreezeBudget.undoing(MINUTE));
            confirm(workflow, STOP_WRITES);
            settle(world, workflow);
            BoardTask.Freeze freeze = task(workflow.board(), ref("t1")).course().freeze();
            Duration left = Duration.between(world.environment.clock().instant(), freeze.until());
            world.environment.advance(left.minusSeconds(2));
            confirm(workflow, OBJECTS);
            BatchReport report = world.await(workflow);
            assertThat(report.count(TaskOutcome.Kind.UNDONE))
                    .as(report.render())
                    .isEqualTo(1);
            restored(world, "t1");
            assertThat(world.commands().stream().filter(call -> call.ordered().undoes()))
                    .extracting(call -> call.ordered().what())
                    .startsWith("PROCESS_DATABASE_OBJECTS");
        }
    }

    @Test
    @DisplayName("that ended with the point of no return ends nothing (SW-7)")
    void past() {
        Fault fails = Fault.of(FaultKind.STEP_FAILS);
        try (EngineHarness world = world(FaultScript.none().once(CallPattern.of(REVERSE), fails))) {
            List<TaskRef> tasks = world.add(1, entered(MigrationType.complete()));
            SwitchoverWorkflow workflow = begin(world, tasks, FreezeBudget.undoing(MINUTE));
            confirm(workflow, STOP_WRITES);
            settle(world, workflow);
            confirm(workflow, OBJECTS);
            settle(world, workflow);
            confirm(workflow, REVERSE);
            settle(world, workflow);
            world.environment.advance(MINUTE.multipliedBy(3));
            assertThat(standing(workflow, "t1").state()).isEqualTo(StepStanding.State.FAILED);
            assertThat(task(workflow.board(), ref("t1")).course().freeze()).isNull();
            accepted(one(workflow, SwitchoverAction.RETRY, REVERSE, ref("t1")));
            assertThat(world.await(workflow).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(1);
        }
    }

    @Test
    @DisplayName(
            "is the deadline of the barrier: a straggler is ejected at the end of the first that waits for it (SW-3)")
    void barrier() {
        try (EngineHarness world = world(FaultScript.none())) {
            List<TaskRef> tasks = world.add(2, entered(MigrationType.complete()));
            SwitchoverWorkflow workflow = begin(world, tasks, FreezeBudget.reporting(MINUTE));
            accepted(one(workflow, SwitchoverAction.CONFIRM, STOP_WRITES, ref("t1")));
            settle(world, workflow);
            accepted(one(workflow, SwitchoverAction.MARK, OBJECTS, ref("t1")));
            settle(world, workflow);
            assertThat(standing(workflow, "t1").state()).isEqualTo(StepStanding.State.WAITING);
            world.environment.advance(MINUTE.multipliedBy(2));
            assertThat(task(workflow.board(), ref("t2")).ejected()).isTrue();
            assertThat(stepOf(workflow.board(), ref("t1"))).isEqualTo(REVERSE);
            assertThat(standing(workflow, "t1").state()).isEqualTo(StepStanding.State.GATED);
            assertThat(Operator.drive(world, workflow).count(TaskOutcome.Kind.SUCCEEDED))
                    .isEqualTo(2);
        }
    }

    @Test
    @DisplayName("is undone at its end also while the run is paused, because a pause must not keep a source frozen")
    void paused() {
        try (EngineHarness world = world(FaultScript.none())) {
            List<TaskRef> tasks = world.add(2, entered(MigrationType.complete()));
            SwitchoverWorkflow workflow = begin(world, tasks, FreezeBudget.undoing(MINUTE));
            accepted(one(workflow, SwitchoverAction.CONFIRM, STOP_WRITES, ref("t1")));
            settle(world, workflow);
            accepted(workflow.control(new RunControl(RunAction.PAUSE, workflow.version(), ANN, "a backup runs")));
            world.environment.advance(MINUTE.multipliedBy(2));
            restored(world, "t1");
            assertThat(workflow.state()).isEqualTo(RunState.PAUSED);
            assertThat(stepOf(workflow.board(), ref("t2"))).isEqualTo(STOP_WRITES);
        }
    }

    @Test
    @DisplayName("cannot be undone where the platform does not undo: such a plan is refused")
    void refused() {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<TaskRef> tasks = world.add(1, entered(MigrationType.complete()));
            assertThatThrownBy(() -> world.engine()
                            .plan(BatchRequest.of("r", ANN, BatchOperation.forwardSwitchover(), tasks)
                                    .with(RunPolicy.none().withFreeze(FreezeBudget.undoing(MINUTE)))))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("RunPolicy.freeze")
                    .hasMessageContaining("UNDO");
        }
    }
}
