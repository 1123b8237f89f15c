package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.ANN;
import static io.omsbatch.core.EngineHarness.at;
import static io.omsbatch.core.EngineHarness.entered;
import static io.omsbatch.core.Operator.all;
import static io.omsbatch.core.Operator.drive;
import static io.omsbatch.core.Operator.one;
import static io.omsbatch.core.Operator.settle;
import static io.omsbatch.core.Operator.stepOf;
import static io.omsbatch.core.Operator.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.ControlAnswer.Refusal;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.switchover.PrecheckItem;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.MigrationType.Part;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.fault.CallPattern;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A forward switchover")
class SwitchoverRunTest {

    private static final MigrationType COMPLETE = MigrationType.complete();

    static List<MigrationType> types() {
        return MigrationType.all();
    }

    @ParameterizedTest
    @MethodSource("types")
    @DisplayName("takes every migration type through exactly its steps (SW-1)")
    void everyType(MigrationType type) {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<TaskRef> tasks = world.add(3, entered(type));
            BatchReport report = drive(world, world.switchover(tasks));
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED))
                    .as(report.render())
                    .isEqualTo(3);
            assertThat(world.platform.breaches()).isEmpty();
            for (TaskRef task : tasks) {
                assertThat(world.commands().stream()
                                .filter(call -> call.tasks().contains(task))
                                .map(call -> SwitchoverStep.valueOf(call.order().what())))
                        .containsExactlyElementsOf(type.switchoverSteps());
            }
            assertThat(world.facts(JournalRecord.Kind.POINT_OF_NO_RETURN)).hasSize(3);
        }
    }

    @Test
    @DisplayName("stops at each operator step until it is confirmed, and confirms only that one (SW-2, RUN-12)")
    void gates() {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<TaskRef> tasks = world.add(5, entered(COMPLETE));
            SwitchoverWorkflow workflow = world.switchover(tasks);
            SwitchoverBoard first = settle(world, workflow);
            assertThat(world.commands()).isEmpty();
            Control start = Control.all(
                    SwitchoverAction.CONFIRM,
                    SwitchoverStep.START_FORWARD_SWITCHOVER,
                    1,
                    first.version(),
                    ANN,
                    "the window is open");
            assertThat(workflow.act(start)).isInstanceOf(ControlAnswer.Accepted.class);
            assertThat(workflow.act(start)).isInstanceOf(ControlAnswer.Refused.class);
            SwitchoverBoard second = settle(world, workflow);
            assertThat(tasks).allMatch(task -> stepOf(second, task) == SwitchoverStep.CONFIRM_WRITES_STOPPED);
            assertThat(workflow.act(start))
                    .isInstanceOfSatisfying(
                            ControlAnswer.Refused.class,
                            refused -> assertThat(refused.why()).isEqualTo(Refusal.NOT_OFFERED));
            Control old = Control.one(
                    SwitchoverAction.CONFIRM,
                    SwitchoverStep.CONFIRM_WRITES_STOPPED,
                    tasks.get(0),
                    first.version(),
                    ANN,
                    "replayed");
            assertThat(workflow.act(old))
                    .isInstanceOfSatisfying(
                            ControlAnswer.Refused.class,
                            refused -> assertThat(refused.why()).isEqualTo(Refusal.BOARD_CHANGED));
            assertThat(one(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.CONFIRM_WRITES_STOPPED, tasks.get(0)))
                    .isInstanceOf(ControlAnswer.Accepted.class);
            SwitchoverBoard third = settle(world, workflow);
            assertThat(stepOf(third, tasks.get(0))).isEqualTo(SwitchoverStep.PROCESS_DATABASE_OBJECTS);
            assertThat(stepOf(third, tasks.get(1))).isEqualTo(SwitchoverStep.CONFIRM_WRITES_STOPPED);
        }
    }

    @Test
    @DisplayName("refuses a control that names a board which never was (RUN-12)")
    void boardThatNeverWas() {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<TaskRef> tasks = world.add(2, entered(COMPLETE));
            SwitchoverWorkflow workflow = world.switchover(tasks);
            long newest = settle(world, workflow).version();
            for (long version : new long[] {newest + 1, Long.MAX_VALUE}) {
                Control ahead = Control.all(
                        SwitchoverAction.CONFIRM, SwitchoverStep.START_FORWARD_SWITCHOVER, 1, version, ANN, "guessed");
                assertThat(workflow.act(ahead))
                        .isInstanceOfSatisfying(
                                ControlAnswer.Refused.class,
                                refused -> assertThat(refused.why()).isEqualTo(Refusal.BOARD_CHANGED));
            }
            assertThat(world.facts(JournalRecord.Kind.CONTROL)).isEmpty();
            assertThat(all(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.START_FORWARD_SWITCHOVER))
                    .isInstanceOf(ControlAnswer.Accepted.class);
        }
    }

    @Test
    @DisplayName("shows what blocks the precheck; retry after repair brings the task on, the others went ahead (RUN-6)")
    void precheckFails() {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<TaskRef> tasks = world.add(3, entered(COMPLETE));
            world.platform.precheckFinds(
                    tasks.get(1),
                    List.of(new PrecheckItem(
                            "replica-identity", PrecheckItem.Severity.BLOCKING, "table t has no key", "add a key")));
            SwitchoverWorkflow workflow = world.switchover(tasks);
            settle(world, workflow);
            all(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.START_FORWARD_SWITCHOVER);
            SwitchoverBoard board = settle(world, workflow);
            assertThat(stepOf(board, tasks.get(0))).isEqualTo(SwitchoverStep.CONFIRM_WRITES_STOPPED);
            assertThat(stepOf(board, tasks.get(1))).isEqualTo(SwitchoverStep.SWITCHOVER_PRECHECK);
            assertThat(task(board, tasks.get(1)).current().waitsFor()).contains("table t has no key", "add a key");
            assertThat(task(board, tasks.get(1)).snapshot().blocking()).hasSize(1);
            world.platform.precheckFinds(tasks.get(1), List.of());
            assertThat(one(workflow, SwitchoverAction.RETRY, SwitchoverStep.SWITCHOVER_PRECHECK, tasks.get(1)))
                    .isInstanceOf(ControlAnswer.Accepted.class);
            assertThat(drive(world, workflow).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(3);
        }
    }

    @Test
    @DisplayName("asks twice before it skips the precheck, and records the waived rule, actor and reason (SW-2)")
    void precheckSkip() {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<TaskRef> tasks = world.add(1, entered(COMPLETE));
            world.platform.precheckFinds(
                    tasks.get(0), List.of(new PrecheckItem("x", PrecheckItem.Severity.BLOCKING, "blocked", "")));
            SwitchoverWorkflow workflow = world.switchover(tasks);
            settle(world, workflow);
            all(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.START_FORWARD_SWITCHOVER);
            SwitchoverBoard board = settle(world, workflow);
            Control skip = Control.one(
                    SwitchoverAction.SKIP,
                    SwitchoverStep.SWITCHOVER_PRECHECK,
                    tasks.get(0),
                    board.version(),
                    ANN,
                    "known and harmless");
            ControlAnswer.ConsentNeeded asked = (ControlAnswer.ConsentNeeded) workflow.act(skip);
            assertThat(workflow.act(skip.consenting("made-up")))
                    .isInstanceOfSatisfying(
                            ControlAnswer.Refused.class,
                            refused -> assertThat(refused.why()).isEqualTo(Refusal.WRONG_CONSENT));
            assertThat(workflow.act(skip.consenting(asked.token()))).isInstanceOf(ControlAnswer.Accepted.class);
            assertThat(world.facts(JournalRecord.Kind.WAIVER)).singleElement().satisfies(waiver -> {
                assertThat(waiver.code()).isEqualTo("PRECHECK_PASSED");
                assertThat(waiver.detail()).containsEntry("actor", "ann").containsEntry("reason", "known and harmless");
            });
            assertThat(drive(world, workflow).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("holds every task at the objects until all are marked; an ejected straggler holds nobody (SW-3)")
    void barrier() {
        try (EngineHarness world = EngineHarness.with(FaultScript.none()
                .once(
                        CallPattern.of(SwitchoverStep.PROCESS_DATABASE_OBJECTS).on(EngineHarness.ref("t2")),
                        Fault.of(FaultKind.STEP_FAILS)))) {
            List<TaskRef> tasks = world.add(3, entered(COMPLETE));
            SwitchoverWorkflow workflow = world.switchover(tasks);
            settle(world, workflow);
            all(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.START_FORWARD_SWITCHOVER);
            settle(world, workflow);
            all(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.CONFIRM_WRITES_STOPPED);
            settle(world, workflow);
            one(workflow, SwitchoverAction.MARK, SwitchoverStep.PROCESS_DATABASE_OBJECTS, tasks.get(0));
            SwitchoverBoard held = settle(world, workflow);
            assertThat(stepOf(held, tasks.get(0))).isEqualTo(SwitchoverStep.PROCESS_DATABASE_OBJECTS);
            assertThat(task(held, tasks.get(0)).current().state()).isEqualTo(StepStanding.State.WAITING);
            one(workflow, SwitchoverAction.MARK, SwitchoverStep.PROCESS_DATABASE_OBJECTS, tasks.get(1));
            one(workflow, SwitchoverAction.MARK, SwitchoverStep.PROCESS_DATABASE_OBJECTS, tasks.get(2));
            SwitchoverBoard failed = settle(world, workflow);
            assertThat(task(failed, tasks.get(1)).current().state()).isEqualTo(StepStanding.State.FAILED);
            assertThat(stepOf(failed, tasks.get(2))).isEqualTo(SwitchoverStep.PROCESS_DATABASE_OBJECTS);
            one(workflow, SwitchoverAction.EJECT, SwitchoverStep.PROCESS_DATABASE_OBJECTS, tasks.get(1));
            SwitchoverBoard open = settle(world, workflow);
            assertThat(stepOf(open, tasks.get(0))).isEqualTo(SwitchoverStep.START_REVERSE_INCREMENT);
            assertThat(stepOf(open, tasks.get(2))).isEqualTo(SwitchoverStep.START_REVERSE_INCREMENT);
            one(workflow, SwitchoverAction.RETRY, SwitchoverStep.PROCESS_DATABASE_OBJECTS, tasks.get(1));
            assertThat(drive(world, workflow).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(3);
        }
    }

    @Test
    @DisplayName("does not let a lag pass that is negative, unknown or frozen; the step fails at its deadline (SW-10)")
    void untrustedLag() {
        for (FaultKind kind : List.of(FaultKind.LAG_SKEWED, FaultKind.LAG_UNKNOWN, FaultKind.SAMPLE_FROZEN)) {
            try (EngineHarness world = EngineHarness.healthy()) {
                List<TaskRef> tasks = world.add(1, entered(COMPLETE));
                assertThat(world.switchover(tasks).board().tasks()).hasSize(1);
            }
            FaultScript untrusted = FaultScript.none()
                    .always(CallPattern.of(io.omsbatch.testkit.history.CallKind.OBSERVE), Fault.of(kind));
            try (EngineHarness world = EngineHarness.with(untrusted)) {
                List<TaskRef> tasks = world.add(1, entered(COMPLETE));
                SwitchoverWorkflow workflow = world.switchover(tasks);
                settle(world, workflow);
                all(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.START_FORWARD_SWITCHOVER);
                SwitchoverBoard board = settle(world, workflow);
                if (kind == FaultKind.SAMPLE_FROZEN) {
                    all(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.CONFIRM_WRITES_STOPPED);
                    board = settle(world, workflow);
                    assertThat(stepOf(board, tasks.get(0))).isEqualTo(SwitchoverStep.CONFIRM_SYNC_TIMESTAMP);
                } else {
                    assertThat(stepOf(board, tasks.get(0))).isEqualTo(SwitchoverStep.SWITCHOVER_PRECHECK);
                }
                assertThat(task(board, tasks.get(0)).current().state()).isEqualTo(StepStanding.State.FAILED);
            }
        }
    }

    @Test
    @DisplayName("leaves a task where it stands, says whether its source is frozen, and the others go on")
    void leave() {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<TaskRef> tasks = world.add(2, entered(COMPLETE));
            SwitchoverWorkflow workflow = world.switchover(tasks);
            settle(world, workflow);
            all(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.START_FORWARD_SWITCHOVER);
            settle(world, workflow);
            all(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.CONFIRM_WRITES_STOPPED);
            settle(world, workflow);
            one(workflow, SwitchoverAction.LEAVE, SwitchoverStep.PROCESS_DATABASE_OBJECTS, tasks.get(0));
            BatchReport report = drive(world, workflow);
            assertThat(world.outcome(report, tasks.get(0)))
                    .isEqualTo(new TaskOutcome.LeftAt(
                            SwitchoverStep.PROCESS_DATABASE_OBJECTS, SwitchoverDirection.FORWARD, true, "seen"));
            assertThat(world.outcome(report, tasks.get(1)).successful()).isTrue();
        }
    }

    @Test
    @DisplayName("skipping the target store removes the reverse start (SW-5)")
    void skippedStore() {
        try (EngineHarness world = EngineHarness.with(FaultScript.none()
                .once(CallPattern.of(SwitchoverStep.START_TARGET_STORE), Fault.of(FaultKind.REFUSE)))) {
            List<TaskRef> tasks = world.add(1, entered(COMPLETE));
            SwitchoverWorkflow workflow = world.switchover(tasks);
            settle(world, workflow);
            all(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.START_FORWARD_SWITCHOVER);
            SwitchoverBoard board = settle(world, workflow);
            assertThat(stepOf(board, tasks.get(0))).isEqualTo(SwitchoverStep.START_TARGET_STORE);
            one(workflow, SwitchoverAction.SKIP, SwitchoverStep.START_TARGET_STORE, tasks.get(0));
            assertThat(drive(world, workflow).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(1);
            assertThat(world.commands()).noneMatch(call -> call.order().what().equals("START_REVERSE_INCREMENT"));
            assertThat(world.facts(JournalRecord.Kind.WAIVER))
                    .extracting(JournalRecord::code)
                    .containsExactly("REVERSE_PATH");
        }
    }

    @Test
    @DisplayName("never starts the reverse sync while the forward sync runs, even if step 6 was skipped (SW-5)")
    void skippedStop() {
        try (EngineHarness world = EngineHarness.with(FaultScript.none()
                .once(CallPattern.of(SwitchoverStep.STOP_FORWARD_SYNC), Fault.of(FaultKind.REFUSE)))) {
            List<TaskRef> tasks = world.add(1, entered(COMPLETE));
            SwitchoverWorkflow workflow = world.switchover(tasks);
            settle(world, workflow);
            all(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.START_FORWARD_SWITCHOVER);
            settle(world, workflow);
            all(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.CONFIRM_WRITES_STOPPED);
            assertThat(stepOf(settle(world, workflow), tasks.get(0))).isEqualTo(SwitchoverStep.STOP_FORWARD_SYNC);
            one(workflow, SwitchoverAction.SKIP, SwitchoverStep.STOP_FORWARD_SYNC, tasks.get(0));
            settle(world, workflow);
            all(workflow, SwitchoverAction.MARK, SwitchoverStep.PROCESS_DATABASE_OBJECTS);
            settle(world, workflow);
            all(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.START_REVERSE_INCREMENT);
            SwitchoverBoard blocked = settle(world, workflow);
            assertThat(task(blocked, tasks.get(0)).current().waitsFor()).contains("FORWARD_NOT_STOPPED");
            world.platform.stopForwardSync(tasks.get(0));
            one(workflow, SwitchoverAction.RETRY, SwitchoverStep.START_REVERSE_INCREMENT, tasks.get(0));
            assertThat(drive(world, workflow).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(1);
            assertThat(world.platform.breaches()).isEmpty();
        }
    }

    @Test
    @DisplayName("splits a mixed selection into lanes, and asks again for a write stop nobody knows (SW-1)")
    void lanes() {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<TaskRef> tasks = new ArrayList<>();
            tasks.add(world.add("a", entered(COMPLETE)));
            tasks.add(world.add("b", entered(MigrationType.of(Part.FULL))));
            tasks.add(world.add("c", at(COMPLETE, SwitchoverStep.SWITCHOVER_PRECHECK)));
            tasks.add(world.add("d", at(COMPLETE, SwitchoverStep.STOP_FORWARD_SYNC)));
            SwitchoverWorkflow workflow = world.switchover(tasks);
            assertThat(workflow.board().lanes()).hasSize(3);
            SwitchoverBoard board = settle(world, workflow);
            assertThat(stepOf(board, tasks.get(3))).isEqualTo(SwitchoverStep.CONFIRM_WRITES_STOPPED);
            assertThat(workflow.results())
                    .singleElement()
                    .satisfies(result -> assertThat(result.outcome().text()).contains("not entered at the precheck"));
        }
    }

    @Test
    @DisplayName("of 512 tasks in lockstep succeeds, one intent per step and task (RUN-2)")
    void large() {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<TaskRef> tasks = world.add(512, entered(COMPLETE));
            BatchReport report = drive(world, world.switchover(tasks));
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(512);
            assertThat(world.facts(JournalRecord.Kind.INTENT)).hasSize(512 * 8);
            assertThat(world.platform.breaches()).isEmpty();
        }
    }

    @Test
    @DisplayName("is planned with a warning, because the journal lives in memory")
    void warning() {
        try (EngineHarness world = EngineHarness.healthy()) {
            assertThat(world.plan(BatchOperation.forwardSwitchover(), Set.copyOf(world.add(1, entered(COMPLETE))))
                            .warnings())
                    .singleElement()
                    .satisfies(warning -> assertThat(warning).contains("memory"));
        }
    }
}
