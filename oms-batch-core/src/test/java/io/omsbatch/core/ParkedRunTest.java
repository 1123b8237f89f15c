package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.ControlAnswer.Refusal;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.RunFilter;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.FaultScript;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RUN-8: A parked run")
class ParkedRunTest {

    private static ControlAnswer act(BatchRun run, RunAction action) {
        return run.control(new RunControl(action, run.version(), ANN, "decided"));
    }

    private static void refused(ControlAnswer answer, Refusal why) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        ControlAnswer.Refused.class,
                        refused -> assertThat(refused.why()).as(refused.text()).isEqualTo(why));
    }

    private static EngineHarness slow() {
        return new EngineHarness(
                PlatformSettings.of(1).withLatency(Duration.ofSeconds(1)).withSettle(Duration.ofSeconds(9)),
                FaultScript.none(),
                settings ->
                        settings.withCalls(settings.calls().withConcurrency(2)).withCloseTimeout(Duration.ZERO));
    }

    /** Its owner writes that it is parked, and dies. */
    private static void park(EngineHarness world, BatchRun run) {
        world.journal.append(
                run.id(),
                new FencingToken(1),
                List.of(new JournalRecord(
                        world.environment.clock().instant(),
                        JournalRecord.Kind.PARKED,
                        null,
                        "ENGINE_DEFECT",
                        Map.of("message", "a defect"))));
        world.engine().close();
        world.environment.advance(Duration.ofMinutes(1));
    }

    @Test
    @DisplayName("is taken over by nobody, is listed with its reason, and keeps its claims")
    void rests() {
        try (EngineHarness world = slow();
                BatchEngine other = world.builder().build()) {
            List<TaskRef> tasks = world.add(20, EngineHarness.running());
            BatchRun run = world.start(BatchOperation.stop(), tasks);
            world.environment.advance(Duration.ofSeconds(5));
            park(world, run);
            assertThat(other.recover()).isEmpty();
            assertThat(other.list(RunFilter.all().in(RunSummary.State.PARKED), null, 10)
                            .runs())
                    .extracting(parked -> parked.standing().why())
                    .containsExactly("ENGINE_DEFECT");
            BatchRun there = other.find(run.id()).orElseThrow();
            assertThat(there.state()).isEqualTo(RunState.PARKED);
            refused(act(there, RunAction.PAUSE), Refusal.WRONG_STATE);
            refused(act(there, RunAction.CANCEL), Refusal.WRONG_STATE);
            assertThat(there.state()).isEqualTo(RunState.PARKED);
        }
    }

    @Test
    @DisplayName("is resumed by an operator on any replica, once, and finishes the same plan")
    void resumes() throws InterruptedException {
        try (EngineHarness world = slow();
                BatchEngine other = world.builder().build()) {
            BatchRun run = world.start(BatchOperation.stop(), world.add(20, EngineHarness.running()));
            world.environment.advance(Duration.ofSeconds(5));
            park(world, run);
            BatchRun there = other.find(run.id()).orElseThrow();
            RunControl resume = new RunControl(RunAction.RESUME, there.version(), ANN, "mended");
            refused(there.control(new RunControl(RunAction.RESUME, 0, ANN, "unseen")), Refusal.RUN_CHANGED);
            assertThat(there.control(resume)).isInstanceOf(ControlAnswer.Accepted.class);
            assertThat(there.state()).isEqualTo(RunState.RUNNING);
            refused(there.control(resume), Refusal.RUN_CHANGED);
            BatchReport report = there.await(EngineHarness.LONG).orElseThrow();
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(20);
            assertThat(world.commands()).hasSize(20);
        }
    }

    @Test
    @DisplayName("is closed by an operator: what had begun is UNKNOWN, the rest NOT_ATTEMPTED, nothing is commanded")
    void closes() throws InterruptedException {
        try (EngineHarness world = slow();
                BatchEngine other = world.builder().build()) {
            BatchRun run = world.start(BatchOperation.stop(), world.add(20, EngineHarness.running()));
            world.environment.advance(Duration.ofSeconds(5));
            int commanded = world.commands().size();
            park(world, run);
            BatchRun there = other.find(run.id()).orElseThrow();
            assertThat(act(there, RunAction.CLOSE_AS_UNKNOWN)).isInstanceOf(ControlAnswer.Accepted.class);
            BatchReport report = there.await(Duration.ofMinutes(1)).orElseThrow();
            assertThat(report.count(TaskOutcome.Kind.UNKNOWN)).isEqualTo(commanded);
            assertThat(report.count(TaskOutcome.Kind.NOT_ATTEMPTED)).isEqualTo(20 - commanded);
            assertThat(world.commands()).hasSize(commanded);
            assertThat(report.render()).contains("CLOSED_AS_UNKNOWN");
        }
    }

    @Test
    @DisplayName("RUN-5: gives up its claims by an operator's choice; resumed after that, it claims and looks again")
    void releases() throws InterruptedException {
        try (EngineHarness world = slow();
                BatchEngine other = world.builder().build()) {
            List<TaskRef> tasks = world.add(20, EngineHarness.running());
            BatchRun run = world.start(BatchOperation.stop(), tasks);
            world.environment.advance(Duration.ofSeconds(5));
            int commanded = world.commands().size();
            park(world, run);
            BatchRun there = other.find(run.id()).orElseThrow();
            BatchReport kept = elsewhere(other, tasks, "kept");
            assertThat(kept.count(TaskOutcome.Kind.NOT_ATTEMPTED)).isPositive();
            assertThat(kept.render()).contains("CLAIMED_BY_ANOTHER_RUN").contains(run.id());
            assertThat(act(there, RunAction.RELEASE_CLAIMS)).isInstanceOf(ControlAnswer.Accepted.class);
            assertThat(there.state()).isEqualTo(RunState.PARKED);
            BatchReport free = elsewhere(other, tasks, "free");
            assertThat(free.count(TaskOutcome.Kind.SUCCEEDED) + free.count(TaskOutcome.Kind.INELIGIBLE))
                    .as(free.render())
                    .isEqualTo(20);
            int all = world.commands().size();
            assertThat(act(there, RunAction.RESUME)).isInstanceOf(ControlAnswer.Accepted.class);
            BatchReport report = there.await(EngineHarness.LONG).orElseThrow();
            assertThat(report.results()).hasSize(20);
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED) + report.count(TaskOutcome.Kind.ALREADY_DONE))
                    .as(report.render())
                    .isEqualTo(20);
            assertThat(world.commands()).hasSize(all);
            assertThat(commanded).isPositive();
        }
    }

    private static BatchReport elsewhere(BatchEngine engine, List<TaskRef> tasks, String id)
            throws InterruptedException {
        BatchPlan plan = engine.plan(BatchRequest.of(id, ANN, BatchOperation.stop(), tasks));
        return engine.run(plan.confirm(ANN, "x")).await(EngineHarness.LONG).orElseThrow();
    }

    @Test
    @DisplayName("of its own engine is resumed at once when nothing is in flight, and the same handle goes on with it")
    void ownHandle() {
        try (EngineHarness world = EngineHarness.healthy()) {
            BatchRun run = world.start(BatchOperation.stop(), world.add(2, EngineHarness.running()));
            world.journal.failWhen(facts -> facts.stream().anyMatch(fact -> fact.kind() == JournalRecord.Kind.OUTCOME));
            world.environment.advance(Duration.ofMinutes(20));
            assertThat(run.state()).isEqualTo(RunState.PARKED);
            world.journal.failWhen(facts -> false);
            assertThat(act(run, RunAction.RESUME)).isInstanceOf(ControlAnswer.Accepted.class);
            assertThat(run.state()).isEqualTo(RunState.RUNNING);
            assertThat(world.await(run).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(2);
            assertThat(world.commands()).hasSize(2);
        }
    }
}
