package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.Waiver;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.switchover.SyncLinks;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.MigrationType.Part;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.durable.Records;
import io.omsbatch.core.settings.EngineSettings;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.FaultScript;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A switch back")
class SwitchBackTest {

    private static final SwitchoverStep START = SwitchoverStep.START_FORWARD_SWITCHOVER;
    private static final SwitchoverStep STOP = SwitchoverStep.CONFIRM_WRITES_STOPPED;

    private static EngineHarness world(UnaryOperator<EngineSettings> settings) {
        return new EngineHarness(
                PlatformSettings.of(11)
                        .withCapabilities(
                                GatewayCapabilities.of(GatewayCapability.UNDO, GatewayCapability.DEDUPLICATION)),
                FaultScript.none(),
                settings);
    }

    private static EngineHarness world() {
        return world(UnaryOperator.identity());
    }

    private static SwitchoverWorkflow begin(EngineHarness world, BatchOperation operation, List<TaskRef> tasks) {
        return world.engine().switchover(world.plan(operation, tasks).confirm(ANN, "because"));
    }

    /** Takes tasks through their forward switchover, and lets them enter the switch back. */
    private static List<TaskRef> entered(EngineHarness world, int number) {
        List<TaskRef> tasks = world.add(number, EngineHarness.entered(MigrationType.complete()));
        assertSucceeded(Operator.drive(world, world.switchover(tasks)), number);
        assertSucceeded(world.run(BatchOperation.enterSwitchBack(), tasks), number);
        return tasks;
    }

