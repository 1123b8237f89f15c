package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.ANN;
import static io.omsbatch.core.EngineHarness.entered;
import static io.omsbatch.core.Operator.one;
import static io.omsbatch.core.Operator.settle;
import static io.omsbatch.core.Operator.stepOf;
import static io.omsbatch.core.Operator.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.ControlAnswer.Refusal;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.switchover.SyncLinks;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.CallPattern;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultRule;
import io.omsbatch.testkit.fault.FaultScript;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A switchover that is aborted (SW-8)")
class AbortTest {

    private static final SwitchoverStep START = SwitchoverStep.START_FORWARD_SWITCHOVER;
    private static final SwitchoverStep STOP_WRITES = SwitchoverStep.CONFIRM_WRITES_STOPPED;
    private static final SwitchoverStep OBJECTS = SwitchoverStep.PROCESS_DATABASE_OBJECTS;
    private static final SwitchoverStep REVERSE = SwitchoverStep.START_REVERSE_INCREMENT;

    private static EngineHarness undoing(FaultScript faults) {
        PlatformSettings settings = PlatformSettings.of(1)
                .withCapabilities(GatewayCapabilities.of(GatewayCapability.UNDO, GatewayCapability.DEDUPLICATION));
        return new EngineHarness(settings, faults, UnaryOperator.identity());
    }

    static Stream<SwitchoverStep> gates() {
        return Stream.of(START, STOP_WRITES, OBJECTS, REVERSE);
    }

    private static SwitchoverWorkflow at(EngineHarness world, List<TaskRef> tasks, SwitchoverStep gate) {
        SwitchoverWorkflow workflow = world.switchover(tasks);
        SwitchoverBoard board = settle(world, workflow);
        for (int i = 0; i < 10 && stepOf(board, tasks.get(0)) != gate; i++) {
            SwitchoverStep step = stepOf(board, tasks.get(0));
            Operator.all(workflow, step == OBJECTS ? SwitchoverAction.MARK : SwitchoverAction.CONFIRM, step);
            board = settle(world, workflow);
        }
        assertThat(stepOf(board, tasks.get(0))).isEqualTo(gate);
        return workflow;
    }

    private static void accepted(ControlAnswer answer) {
        assertThat(answer).isInstanceOf(ControlAnswer.Accepted.class);
    }

    private static List<String> undone(EngineHarness world, TaskRef task) {
        return world.commands().stream()
                .filter(call -> call.ordered().undoes() && call.tasks().contains(task))
                .map(call -> call.ordered().what())
                .toList();
    }

    private static void restored(EngineHarness world, TaskRef task) {
        SwitchoverSnapshot now = world.platform.switchover(task).orElseThrow();
        assertThat(now.progress()).isEqualTo(new SwitchoverProgress(START, SwitchoverProgress.State.WAITING));
        assertThat(now.stopPoint()).isNull();
        assertThat(now.links())
                .isEqualTo(new SyncLinks(
                        SyncLinks.State.RUNNING,
                        SyncLinks.State.ABSENT,
                        null,
                        SyncLinks.TargetWrites.NONE,
                        SyncLinks.SourceGuard.OPEN));
    }

    private static BatchReport finish(EngineHarness world, SwitchoverWorkflow workflow) {
        settle(world, workflow);
        BatchReport report = Operator.drive(world, workflow);
        assertThat(world.platform.breaches()).isEmpty();
        return report;
    }

