package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.at;
import static io.omsbatch.core.EngineHarness.entered;
import static io.omsbatch.core.Operator.all;
import static io.omsbatch.core.Operator.drive;
import static io.omsbatch.core.Operator.one;
import static io.omsbatch.core.Operator.settle;
import static io.omsbatch.core.Operator.stepOf;
import static io.omsbatch.core.Operator.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.MigrationType.Part;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.CallPattern;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultScript;
import io.omsbatch.testkit.history.CallKind;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The safety rules of a forward switchover")
class SwitchoverSafetyTest {

    private static final MigrationType COMPLETE = MigrationType.complete();

    private static SwitchoverWorkflow untilWritesStopped(EngineHarness world, List<TaskRef> tasks) {
        SwitchoverWorkflow workflow = world.switchover(tasks);
        settle(world, workflow);
        all(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.START_FORWARD_SWITCHOVER);
        settle(world, workflow);
        return workflow;
    }

    @Test
    @DisplayName("a target that lags behind the write stop keeps forward sync running until it has caught up (SW-4)")
    void lagging() {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<TaskRef> tasks = world.add(2, entered(COMPLETE));
            SwitchoverWorkflow workflow = untilWritesStopped(world, tasks);
            world.platform.lag(tasks.get(0), Duration.ofHours(1));
            all(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.CONFIRM_WRITES_STOPPED);
            SwitchoverBoard board = settle(world, workflow);
            assertThat(stepOf(board, tasks.get(0))).isEqualTo(SwitchoverStep.CONFIRM_SYNC_TIMESTAMP);
            assertThat(task(board, tasks.get(0)).current().waitsFor()).contains("NOT_CAUGHT_UP", "0 of 3 samples");
            assertThat(world.commands())
                    .filteredOn(call -> call.tasks().contains(tasks.get(0)))
                    .noneMatch(call -> call.order().what().equals("STOP_FORWARD_SYNC"));
            assertThat(stepOf(board, tasks.get(1))).isEqualTo(SwitchoverStep.PROCESS_DATABASE_OBJECTS);
            world.platform.lag(tasks.get(0), Duration.ZERO);
            one(workflow, SwitchoverAction.RETRY, SwitchoverStep.CONFIRM_SYNC_TIMESTAMP, tasks.get(0));
            assertThat(drive(world, workflow).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(2);
            assertThat(world.platform.breaches()).isEmpty();
        }
    }

    @Test
    @DisplayName("a waiver lets a lagging target pass, by name (SW-4)")
    void waived() {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<TaskRef> tasks = world.add(1, entered(COMPLETE));
            SwitchoverWorkflow workflow = untilWritesStopped(world, tasks);
            world.platform.lag(tasks.get(0), Duration.ofHours(1));
            all(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.CONFIRM_WRITES_STOPPED);
            settle(world, workflow);
            one(workflow, SwitchoverAction.SKIP, SwitchoverStep.CONFIRM_SYNC_TIMESTAMP, tasks.get(0));
            assertThat(drive(world, workflow).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(1);
            assertThat(world.facts(JournalRecord.Kind.WAIVER))
                    .extracting(JournalRecord::code)
                    .containsExactly("CAUGHT_UP");
        }
    }

    @Test
    @DisplayName("writes are not stopped while the target store has no start position (SW-6)")
    void noStore() {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<TaskRef> tasks = world.add(1, at(COMPLETE, SwitchoverStep.CONFIRM_WRITES_STOPPED));
            SwitchoverWorkflow workflow = world.switchover(tasks);
            settle(world, workflow);
            all(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.CONFIRM_WRITES_STOPPED);
            SwitchoverBoard board = settle(world, workflow);
            assertThat(task(board, tasks.get(0)).current().waitsFor()).contains("NO_REVERSE_PATH");
            assertThat(board.render()).as("no write stop was sent").doesNotContain("frozen");
            assertThat(world.commands()).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "the point of no return is one record: before step 8's call, or, without one, when step 7 is over (SW-7)")
    void pointOfNoReturn() {
        try (EngineHarness world = EngineHarness.with(FaultScript.none()
                .times(CallPattern.of(SwitchoverStep.START_REVERSE_INCREMENT), 2, Fault.of(FaultKind.TRANSIENT)))) {
            List<TaskRef> tasks = List.of(
                    world.add("a", entered(COMPLETE)),
                    world.add("b", entered(MigrationType.of(Part.FULL, Part.INCREMENTAL))));
            drive(world, world.switchover(tasks));
            List<JournalRecord> facts = world.facts(JournalRecord.Kind.POINT_OF_NO_RETURN);
            assertThat(facts).hasSize(2);
            assertThat(facts)
                    .filteredOn(fact -> fact.subject().task().equals(tasks.get(0)))
                    .singleElement()
                    .satisfies(fact -> assertThat(fact.code()).isEqualTo("START_REVERSE_INCREMENT"));
            assertThat(facts)
                    .filteredOn(fact -> fact.subject().task().equals(tasks.get(1)))
                    .singleElement()
                    .satisfies(fact -> assertThat(fact.code()).isEqualTo("PROCESS_DATABASE_OBJECTS"));
            long recorded = world.journal.entries().stream()
                    .filter(entry -> entry.entry().record().kind() == JournalRecord.Kind.POINT_OF_NO_RETURN
                            && entry.entry().record().subject().task().equals(tasks.get(0)))
                    .findFirst()
                    .orElseThrow()
                    .moment()
                    .order();
            assertThat(world.commands())
                    .filteredOn(call -> call.order().what().equals("START_REVERSE_INCREMENT"))
                    .hasSize(3)
                    .allMatch(call -> call.timing().begun().order() > recorded);
        }
    }