    private static void assertSucceeded(BatchReport report, int number) {
        assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).as(report.render()).isEqualTo(number);
    }

    private static SwitchoverProgress progress(EngineHarness world, TaskRef task) {
        return world.platform.tasks().get(task).switchover();
    }

    @Test
    @DisplayName("takes tasks through the mirrored steps, and afterwards they can go forward again")
    void thereAndBackAgain() {
        try (EngineHarness world = world()) {
            List<TaskRef> tasks = entered(world, 3);
            assertSucceeded(Operator.drive(world, begin(world, BatchOperation.switchBack(), tasks)), 3);
            assertThat(tasks).allSatisfy(task -> {
                assertThat(progress(world, task))
                        .isEqualTo(new SwitchoverProgress(
                                SwitchoverStep.START_REVERSE_INCREMENT, SwitchoverProgress.State.DONE, 2));
                SyncLinks links = world.platform.switchover(task).orElseThrow().links();
                assertThat(links.forward()).isEqualTo(SyncLinks.State.STOPPED);
                assertThat(links.reverse()).isEqualTo(SyncLinks.State.RUNNING);
            });

            assertSucceeded(world.run(BatchOperation.enterForwardSwitchover(), tasks), 3);
            assertSucceeded(Operator.drive(world, world.switchover(tasks)), 3);
            assertThat(tasks)
                    .allSatisfy(
                            task -> assertThat(progress(world, task).round()).isEqualTo(3));
            assertThat(world.platform.breaches()).isEmpty();
        }
    }

    static List<MigrationType> types() {
        return List.of(
                MigrationType.complete(),
                MigrationType.of(Part.REVERSE_INCREMENT),
                MigrationType.of(Part.INCREMENTAL),
                MigrationType.of());
    }

    @ParameterizedTest
    @MethodSource("types")
    @DisplayName("SW-1: orders the steps that the type has on the way back, in order, each of its round")
    void steps(MigrationType type) {
        try (EngineHarness world = world()) {
            TaskRef task = world.add(
                    "t1",
                    it -> EngineHarness.entered(type)
                            .apply(it)
                            .stage(Stage.SWITCH_BACK, StageProgress.State.RUNNING)
                            .switchover(new SwitchoverProgress(START, SwitchoverProgress.State.WAITING, 2)));
            boolean wayBack = type.has(Part.INCREMENTAL);
            boolean follows = type.has(Part.REVERSE_INCREMENT);
            List<SwitchoverStep> wanted = SwitchoverStep.inOrder().stream()
                    .filter(step -> switch (step) {
                        case START_TARGET_STORE, START_REVERSE_INCREMENT -> wayBack;
                        case CONFIRM_WRITES_STOPPED, CONFIRM_SYNC_TIMESTAMP, STOP_FORWARD_SYNC -> follows;
                        default -> true;
                    })
                    .toList();
            assertSucceeded(Operator.drive(world, begin(world, BatchOperation.switchBack(), List.of(task))), 1);
            assertThat(world.commands())
                    .extracting(call -> call.ordered().what())
                    .containsExactlyElementsOf(
                            wanted.stream().map(SwitchoverStep::name).toList());
        }
    }

    @Test
    @DisplayName("says what it does in mirrored words: on the plan, the board, the story and the report")
    void words() {
        try (EngineHarness world = world()) {
            List<TaskRef> tasks = entered(world, 1);
            BatchPlan plan = world.plan(BatchOperation.switchBack(), tasks);
            assertThat(plan.render()).contains("from start reverse switchover on");
            SwitchoverWorkflow workflow = world.engine().switchover(plan.confirm(ANN, "because"));
            Operator.settle(world, workflow);
            Operator.all(workflow, SwitchoverAction.CONFIRM, START);
            SwitchoverBoard board = Operator.settle(world, workflow);
            assertThat(board.render())
                    .contains("confirm writing stopped at target")
                    .doesNotContain("at source");
            assertThat(world.engine()
                            .explain(workflow.id(), tasks.get(0))
                            .orElseThrow()
                            .render())
                    .contains("confirm \"confirm writing stopped at target\"", "\"start source store\" is over")
                    .doesNotContain("target store");
            Operator.all(workflow, SwitchoverAction.CONFIRM, STOP);
            Operator.settle(world, workflow);
            Operator.all(workflow, SwitchoverAction.LEAVE, SwitchoverStep.PROCESS_DATABASE_OBJECTS);
            BatchReport report = world.await(workflow);
            assertThat(report.render()).contains("left at process database objects WITH ITS TARGET FROZEN");
            List<JournalRecord> outcomes = world.facts(JournalRecord.Kind.OUTCOME);
            assertThat(Records.outcome(outcomes.get(outcomes.size() - 1), List.of()))
                    .isEqualTo(report.results().get(0).outcome());
        }
    }

    @Test
    @DisplayName("SW-8: is taken back before its point of no return; the target is given back, and it can begin anew")
    void aborted() {
        try (EngineHarness world = world()) {
            List<TaskRef> tasks = entered(world, 2);
            SwitchoverWorkflow workflow = begin(world, BatchOperation.switchBack(), tasks);
            Operator.settle(world, workflow);
            Operator.all(workflow, SwitchoverAction.CONFIRM, START);
            Operator.settle(world, workflow);
            Operator.all(workflow, SwitchoverAction.CONFIRM, STOP);
            Operator.settle(world, workflow);
            Operator.all(workflow, SwitchoverAction.ABORT, SwitchoverStep.PROCESS_DATABASE_OBJECTS);
            BatchReport report = world.await(workflow);
            assertThat(report.count(TaskOutcome.Kind.UNDONE))
                    .as(report.render())
                    .isEqualTo(2);
            assertThat(progress(world, tasks.get(0)))
                    .isEqualTo(new SwitchoverProgress(START, SwitchoverProgress.State.WAITING, 2));
            assertThat(world.platform
                            .switchover(tasks.get(0))
                            .orElseThrow()
                            .links()
                            .sourceFree())
                    .isTrue();
            assertSucceeded(Operator.drive(world, begin(world, BatchOperation.switchBack(), tasks)), 2);
            assertThat(world.platform.breaches()).isEmpty();
        }
    }

    @Test
    @DisplayName("does not touch a task that somebody took into another round meanwhile")
    void otherRound() {
        try (EngineHarness world = world()) {
            List<TaskRef> tasks = entered(world, 2);
            SwitchoverWorkflow workflow = begin(world, BatchOperation.switchBack(), tasks);
            Operator.settle(world, workflow);
            Operator.all(workflow, SwitchoverAction.CONFIRM, START);
            Operator.settle(world, workflow);
            world.platform.change(
                    tasks.get(0),
                    task -> task.stage(Stage.SWITCH_BACK, StageProgress.State.RUNNING)
                            .switchover(new SwitchoverProgress(STOP, SwitchoverProgress.State.WAITING, 4)));
            Operator.all(workflow, SwitchoverAction.CONFIRM, STOP);
            SwitchoverBoard board = Operator.settle(world, workflow);
            StepStanding standing = Operator.task(board, tasks.get(0)).current();
            assertThat(standing.step()).isEqualTo(STOP);
            assertThat(standing.waitsFor()).contains("in round 4 of its switchovers; the run is about round 2");
            assertThat(progress(world, tasks.get(0)).step()).isEqualTo(STOP);
            assertThat(Operator.stepOf(board, tasks.get(1))).isEqualTo(SwitchoverStep.PROCESS_DATABASE_OBJECTS);
        }
    }

    @Test
    @DisplayName("waits for the cool-down that the host sets, until it is over or an operator accepts it by name")
    void coolDown() {
        Duration hour = Duration.ofHours(1);
        try (EngineHarness world =
                world(settings -> settings.withSwitchover(settings.switchover().withCoolDown(hour)))) {
            List<TaskRef> tasks = entered(world, 2);
            SwitchoverWorkflow workflow = begin(world, BatchOperation.switchBack(), tasks);
            Operator.settle(world, workflow);
            Operator.all(workflow, SwitchoverAction.CONFIRM, START);
            SwitchoverBoard board = Operator.settle(world, workflow);
            assertThat(board.tasks())
                    .extracting(task -> task.current().waitsFor())
                    .allMatch(waits -> waits.contains("SWITCHED_LATELY: the last switchover of the task was over at"));
            Operator.one(workflow, SwitchoverAction.RETRY, START, tasks.get(0));
            Operator.settle(world, workflow);
            assertThat(Operator.stepOf(workflow.board(), tasks.get(0))).isEqualTo(STOP);

            world.environment.advance(hour);
            Operator.one(workflow, SwitchoverAction.RETRY, START, tasks.get(1));
            BatchReport report = Operator.drive(world, workflow);
            assertSucceeded(report, 2);
            assertThat(report.waivers())
                    .extracting(Waiver::task, Waiver::rule)
                    .contains(tuple(tasks.get(0), "COOLED_DOWN"));
        }
    }

    @Test
    @DisplayName("a first round is not held back by a cool-down")
    void firstRound() {
        try (EngineHarness world =
                world(settings -> settings.withSwitchover(settings.switchover().withCoolDown(Duration.ofDays(9))))) {
            List<TaskRef> tasks = world.add(2, EngineHarness.entered(MigrationType.complete()));
            BatchReport report = Operator.drive(world, world.switchover(tasks));
            assertSucceeded(report, 2);
            assertThat(report.waivers()).isEmpty();
        }
    }
}
