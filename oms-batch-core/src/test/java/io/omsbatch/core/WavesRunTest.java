package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.HealthGate;
import io.omsbatch.api.engine.HealthGate.Health;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.FailureBudget;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.operation.Waves;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.CallPattern;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultScript;
import io.omsbatch.testkit.history.CallKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RUN-7: A run in waves")
class WavesRunTest {

    private static final Duration SOAK = Duration.ofMinutes(10);

    private static BatchPlan plan(BatchEngine engine, BatchOperation operation, List<TaskRef> tasks, Waves waves) {
        return engine.plan(BatchRequest.of("r", ANN, operation, tasks)
                .with(RunPolicy.none().withWaves(waves)));
    }

    private static BatchRun start(EngineHarness world, List<TaskRef> tasks, Waves waves) {
        BatchPlan plan = plan(world.engine(), BatchOperation.stop(), tasks, waves);
        return world.engine().run(plan.confirm(ANN, "x"));
    }

    private static void act(BatchRun run, RunAction action) {
        assertThat(run.control(new RunControl(action, run.version(), ANN, "decided")))
                .isInstanceOf(ControlAnswer.Accepted.class);
    }

    private static FaultScript refusing(String... tasks) {
        FaultScript faults = FaultScript.none();
        for (String task : tasks) {
            faults = faults.once(
                    CallPattern.of(CallKind.COMMAND).on(EngineHarness.ref(task)), Fault.of(FaultKind.REFUSE));
        }
        return faults;
    }

    /** When each task got its first command, in request order; null if it got none. */
    private static List<Instant> commanded(EngineHarness world, List<TaskRef> tasks) {
        List<Instant> commanded = new ArrayList<>();
        for (TaskRef task : tasks) {
            commanded.add(world.commands().stream()
                    .filter(call -> call.tasks().contains(task))
                    .map(call -> call.begun().at())
                    .findFirst()
                    .orElse(null));
        }
        return commanded;
    }

    private static Instant ended(BatchReport report, int task) {
        return report.results().get(task).endedAt();
    }

    private static void advanceUntil(EngineHarness world, BatchRun run, RunState state) {
        for (int minute = 0; minute < 600 && run.state() != state; minute++) {
            world.environment.advance(Duration.ofMinutes(1));
        }
        assertThat(run.state()).isEqualTo(state);
    }