    @Test
    @DisplayName("links that cannot be observed are not taken for stopped (SW-5)")
    void unknownLinks() {
        try (EngineHarness world = EngineHarness.with(
                FaultScript.none().always(CallPattern.of(CallKind.OBSERVE), Fault.of(FaultKind.LINKS_UNKNOWN)))) {
            List<TaskRef> tasks = world.add(1, at(COMPLETE, SwitchoverStep.START_REVERSE_INCREMENT));
            SwitchoverWorkflow workflow = world.switchover(tasks);
            SwitchoverBoard board = settle(world, workflow);
            assertThat(task(board, tasks.get(0)).current().state()).isEqualTo(StepStanding.State.GATED);
            all(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.START_REVERSE_INCREMENT);
            settle(world, workflow);
            assertThat(world.commands()).noneMatch(call -> call.order().what().equals("START_REVERSE_INCREMENT"));
        }
    }

    @Test
    @DisplayName("a platform that advances by itself is observed, and only its operator steps are commanded (SW-2)")
    void selfAdvancing() {
        PlatformSettings settings =
                PlatformSettings.of(1).withCapabilities(GatewayCapabilities.of(GatewayCapability.SELF_ADVANCING));
        try (EngineHarness world = new EngineHarness(settings, FaultScript.none(), UnaryOperator.identity())) {
            List<TaskRef> tasks = world.add(3, entered(COMPLETE));
            assertThat(drive(world, world.switchover(tasks)).count(TaskOutcome.Kind.SUCCEEDED))
                    .isEqualTo(3);
            assertThat(world.commands())
                    .extracting(call -> SwitchoverStep.valueOf(call.order().what()))
                    .containsOnly(
                            SwitchoverStep.START_FORWARD_SWITCHOVER,
                            SwitchoverStep.CONFIRM_WRITES_STOPPED,
                            SwitchoverStep.PROCESS_DATABASE_OBJECTS,
                            SwitchoverStep.START_REVERSE_INCREMENT);
        }
    }

    @Test
    @DisplayName("a platform that stops forward sync by itself, without a sample of the write stop, is reported (SW-4)")
    void selfAdvancingWithoutProof() {
        PlatformSettings settings = PlatformSettings.of(1)
                .withCapabilities(GatewayCapabilities.of(GatewayCapability.SELF_ADVANCING))
                .withSync(Duration.ofDays(1), Duration.ofSeconds(2));
        try (EngineHarness world = new EngineHarness(settings, FaultScript.none(), UnaryOperator.identity())) {
            List<TaskRef> tasks = world.add(2, entered(COMPLETE));
            assertThat(drive(world, world.switchover(tasks)).count(TaskOutcome.Kind.SUCCEEDED))
                    .isEqualTo(2);
            assertThat(world.facts(JournalRecord.Kind.RESULT))
                    .extracting(fact -> fact.code() + " " + fact.subject().step())
                    .containsExactly("NOT_CAUGHT_UP STOP_FORWARD_SYNC", "NOT_CAUGHT_UP STOP_FORWARD_SYNC");
        }
    }

    @Test
    @DisplayName("a task that enters where forward sync is to be stopped needs the samples all the same (SW-4, SW-10)")
    void entersAtTheStop() {
        try (EngineHarness world = EngineHarness.with(
                FaultScript.none().always(CallPattern.of(CallKind.OBSERVE), Fault.of(FaultKind.SAMPLE_FROZEN)))) {
            List<TaskRef> tasks = world.add(1, at(COMPLETE, SwitchoverStep.STOP_FORWARD_SYNC));
            world.platform.leaveTraces(tasks.get(0));
            SwitchoverBoard board = settle(world, world.switchover(tasks));
            assertThat(task(board, tasks.get(0)).current().waitsFor()).contains("NOT_CAUGHT_UP");
            assertThat(world.commands()).isEmpty();
        }
    }

    @Test
    @DisplayName("while the platform shows a state that nobody here knows, nothing is commanded (SW-1)")
    void unrecognized() {
        try (EngineHarness world = EngineHarness.with(
                FaultScript.none().always(CallPattern.of(CallKind.OBSERVE), Fault.of(FaultKind.UNKNOWN_STATUS)))) {
            List<TaskRef> tasks = world.add(1, at(COMPLETE, SwitchoverStep.START_REVERSE_INCREMENT));
            SwitchoverWorkflow workflow = world.switchover(tasks);
            settle(world, workflow);
            all(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.START_REVERSE_INCREMENT);
            SwitchoverBoard board = settle(world, workflow);
            assertThat(task(board, tasks.get(0)).current().waitsFor()).contains("NOT_SETTLED", "UNRECOGNIZED");
            assertThat(world.commands()).isEmpty();
        }
    }

    @Test
    @DisplayName("a state that nobody knows does not send a task back to its write stop (SW-1, SW-4)")
    void unrecognizedOnce() {
        try (EngineHarness world = EngineHarness.with(
                FaultScript.none().once(CallPattern.of(CallKind.OBSERVE), Fault.of(FaultKind.UNKNOWN_STATUS)))) {
            List<TaskRef> tasks = world.add(1, at(COMPLETE, SwitchoverStep.CONFIRM_SYNC_TIMESTAMP));
            world.platform.leaveTraces(tasks.get(0));
            SwitchoverBoard board = settle(world, world.switchover(tasks));
            assertThat(stepOf(board, tasks.get(0))).isEqualTo(SwitchoverStep.PROCESS_DATABASE_OBJECTS);
        }
    }
}
