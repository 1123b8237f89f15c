package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.ControlAnswer.Refusal;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.CallPattern;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultScript;
import io.omsbatch.testkit.history.CallKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RUN-9: An operator")
class PauseAndCancelTest {

    private static final Actor BOB = new Actor("bob");

    private static ControlAnswer act(BatchRun run, RunAction action) {
        return run.control(new RunControl(action, run.version(), BOB, "the night is over"));
    }

    private static void accepted(ControlAnswer answer) {
        assertThat(answer).isInstanceOf(ControlAnswer.Accepted.class);
    }

    private static void refused(ControlAnswer answer, Refusal why) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        ControlAnswer.Refused.class,
                        refused -> assertThat(refused.why()).as(refused.text()).isEqualTo(why));
    }

    /** Stops take 10 s each, two calls at a time; an engine that closes waits for none of them. */
    private static EngineHarness slow(FaultScript faults) {
        return new EngineHarness(
                PlatformSettings.of(1).withLatency(Duration.ofSeconds(1)).withSettle(Duration.ofSeconds(9)),
                faults,
                settings ->
                        settings.withCalls(settings.calls().withConcurrency(2)).withCloseTimeout(Duration.ZERO));
    }

    @Test
    @DisplayName("pauses a run: nothing new starts, what is in flight settles, and it goes on when resumed")
    void pauses() {
        try (EngineHarness world = slow(FaultScript.none())) {
            List<TaskRef> tasks = world.add(20, EngineHarness.running());
            BatchRun run = world.start(BatchOperation.stop(), tasks);
            List<BatchEvent> told = new ArrayList<>();
            run.listen(told::add);
            world.environment.advance(Duration.ofSeconds(5));
            accepted(act(run, RunAction.PAUSE));
            assertThat(run.state()).isEqualTo(RunState.PAUSED);
            int commanded = world.commands().size();
            assertThat(commanded).isBetween(1, 19);
            world.environment.advance(Duration.ofHours(3));
            assertThat(world.commands()).hasSize(commanded);
            assertThat(run.progress().inFlight()).isZero();
            assertThat(run.progress().ended()).isEqualTo(commanded);
            refused(act(run, RunAction.PAUSE), Refusal.WRONG_STATE);
            accepted(act(run, RunAction.RESUME));
            assertThat(world.await(run).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(20);
            assertThat(world.commands()).hasSize(20);
            world.environment.runUntilIdle();
            assertThat(told)
                    .filteredOn(BatchEvent.RunControlled.class::isInstance)
                    .extracting(event -> ((BatchEvent.RunControlled) event).action())
                    .containsExactly(RunAction.PAUSE, RunAction.RESUME);
            assertThat(world.facts(JournalRecord.Kind.CONTROL))
                    .extracting(JournalRecord::detail)
                    .containsOnly(Map.of("actor", "bob", "reason", "the night is over"));
        }
    }

    @Test
    @DisplayName("RUN-12: is refused when the run changed since it was seen, so that a double click does nothing twice")
    void seesTheNewest() {
        try (EngineHarness world = slow(FaultScript.none())) {
            BatchRun run = world.start(BatchOperation.stop(), world.add(3, EngineHarness.running()));
            RunControl pause = new RunControl(RunAction.PAUSE, run.version(), BOB, "first");
            accepted(run.control(pause));
            RunControl resume = new RunControl(RunAction.RESUME, run.version(), BOB, "second");
            accepted(run.control(resume));
            refused(run.control(pause), Refusal.RUN_CHANGED);
            refused(run.control(resume), Refusal.RUN_CHANGED);
            refused(act(run, RunAction.RESUME), Refusal.WRONG_STATE);
            refused(act(run, RunAction.RELEASE_CLAIMS), Refusal.WRONG_STATE);
            refused(act(run, RunAction.CLOSE_AS_UNKNOWN), Refusal.WRONG_STATE);
            world.await(run);
            refused(act(run, RunAction.PAUSE), Refusal.NOT_RUNNING);
        }
    }

    @Test
    @DisplayName("cancels a run: what is in flight settles, the rest is NOT_ATTEMPTED, and its claims are free")
    void cancels() {
        try (EngineHarness world = slow(FaultScript.none())) {
            List<TaskRef> tasks = world.add(20, EngineHarness.running());
            BatchRun run = world.start(BatchOperation.stop(), tasks);
            world.environment.advance(Duration.ofSeconds(5));
            accepted(act(run, RunAction.CANCEL));
            int commanded = world.commands().size();
            BatchReport report = world.await(run);
            assertThat(world.commands()).hasSize(commanded);
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(commanded);
            assertThat(report.count(TaskOutcome.Kind.NOT_ATTEMPTED)).isEqualTo(20 - commanded);
            assertThat(report.render()).contains("RUN_CANCELED").contains("bob: the night is over");
            BatchReport again = world.run(BatchOperation.stop(), tasks);
            assertThat(again.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(20 - commanded);
        }
    }

    @Test
    @DisplayName("cancels a paused run, which then ends")
    void cancelsPaused() {
        try (EngineHarness world = slow(FaultScript.none())) {
            BatchRun run = world.start(BatchOperation.stop(), world.add(20, EngineHarness.running()));
            world.environment.advance(Duration.ofSeconds(5));
            accepted(act(run, RunAction.PAUSE));
            world.environment.advance(Duration.ofMinutes(5));
            accepted(act(run, RunAction.CANCEL));
            assertThat(world.await(run).count(TaskOutcome.Kind.NOT_ATTEMPTED)).isPositive();
        }
    }

    @Test
    @DisplayName("RUN-3: cancels without guessing: a command whose reply was lost is looked for, and not sent again")
    void cancelsInDoubt() {
        FaultScript lost = FaultScript.none()
                .always(CallPattern.of(CallKind.COMMAND), Fault.of(FaultKind.AMBIGUOUS_BEFORE_EFFECT));
        try (EngineHarness world = slow(lost)) {
            List<TaskRef> tasks = world.add(20, EngineHarness.running());
            BatchRun run = world.start(BatchOperation.stop(), tasks);
            world.environment.advance(Duration.ofSeconds(3));
            accepted(act(run, RunAction.CANCEL));
            int commanded = world.commands().size();
            BatchReport report = world.await(run);
            assertThat(world.commands()).hasSize(commanded);
            Map<TaskOutcome.Kind, Integer> counts = report.counts();
            assertThat(counts.keySet()).containsOnly(TaskOutcome.Kind.UNKNOWN, TaskOutcome.Kind.NOT_ATTEMPTED);
            assertThat(counts.get(TaskOutcome.Kind.UNKNOWN)).isEqualTo(commanded);
        }
    }

    @Test
    @DisplayName(
            "must choose what becomes of begun tasks before a switchover is canceled; leaving them says who is frozen")
    void cancelsSwitchover() {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<TaskRef> tasks = world.add(3, EngineHarness.entered(MigrationType.complete()));
            SwitchoverWorkflow workflow = world.switchover(tasks);
            Operator.settle(world, workflow);
            Operator.one(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.START_FORWARD_SWITCHOVER, tasks.get(0));
            Operator.one(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.START_FORWARD_SWITCHOVER, tasks.get(1));
            Operator.settle(world, workflow);
            Operator.one(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.CONFIRM_WRITES_STOPPED, tasks.get(0));
            Operator.settle(world, workflow);
            refused(act(workflow, RunAction.CANCEL), Refusal.CHOICE_NEEDED);
            assertThat(act(workflow, RunAction.CANCEL).toString()).contains("2 tasks have begun, 1 of them");
            accepted(act(workflow, RunAction.CANCEL_LEAVING));
            BatchReport report = world.await(workflow);
            assertThat(world.outcome(report, tasks.get(0)))
                    .isInstanceOfSatisfying(
                            TaskOutcome.LeftAt.class,
                            left -> assertThat(left.frozen()).isTrue());
            assertThat(world.outcome(report, tasks.get(1)))
                    .isInstanceOfSatisfying(
                            TaskOutcome.LeftAt.class,
                            left -> assertThat(left.frozen()).isFalse());
            assertThat(world.outcome(report, tasks.get(2))).isInstanceOf(TaskOutcome.NotAttempted.class);
        }
    }

    @Test
    @DisplayName("SW-7: cancels a switchover only before the point of no return: a task past it is carried forward")
    void pastReturn() {
        FaultScript fails = FaultScript.none()
                .once(CallPattern.of(SwitchoverStep.START_REVERSE_INCREMENT), Fault.of(FaultKind.STEP_FAILS));
        try (EngineHarness world = EngineHarness.with(fails)) {
            List<TaskRef> tasks = world.add(2, EngineHarness.entered(MigrationType.complete()));
            SwitchoverWorkflow workflow = world.switchover(tasks);
            for (int i = 0; i < 20; i++) {
                if (Operator.settle(world, workflow).tasks().stream()
                        .allMatch(task -> task.current().step() == SwitchoverStep.START_REVERSE_INCREMENT)) {
                    break;
                }
                workflow.board()
                        .lanes()
                        .get(0)
                        .openForAll()
                        .forEach((step, actions) -> actions.stream()
                                .filter(action -> action == SwitchoverAction.CONFIRM || action == SwitchoverAction.MARK)
                                .forEach(action -> Operator.all(workflow, action, step)));
            }
            Operator.one(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.START_REVERSE_INCREMENT, tasks.get(0));
            Operator.settle(world, workflow);
            accepted(act(workflow, RunAction.CANCEL_LEAVING));
            world.environment.advance(Duration.ofMinutes(1));
            Map<TaskRef, TaskOutcome> early = workflow.results().stream()
                    .collect(Collectors.toMap(result -> result.ref(), result -> result.outcome()));
            assertThat(early).containsOnlyKeys(tasks.get(1));
            assertThat(early.get(tasks.get(1))).isInstanceOf(TaskOutcome.LeftAt.class);
            Operator.one(workflow, SwitchoverAction.RETRY, SwitchoverStep.START_REVERSE_INCREMENT, tasks.get(0));
            assertThat(world.outcome(world.await(workflow), tasks.get(0))).isInstanceOf(TaskOutcome.Succeeded.class);
        }
    }

    @Test
    @DisplayName("confirms no gate of a paused switchover, but may eject or leave a task")
    void gatesOfPaused() {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<TaskRef> tasks = world.add(2, EngineHarness.entered(MigrationType.complete()));
            SwitchoverWorkflow workflow = world.switchover(tasks);
            Operator.settle(world, workflow);
            SwitchoverStep gate = SwitchoverStep.START_FORWARD_SWITCHOVER;
            accepted(act(workflow, RunAction.PAUSE));
            refused(Operator.all(workflow, SwitchoverAction.CONFIRM, gate), Refusal.PAUSED);
            accepted(Operator.one(workflow, SwitchoverAction.EJECT, gate, tasks.get(0)));
            accepted(Operator.one(workflow, SwitchoverAction.LEAVE, gate, tasks.get(1)));
            accepted(act(workflow, RunAction.RESUME));
            accepted(Operator.one(workflow, SwitchoverAction.CONFIRM, gate, tasks.get(0)));
        }
    }

    @Test
    @DisplayName("finds a paused run paused, and a canceled one ending, after its engine died (DUR-1)")
    void survives() {
        for (RunAction action : List.of(RunAction.PAUSE, RunAction.CANCEL)) {
            try (EngineHarness world = slow(FaultScript.none())) {
                BatchRun run = world.start(BatchOperation.stop(), world.add(20, EngineHarness.running()));
                world.environment.advance(Duration.ofSeconds(5));
                accepted(act(run, action));
                int commanded = world.commands().size();
                world.engine().close();
                assertThat(run.progress().inFlight()).isPositive();
                world.environment.advance(Duration.ofMinutes(1));
                BatchEngine next = world.builder().build();
                BatchRun taken = next.recover().get(0);
                world.environment.advance(Duration.ofMinutes(30));
                assertThat(world.commands()).hasSize(commanded);
                if (action == RunAction.PAUSE) {
                    assertThat(taken.state()).isEqualTo(RunState.PAUSED);
                    accepted(act(taken, RunAction.RESUME));
                    assertThat(world.await(taken).count(TaskOutcome.Kind.SUCCEEDED))
                            .isEqualTo(20);
                } else {
                    assertThat(world.await(taken).count(TaskOutcome.Kind.NOT_ATTEMPTED))
                            .isEqualTo(20 - commanded);
                }
                next.close();
            }
        }
    }

    @Test
    @DisplayName("RUN-12: of many threads that pause one run as they saw it, exactly one does")
    void races() {
        for (int seed = 1; seed <= 50; seed++) {
            try (EngineHarness world = new EngineHarness(
                    PlatformSettings.of(seed).withSettle(Duration.ofMinutes(1)),
                    FaultScript.none(),
                    settings -> settings)) {
                BatchRun run = world.start(BatchOperation.stop(), world.add(5, EngineHarness.running()));
                long seen = run.version();
                List<ControlAnswer> answers = new ArrayList<>();
                for (int thread = 0; thread < 6; thread++) {
                    world.environment.executor().execute(() -> {
                        ControlAnswer answer = run.control(new RunControl(RunAction.PAUSE, seen, ANN, "all at once"));
                        synchronized (answers) {
                            answers.add(answer);
                        }
                    });
                }
                world.environment.advance(Duration.ofSeconds(2));
                assertThat(answers).hasSize(6);
                assertThat(answers.stream().filter(ControlAnswer.Accepted.class::isInstance))
                        .hasSize(1);
            }
        }
    }
}