    @Test
    @DisplayName("begins a wave only after each task of the one before has its outcome and the soak is over")
    void soaks() {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<TaskRef> tasks = world.add(10, EngineHarness.running());
            Waves waves = Waves.parse("1, 50%").withSoak(SOAK);
            BatchPlan plan = plan(world.engine(), BatchOperation.stop(), tasks, waves);
            assertThat(plan.waves()).extracting(List::size).containsExactly(1, 4, 5);
            assertThat(plan.render()).contains("waves 1, 50%", "wave 2: 4 tasks, from oms/t2 on");
            BatchReport report = world.await(world.engine().run(plan.confirm(ANN, "x")));
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(10);
            List<Instant> commanded = commanded(world, tasks);
            for (int task = 1; task < 5; task++) {
                assertThat(commanded.get(task))
                        .isAfterOrEqualTo(ended(report, 0).plus(SOAK));
                for (int last = 5; last < 10; last++) {
                    assertThat(commanded.get(last))
                            .isAfterOrEqualTo(ended(report, task).plus(SOAK));
                }
            }
            assertThat(world.facts(JournalRecord.Kind.WAVE))
                    .extracting(fact -> fact.code() + " " + fact.detail().get("wave"))
                    .containsExactly("BEGUN 2", "BEGUN 3");
        }
    }

    @Test
    @DisplayName("is paused by a canary that failed; resumed, it goes on, and cancelled, the rest is NOT_ATTEMPTED")
    void canary() {
        for (RunAction decision : List.of(RunAction.RESUME, RunAction.CANCEL)) {
            try (EngineHarness world = EngineHarness.with(refusing("t1"))) {
                List<TaskRef> tasks = world.add(5, EngineHarness.running());
                BatchRun run = start(world, tasks, Waves.parse("1"));
                advanceUntil(world, run, RunState.PAUSED);
                assertThat(commanded(world, tasks).subList(1, 5)).containsOnlyNulls();
                assertThat(world.facts(JournalRecord.Kind.CONTROL))
                        .singleElement()
                        .satisfies(fact -> assertThat(fact.detail().get("reason"))
                                .contains("1 task failed or is unknown")
                                .contains("wave 1"));
                assertThat(world.engine()
                                .explain(run.id(), tasks.get(3))
                                .orElseThrow()
                                .render())
                        .contains("it goes with wave 2")
                        .contains("Wave 1 stopped the run")
                        .contains("It waits for wave 2");
                act(run, decision);
                BatchReport report = world.await(run);
                TaskOutcome.Kind rest =
                        decision == RunAction.RESUME ? TaskOutcome.Kind.SUCCEEDED : TaskOutcome.Kind.NOT_ATTEMPTED;
                assertThat(report.count(rest)).isEqualTo(4);
            }
        }
    }

    @Test
    @DisplayName("is paused in the middle of a wave of which too many failed, and counts each wave for itself")
    void spentInTheMiddle() {
        try (EngineHarness world = EngineHarness.with(refusing("t1", "t4", "t5"))) {
            List<TaskRef> tasks = world.add(12, EngineHarness.running());
            Waves waves = Waves.parse("3").withBudget(FailureBudget.tasks(1));
            BatchRun run = start(world, tasks, waves);
            advanceUntil(world, run, RunState.PAUSED);
            assertThat(run.results())
                    .as("one failed in the first wave, two in the second")
                    .filteredOn(result -> result.outcome().kind() == TaskOutcome.Kind.FAILED)
                    .hasSize(3);
            assertThat(run.results()).hasSizeLessThan(12);
            assertThat(world.facts(JournalRecord.Kind.WAVE))
                    .extracting(JournalRecord::code)
                    .containsExactly("BEGUN", "SPENT");
            act(run, RunAction.RESUME);
            assertThat(world.await(run).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(9);
        }
    }

    @Test
    @DisplayName("asks its health gate until it is content, and is paused if that says no, or for too long")
    void gate() {
        List<HealthGate.Question> asked = new CopyOnWriteArrayList<>();
        for (Health answer : List.of(Health.healthy(), Health.notYet("lag"), Health.unhealthy("500s"))) {
            try (EngineHarness world = EngineHarness.healthy()) {
                asked.clear();
                world.builder().healthGate(question -> {
                    asked.add(question);
                    return asked.size() < 3 ? Health.notYet("warming up") : answer;
                });
                List<TaskRef> tasks = world.add(4, EngineHarness.running());
                Waves waves = Waves.parse("1").withSoak(SOAK).withGateWithin(Duration.ofMinutes(2));
                BatchRun run = start(world, tasks, waves);
                if (answer.state() != HealthGate.State.HEALTHY) {
                    advanceUntil(world, run, RunState.PAUSED);
                    assertThat(commanded(world, tasks).subList(1, 4)).containsOnlyNulls();
                    assertThat(world.facts(JournalRecord.Kind.CONTROL))
                            .singleElement()
                            .satisfies(fact -> assertThat(fact.detail().get("reason"))
                                    .contains("wave 1")
                                    .contains(answer.why()));
                    act(run, RunAction.RESUME);
                }
                assertThat(world.await(run).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(4);
                assertThat(asked).allSatisfy(question -> {
                    assertThat(question.runId()).isEqualTo(run.id());
                    assertThat(question.wave()).isEqualTo(1);
                    assertThat(question.waves()).isEqualTo(2);
                    assertThat(question.ended()).hasSize(1);
                });
                assertThat(asked).hasSize(answer.state() == HealthGate.State.NOT_YET ? 25 : 3);
            }
        }
    }

    @Test
    @DisplayName("takes a gate that throws or does not return as one that is not content")
    void brokenGate() {
        try (EngineHarness world = EngineHarness.healthy()) {
            world.builder().healthGate(question -> {
                throw new IllegalStateException("\u001b[31mno");
            });
            List<TaskRef> tasks = world.add(3, EngineHarness.running());
            BatchRun run = start(world, tasks, Waves.parse("1").withGateWithin(Duration.ofSeconds(30)));
            advanceUntil(world, run, RunState.PAUSED);
            assertThat(world.facts(JournalRecord.Kind.CONTROL).toString())
                    .contains("the health gate gave no answer")
                    .doesNotContain("\u001b");
            act(run, RunAction.CANCEL);
            assertThat(world.await(run).count(TaskOutcome.Kind.NOT_ATTEMPTED)).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("RUN-8: is paused when its gate does not return and no slot is left to ask it again")
    void hangingGate() {
        try (EngineHarness world = new EngineHarness(
                PlatformSettings.of(1),
                FaultScript.none(),
                settings -> settings.withCalls(settings.calls().withConcurrency(1)))) {
            world.builder().healthGate(question -> {
                HostileHostTest.hang(world, true);
                return Health.healthy();
            });
            List<TaskRef> tasks = world.add(3, EngineHarness.running());
            BatchRun run = start(world, tasks, Waves.parse("1").withGateWithin(Duration.ofSeconds(30)));
            advanceUntil(world, run, RunState.PAUSED);
            assertThat(world.facts(JournalRecord.Kind.CONTROL).toString()).contains("no call slot was free");
            act(run, RunAction.CANCEL);
            assertThat(world.await(run).count(TaskOutcome.Kind.NOT_ATTEMPTED)).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("is not planned with a gate where the engine has none")
    void withoutGate() {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<TaskRef> tasks = world.add(3, EngineHarness.running());
            Waves waves = Waves.parse("1").withGateWithin(Duration.ofSeconds(30));
            assertThatThrownBy(() -> plan(world.engine(), BatchOperation.stop(), tasks, waves))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("Waves.gateWithin");
        }
    }

    @Test
    @DisplayName("DUR-1: goes on with its soak and its waves after a takeover")
    void survives() {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<TaskRef> tasks = world.add(6, EngineHarness.running());
            BatchRun run = start(world, tasks, Waves.parse("1, 3").withSoak(SOAK));
            world.environment.advance(Duration.ofMinutes(13));
            assertThat(run.results()).hasSize(4);
            world.engine().close();
            world.environment.advance(Duration.ofMinutes(1));
            try (BatchEngine next = world.builder().build()) {
                BatchRun taken = next.recover().get(0);
                world.environment.advance(Duration.ofMinutes(1));
                assertThat(taken.results()).hasSize(4);
                BatchReport report = world.await(taken);
                assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(6);
                assertThat(commanded(world, tasks).get(5))
                        .isBetween(
                                ended(report, 3).plus(SOAK),
                                ended(report, 3).plus(SOAK).plusSeconds(30));
            }
        }
    }

    @Test
    @DisplayName(
            "of a switchover has lanes of its own in each wave, so that no barrier waits for tasks that have not begun")
    void switchover() {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<TaskRef> tasks = world.add(5, EngineHarness.entered(MigrationType.complete()));
            BatchPlan plan = plan(world.engine(), BatchOperation.forwardSwitchover(), tasks, Waves.parse("2"));
            assertThat(plan.lanes()).extracting(lane -> lane.tasks().size()).containsExactly(2, 3);
            SwitchoverWorkflow run = world.engine().switchover(plan.confirm(ANN, "x"));
            BatchReport report = Operator.drive(world, run);
            List<Instant> commanded = commanded(world, tasks);
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED))
                    .as(report.render())
                    .isEqualTo(5);
            assertThat(commanded.get(2)).isAfterOrEqualTo(ended(report, 1));
        }
    }

    @Test
    @DisplayName("shows on the board which wave a task waits for")
    void board() {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<TaskRef> tasks = world.add(3, EngineHarness.entered(MigrationType.complete()));
            BatchPlan plan = plan(world.engine(), BatchOperation.forwardSwitchover(), tasks, Waves.parse("1"));
            SwitchoverWorkflow run = world.engine().switchover(plan.confirm(ANN, "x"));
            world.environment.advance(Duration.ofMinutes(1));
            assertThat(Operator.task(run.board(), tasks.get(1)).current())
                    .satisfies(standing -> assertThat(standing.waitsFor()).isEqualTo("wave 2 of 2"));
        }
    }
}