    @ParameterizedTest
    @MethodSource("gates")
    @DisplayName(
            "gives the task back as it was, in reverse order, the source last, at each gate before the point of no return")
    void atEachGate(SwitchoverStep gate) {
        try (EngineHarness world = undoing(FaultScript.none())) {
            List<TaskRef> tasks = world.add(3, entered(MigrationType.complete()));
            TaskRef first = tasks.get(0);
            SwitchoverWorkflow workflow = at(world, tasks, gate);
            accepted(one(workflow, SwitchoverAction.ABORT, gate, first));
            BatchReport report = finish(world, workflow);
            boolean begun = gate != START;
            assertThat(world.outcome(report, first).kind())
                    .isEqualTo(begun ? TaskOutcome.Kind.UNDONE : TaskOutcome.Kind.NOT_ATTEMPTED);
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED))
                    .as(report.render())
                    .isEqualTo(2);
            restored(world, first);
            List<String> all = List.of(
                    OBJECTS.name(),
                    SwitchoverStep.STOP_FORWARD_SYNC.name(),
                    SwitchoverStep.START_TARGET_STORE.name(),
                    START.name(),
                    STOP_WRITES.name());
            assertThat(undone(world, first))
                    .isEqualTo(
                            switch (gate) {
                                case CONFIRM_WRITES_STOPPED -> all.subList(2, 4);
                                case PROCESS_DATABASE_OBJECTS -> all.subList(1, 5);
                                case START_REVERSE_INCREMENT -> all;
                                default -> List.of();
                            });
        }
    }

    @Test
    @DisplayName("is taken through once more by another run, as if nothing had been")
    void again() {
        try (EngineHarness world = undoing(FaultScript.none())) {
            List<TaskRef> tasks = world.add(1, entered(MigrationType.complete()));
            SwitchoverWorkflow workflow = at(world, tasks, REVERSE);
            accepted(one(workflow, SwitchoverAction.ABORT, REVERSE, tasks.get(0)));
            assertThat(finish(world, workflow).count(TaskOutcome.Kind.UNDONE)).isEqualTo(1);
            assertThat(Operator.drive(world, world.switchover(tasks)).count(TaskOutcome.Kind.SUCCEEDED))
                    .isEqualTo(1);
            assertThat(world.platform.breaches()).isEmpty();
        }
    }

    @Test
    @DisplayName("past its point of no return goes on: to abort it is neither open nor taken (SW-7)")
    void pastTheReturn() {
        Fault fails = Fault.of(FaultKind.STEP_FAILS);
        try (EngineHarness world = undoing(FaultScript.none().once(CallPattern.of(REVERSE), fails))) {
            List<TaskRef> tasks = world.add(1, entered(MigrationType.complete()));
            SwitchoverWorkflow workflow = at(world, tasks, REVERSE);
            accepted(one(workflow, SwitchoverAction.CONFIRM, REVERSE, tasks.get(0)));
            SwitchoverBoard board = settle(world, workflow);
            assertThat(task(board, tasks.get(0)).current().state()).isEqualTo(StepStanding.State.FAILED);
            assertThat(task(board, tasks.get(0)).actions())
                    .contains(SwitchoverAction.RETRY)
                    .doesNotContain(SwitchoverAction.ABORT);
            assertThat(one(workflow, SwitchoverAction.ABORT, REVERSE, tasks.get(0)))
                    .isInstanceOfSatisfying(
                            ControlAnswer.Refused.class,
                            refused -> assertThat(refused.why()).isEqualTo(Refusal.NOT_OFFERED));
            accepted(one(workflow, SwitchoverAction.RETRY, REVERSE, tasks.get(0)));
            assertThat(finish(world, workflow).count(TaskOutcome.Kind.SUCCEEDED))
                    .isEqualTo(1);
        }
    }

    @Test
    @DisplayName("whose target was declared open to the application only goes forward, and is frozen no longer (SW-7)")
    void targetOpen() {
        try (EngineHarness world = undoing(FaultScript.none())) {
            List<TaskRef> tasks = world.add(2, entered(MigrationType.complete()));
            SwitchoverWorkflow workflow = at(world, tasks, STOP_WRITES);
            assertThat(task(workflow.board(), tasks.get(0)).actions()).doesNotContain(SwitchoverAction.OPEN_TARGET);
            Operator.all(workflow, SwitchoverAction.CONFIRM, STOP_WRITES);
            settle(world, workflow);
            accepted(one(workflow, SwitchoverAction.OPEN_TARGET, OBJECTS, tasks.get(0)));
            assertThat(task(workflow.board(), tasks.get(0)).actions())
                    .contains(SwitchoverAction.MARK)
                    .doesNotContain(SwitchoverAction.ABORT, SwitchoverAction.OPEN_TARGET);
            assertThat(task(workflow.board(), tasks.get(0)).course().freeze()).isNull();
            accepted(workflow.control(
                    new RunControl(RunAction.CANCEL_UNDOING, workflow.version(), ANN, "the window is over")));
            BatchReport report = finish(world, workflow);
            assertThat(world.outcome(report, tasks.get(0)).kind()).isEqualTo(TaskOutcome.Kind.SUCCEEDED);
            assertThat(world.outcome(report, tasks.get(1)).kind()).isEqualTo(TaskOutcome.Kind.UNDONE);
            assertThat(world.facts(JournalRecord.Kind.POINT_OF_NO_RETURN)).hasSize(1);
        }
    }

    @Test
    @DisplayName("while a step runs is taken back once that has settled, and that step with the others")
    void whileRunning() {
        try (EngineHarness world = undoing(FaultScript.none())) {
            List<TaskRef> tasks = world.add(1, entered(MigrationType.complete()));
            SwitchoverWorkflow workflow = at(world, tasks, STOP_WRITES);
            accepted(one(workflow, SwitchoverAction.CONFIRM, STOP_WRITES, tasks.get(0)));
            for (int i = 0; i < 100 && stepOf(workflow.board(), tasks.get(0)) == STOP_WRITES; i++) {
                world.environment.advance(Duration.ofMillis(200));
            }
            SwitchoverStep running = stepOf(workflow.board(), tasks.get(0));
            assertThat(task(workflow.board(), tasks.get(0)).current().state()).isEqualTo(StepStanding.State.RUNNING);
            accepted(one(workflow, SwitchoverAction.ABORT, running, tasks.get(0)));
            assertThat(finish(world, workflow).count(TaskOutcome.Kind.UNDONE)).isEqualTo(1);
            restored(world, tasks.get(0));
        }
    }

    @Test
    @DisplayName(
            "never starts forward sync again while writes to the target are seen or cannot be told, and frees no source then")
    void targetWritten() {
        for (SyncLinks.TargetWrites writes : List.of(SyncLinks.TargetWrites.SEEN, SyncLinks.TargetWrites.UNKNOWN)) {
            try (EngineHarness world = undoing(FaultScript.none())) {
                List<TaskRef> tasks = world.add(1, entered(MigrationType.complete()));
                SwitchoverWorkflow workflow = at(world, tasks, REVERSE);
                world.platform.targetWrites(tasks.get(0), writes);
                accepted(one(workflow, SwitchoverAction.ABORT, REVERSE, tasks.get(0)));
                SwitchoverBoard board = settle(world, workflow);
                StepStanding current = task(board, tasks.get(0)).current();
                assertThat(current.state()).isEqualTo(StepStanding.State.UNDO_FAILED);
                assertThat(current.waitsFor()).contains("TARGET_WRITTEN");
                assertThat(undone(world, tasks.get(0))).isEmpty();
                accepted(one(workflow, SwitchoverAction.LEAVE, current.step(), tasks.get(0)));
                BatchReport report = finish(world, workflow);
                assertThat(world.outcome(report, tasks.get(0)))
                        .isInstanceOfSatisfying(
                                TaskOutcome.UndoIncomplete.class,
                                left -> assertThat(left.residue()).hasSize(5));
                assertThat(report.render()).contains("undo incomplete", "TARGET_WRITTEN", "THE SOURCE IS STILL FROZEN");
                assertThat(world.platform.switchover(tasks.get(0)).orElseThrow().stopPoint())
                        .isNotNull();
            }
        }
    }

    @Test
    @DisplayName("whose undo could not go on is taken back by a retry after the repair")
    void retry() {
        try (EngineHarness world = undoing(FaultScript.none())) {
            List<TaskRef> tasks = world.add(1, entered(MigrationType.complete()));
            SwitchoverWorkflow workflow = at(world, tasks, OBJECTS);
            world.platform.targetWrites(tasks.get(0), SyncLinks.TargetWrites.UNKNOWN);
            accepted(one(workflow, SwitchoverAction.ABORT, OBJECTS, tasks.get(0)));
            SwitchoverBoard board = settle(world, workflow);
            assertThat(task(board, tasks.get(0)).actions())
                    .containsExactlyInAnyOrder(SwitchoverAction.RETRY, SwitchoverAction.LEAVE);
            world.platform.targetWrites(tasks.get(0), SyncLinks.TargetWrites.NONE);
            accepted(one(workflow, SwitchoverAction.RETRY, stepOf(board, tasks.get(0)), tasks.get(0)));
            assertThat(finish(world, workflow).count(TaskOutcome.Kind.UNDONE)).isEqualTo(1);
            restored(world, tasks.get(0));
        }
    }

    @Test
    @DisplayName("gives the source back although the target store cannot be removed, and says that it is left")
    void residue() {
        CallPattern store = CallPattern.of(SwitchoverStep.START_TARGET_STORE);
        FaultScript refused = FaultScript.of(new FaultRule(store, 1, 100, Fault.of(FaultKind.REFUSE)));
        try (EngineHarness world = undoing(refused)) {
            List<TaskRef> tasks = world.add(1, entered(MigrationType.complete()));
            SwitchoverWorkflow workflow = at(world, tasks, OBJECTS);
            accepted(one(workflow, SwitchoverAction.ABORT, OBJECTS, tasks.get(0)));
            BatchReport report = finish(world, workflow);
            assertThat(world.outcome(report, tasks.get(0)))
                    .isInstanceOfSatisfying(
                            TaskOutcome.UndoIncomplete.class,
                            left -> assertThat(left.residue())
                                    .singleElement()
                                    .satisfies(problem ->
                                            assertThat(problem.message()).contains("start target store")));
            SwitchoverSnapshot now = world.platform.switchover(tasks.get(0)).orElseThrow();
            assertThat(now.stopPoint()).isNull();
            assertThat(now.links().forward()).isEqualTo(SyncLinks.State.RUNNING);
            assertThat(now.links().storeStart()).isNotNull();
        }
    }

    @Test
    @DisplayName("whose source the platform fails to give back says so at once, and is given back by a retry")
    void sourceNotGivenBack() {
        CallPattern writes = CallPattern.of(STOP_WRITES);
        FaultScript failing = FaultScript.of(new FaultRule(writes, 1, 1, Fault.of(FaultKind.STEP_FAILS)));
        try (EngineHarness world = undoing(failing)) {
            List<TaskRef> tasks = world.add(1, entered(MigrationType.complete()));
            SwitchoverWorkflow workflow = at(world, tasks, OBJECTS);
            accepted(one(workflow, SwitchoverAction.ABORT, OBJECTS, tasks.get(0)));
            SwitchoverBoard board = settle(world, workflow);
            StepStanding current = task(board, tasks.get(0)).current();
            assertThat(current.state()).isEqualTo(StepStanding.State.UNDO_FAILED);
            assertThat(current.waitsFor()).contains("could not take back");
            assertThat(world.platform.switchover(tasks.get(0)).orElseThrow().stopPoint())
                    .isNotNull();
            accepted(one(workflow, SwitchoverAction.RETRY, STOP_WRITES, tasks.get(0)));
            assertThat(finish(world, workflow).count(TaskOutcome.Kind.UNDONE)).isEqualTo(1);
            restored(world, tasks.get(0));
        }
    }

    @Test
    @DisplayName("at a write stop that failed half-way gives back the source that was shut all the same")
    void halfStopped() {
        CallPattern writes = CallPattern.of(STOP_WRITES);
        try (EngineHarness world = undoing(FaultScript.none().once(writes, Fault.of(FaultKind.STEP_FAILS)))) {
            List<TaskRef> tasks = world.add(1, entered(MigrationType.complete()));
            SwitchoverWorkflow workflow = at(world, tasks, STOP_WRITES);
            accepted(one(workflow, SwitchoverAction.CONFIRM, STOP_WRITES, tasks.get(0)));
            assertThat(task(settle(world, workflow), tasks.get(0)).current().state())
                    .isEqualTo(StepStanding.State.FAILED);
            SwitchoverSnapshot failed = world.platform.switchover(tasks.get(0)).orElseThrow();
            assertThat(failed.stopPoint()).isNull();
            assertThat(failed.links().sourceGuard()).isEqualTo(SyncLinks.SourceGuard.SHUT);
            accepted(one(workflow, SwitchoverAction.ABORT, STOP_WRITES, tasks.get(0)));
            assertThat(finish(world, workflow).count(TaskOutcome.Kind.UNDONE)).isEqualTo(1);
            restored(world, tasks.get(0));
        }
    }

    @Test
    @DisplayName("as a whole run takes back what has begun and leaves the rest NOT_ATTEMPTED (RUN-9)")
    void cancelUndoing() {
        try (EngineHarness world = undoing(FaultScript.none())) {
            List<TaskRef> tasks = world.add(3, entered(MigrationType.complete()));
            SwitchoverWorkflow workflow = world.switchover(tasks);
            settle(world, workflow);
            accepted(one(workflow, SwitchoverAction.CONFIRM, START, tasks.get(0)));
            settle(world, workflow);
            accepted(one(workflow, SwitchoverAction.CONFIRM, STOP_WRITES, tasks.get(0)));
            settle(world, workflow);
            ControlAnswer choice =
                    workflow.control(new RunControl(RunAction.CANCEL, workflow.version(), ANN, "the window is over"));
            assertThat(choice).isInstanceOfSatisfying(ControlAnswer.Refused.class, refused -> {
                assertThat(refused.why()).isEqualTo(Refusal.CHOICE_NEEDED);
                assertThat(refused.text()).contains("CANCEL_LEAVING", "CANCEL_UNDOING");
            });
            accepted(workflow.control(
                    new RunControl(RunAction.CANCEL_UNDOING, workflow.version(), ANN, "the window is over")));
            BatchReport report = world.await(workflow);
            assertThat(report.count(TaskOutcome.Kind.UNDONE))
                    .as(report.render())
                    .isEqualTo(1);
            assertThat(report.count(TaskOutcome.Kind.NOT_ATTEMPTED)).isEqualTo(2);
            restored(world, tasks.get(0));
            assertThat(world.platform.breaches()).isEmpty();
        }
    }

    @Test
    @DisplayName("is not open on a platform that does not undo, for a task or for the run")
    void cannot() {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<TaskRef> tasks = world.add(1, entered(MigrationType.complete()));
            SwitchoverWorkflow workflow = at(world, tasks, OBJECTS);
            assertThat(task(workflow.board(), tasks.get(0)).actions()).doesNotContain(SwitchoverAction.ABORT);
            assertThat(one(workflow, SwitchoverAction.ABORT, OBJECTS, tasks.get(0)))
                    .isInstanceOf(ControlAnswer.Refused.class);
            assertThat(workflow.control(
                            new RunControl(RunAction.CANCEL_UNDOING, workflow.version(), ANN, "the window is over")))
                    .isInstanceOfSatisfying(
                            ControlAnswer.Refused.class,
                            refused -> assertThat(refused.text()).contains("does not declare UNDO"));
            assertThat(workflow.state()).isEqualTo(RunState.RUNNING);
        }
    }

    @Test
    @DisplayName("past a step that another run had taken says that it leaves that")
    void takenBefore() {
        try (EngineHarness world = undoing(FaultScript.none())) {
            TaskRef task = world.add("t1", EngineHarness.at(MigrationType.complete(), STOP_WRITES));
            world.platform.leaveTraces(task);
            SwitchoverWorkflow workflow = world.switchover(List.of(task));
            settle(world, workflow);
            accepted(one(workflow, SwitchoverAction.CONFIRM, STOP_WRITES, task));
            settle(world, workflow);
            accepted(one(workflow, SwitchoverAction.ABORT, OBJECTS, task));
            BatchReport report = finish(world, workflow);
            assertThat(world.outcome(report, task))
                    .isInstanceOfSatisfying(
                            TaskOutcome.UndoIncomplete.class,
                            left -> assertThat(left.residue())
                                    .hasSize(2)
                                    .allSatisfy(problem ->
                                            assertThat(problem.message()).contains("it was over before this run")));
            assertThat(undone(world, task)).containsExactly("STOP_FORWARD_SYNC", "CONFIRM_WRITES_STOPPED");
            assertThat(world.platform.switchover(task).orElseThrow().links().storeStart())
                    .isNotNull();
        }
    }

    @Test
    @DisplayName("is told step by step")
    void story() {
        try (EngineHarness world = undoing(FaultScript.none())) {
            List<TaskRef> tasks = world.add(1, entered(MigrationType.complete()));
            SwitchoverWorkflow workflow = at(world, tasks, OBJECTS);
            accepted(one(workflow, SwitchoverAction.ABORT, OBJECTS, tasks.get(0)));
            finish(world, workflow);
            assertThat(world.facts(JournalRecord.Kind.UNDO)).hasSize(1);
            assertThat(world.engine()
                            .explain(workflow.id(), tasks.get(0))
                            .orElseThrow()
                            .render())
                    .containsSubsequence(
                            "ann aborted it at \"process database objects\", to have it taken back: seen",
                            "From here on what this run did to it is taken back",
                            "Attempt 1 of the undo of \"stop forward sync\" was about to be sent",
                            "the undo of \"stop forward sync\" is over",
                            "the undo of \"confirm writing stopped at source\" is over",
                            "It ended as undone");
        }
    }
}
