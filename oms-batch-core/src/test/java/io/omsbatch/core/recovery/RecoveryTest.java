package io.omsbatch.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.engine.RunStoppedException;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.Lease;
import io.omsbatch.api.journal.RunOpening;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.core.OmsBatch;
import io.omsbatch.core.journal.InMemoryJournalStore;
import io.omsbatch.core.settings.CallSettings;
import io.omsbatch.core.settings.EngineSettings;
import io.omsbatch.testkit.fake.FakePlatform;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fake.VirtualEnvironment;
import io.omsbatch.testkit.fault.FaultScript;
import io.omsbatch.testkit.history.GatewayCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Engines that share a journal")
class RecoveryTest {

    private static final Actor ANN = new Actor("ann");
    private static final int TASKS = 100;

    private final VirtualEnvironment environment = new VirtualEnvironment(3);
    private final InMemoryJournalStore journal = new InMemoryJournalStore(environment.clock());
    private final FakePlatform platform = new FakePlatform(
            environment, PlatformSettings.of(3).withLatency(Duration.ofSeconds(1)), FaultScript.none());
    private final List<BatchEngine> engines = new ArrayList<>();

    @AfterEach
    void close() {
        engines.forEach(BatchEngine::close);
        environment.close();
    }

    /** An engine that sends one command at a time, so that a run takes minutes. */
    private BatchEngine engine(Doom doom) {
        CallSettings oneByOne = CallSettings.defaults().withConcurrency(1).withPageSize(1);
        BatchEngine engine = OmsBatch.engine(doom.gateway(platform))
                .environment(environment)
                .journal(doom.journal(journal))
                .settings(EngineSettings.defaults().withCalls(oneByOne))
                .build();
        engines.add(engine);
        return engine;
    }

    private BatchRun start(BatchEngine engine) {
        List<TaskRef> tasks = new ArrayList<>();
        for (int i = 1; i <= TASKS; i++) {
            TaskRef ref = new TaskRef("oms", "t" + i);
            platform.add(MigrationTask.builder(ref).build());
            tasks.add(ref);
        }
        BatchPlan plan = engine.plan(BatchRequest.of("request", ANN, BatchOperation.start(), tasks));
        return engine.run(plan.confirm(ANN, "go-live"));
    }

    private BatchReport ended(BatchRun run) {
        for (int second = 0; second < 10_000 && run.state() == RunState.RUNNING; second++) {
            environment.advance(Duration.ofSeconds(1));
        }
        try {
            return run.await(Duration.ofSeconds(1)).orElseThrow();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private Map<TaskRef, Long> commands() {
        return platform.calls().stream()
                .filter(call -> call.order() != null)
                .collect(Collectors.groupingBy(call -> call.tasks().get(0), Collectors.counting()));
    }

    @Test
    @DisplayName("leave a run alone whose engine lives (DUR-3)")
    void living() {
        BatchRun run = start(engine(Doom.never()));
        BatchEngine other = engine(Doom.never());
        while (run.state() == RunState.RUNNING) {
            assertThat(other.recover()).isEmpty();
            environment.advance(Duration.ofSeconds(5));
        }
        assertThat(ended(run).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(TASKS);
        assertThat(other.runs()).isEmpty();
    }

    @Test
    @DisplayName("take over by themselves when one of them dies, and do nothing twice (DUR-1)")
    void takesOver() {
        Doom doom = Doom.never();
        BatchEngine first = engine(doom);
        BatchRun run = start(first);
        BatchEngine second = engine(Doom.never());
        assertThat(second.recover()).isEmpty();
        environment.advance(Duration.ofMinutes(1));
        assertThat(run.results()).isNotEmpty();
        doom.dieNow();
        environment.advance(Duration.ofSeconds(20));
        assertThat(second.runs()).as("the lease lasts").isEmpty();
        environment.advance(Duration.ofSeconds(20));
        BatchRun taken = second.find(run.id()).orElseThrow();
        BatchReport report = ended(taken);
        assertThat(report.count(TaskOutcome.Kind.SUCCEEDED) + report.count(TaskOutcome.Kind.UNKNOWN))
                .isEqualTo(TASKS);
        assertThat(report.count(TaskOutcome.Kind.UNKNOWN)).isLessThanOrEqualTo(1);
        assertThat(commands().values()).allMatch(times -> times == 1);
    }

    @Test
    @DisplayName("send nothing once they could not renew, before another may take over, and lose the run then (DUR-2)")
    void fencesItself() {
        Doom doom = Doom.never();
        BatchRun run = start(engine(doom));
        environment.advance(Duration.ofMinutes(1));
        doom.renewNothing();
        environment.advance(Duration.ofSeconds(27));
        int before = commands().size();
        environment.advance(Duration.ofSeconds(2));
        assertThat(commands()).hasSize(before);
        assertThat(run.state()).isEqualTo(RunState.RUNNING);
        environment.advance(Duration.ofSeconds(10));
        List<BatchRun> taken = engine(Doom.never()).recover();
        assertThat(taken).hasSize(1);
        assertThat(ended(taken.get(0)).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(TASKS);
        assertThat(commands().values()).allMatch(times -> times == 1);
        assertThat(run.results()).hasSizeLessThan(TASKS);
    }

    @Test
    @DisplayName("go on with a run whose leases could not be renewed for a while, if nobody took it over")
    void goesOn() {
        Doom doom = Doom.never();
        BatchRun run = start(engine(doom));
        environment.advance(Duration.ofMinutes(1));
        doom.renewNothing();
        environment.advance(Duration.ofMinutes(5));
        int before = commands().size();
        assertThat(before).isLessThan(TASKS);
        doom.renewAgain();
        assertThat(ended(run).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(TASKS);
        assertThat(commands().values()).allMatch(times -> times == 1);
    }

    @Test
    @DisplayName("park what they cannot understand, say why, and go on with the others (DUR-4)")
    void notUnderstood() {
        Doom doom = Doom.never();
        BatchRun good = start(engine(doom));
        environment.advance(Duration.ofSeconds(10));
        doom.dieNow();
        RunRecord record = journal.run(good.id()).orElseThrow();
        BatchRequest other = BatchRequest.of(
                "other", ANN, BatchOperation.start(), good.request().tasks());
        BatchPlan plan = new BatchPlan(
                "other-plan",
                other,
                record.plan().plannedAt(),
                record.plan().validUntil(),
                record.plan().entries(),
                List.of(),
                List.of());
        RunRecord strange = new RunRecord("strange", plan, plan.confirm(ANN, "x"), record.startedAt());
        RunOpening.Opened opened = (RunOpening.Opened) journal.open(strange, new Lease("gone", Duration.ofMillis(1)));
        journal.append(
                "strange",
                opened.token(),
                List.of(new JournalRecord(
                        record.startedAt(),
                        JournalRecord.Kind.OUTCOME,
                        new Subject(new TaskRef("oms", "t1"), "START", 1),
                        "TRANSMUTED",
                        Map.of())));
        environment.advance(Duration.ofMinutes(1));
        BatchEngine second = engine(Doom.never());
        assertThat(second.recover()).extracting(BatchRun::id).containsExactlyInAnyOrder("strange", good.id());
        BatchRun parked = second.find("strange").orElseThrow();
        assertThat(parked.state()).isEqualTo(RunState.PARKED);
        assertThatThrownBy(() -> parked.await(Duration.ofSeconds(1)))
                .isInstanceOf(RunStoppedException.class)
                .hasMessageContaining("NOT_RECOVERABLE")
                .hasMessageContaining("TRANSMUTED");
        environment.advance(Duration.ofSeconds(1));
        assertThat(journal.read("strange", 0, 10))
                .extracting(JournalEntry::record)
                .extracting(JournalRecord::kind)
                .contains(JournalRecord.Kind.PARKED);
        BatchReport report = ended(second.find(good.id()).orElseThrow());
        assertThat(report.results()).hasSize(TASKS);
        assertThat(platform.calls())
                .filteredOn(call -> call.order() != null)
                .extracting(GatewayCall::tasks)
                .doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("leave their runs to the others when they are closed, without any wait (DUR-1, RUN-8)")
    void closed() {
        BatchEngine first = engine(Doom.never());
        BatchRun run = start(first);
        environment.advance(Duration.ofMinutes(1));
        first.close();
        assertThat(run.state()).isEqualTo(RunState.PARKED);
        List<BatchRun> taken = engine(Doom.never()).recover();
        assertThat(taken).extracting(BatchRun::id).containsExactly(run.id());
        assertThat(ended(taken.get(0)).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(TASKS);
        assertThat(commands().values()).allMatch(times -> times == 1);
    }

    @Test
    @DisplayName("carry out what was decided on a board of the owner before, once, if nothing changed since (RUN-12)")
    void oldBoard() {
        TaskRef ref = new TaskRef("oms", "cutover");
        platform.add(MigrationTask.builder(ref)
                .type(MigrationType.complete())
                .status(TaskStatus.RUNNING)
                .stage(Stage.FORWARD_SWITCHOVER, StageProgress.State.RUNNING)
                .switchover(new SwitchoverProgress(
                        SwitchoverStep.START_FORWARD_SWITCHOVER, SwitchoverProgress.State.WAITING))
                .build());
        Doom doom = Doom.never();
        BatchEngine first = engine(doom);
        BatchPlan plan = first.plan(BatchRequest.of("cutover", ANN, BatchOperation.forwardSwitchover(), List.of(ref)));
        SwitchoverWorkflow before = first.switchover(plan.confirm(ANN, "go-live"));
        environment.advance(Duration.ofSeconds(10));
        long seen = before.board().version();
        doom.dieNow();
        environment.advance(Duration.ofMinutes(1));
        SwitchoverWorkflow after =
                (SwitchoverWorkflow) engine(Doom.never()).recover().get(0);
        SwitchoverStep gate = SwitchoverStep.START_FORWARD_SWITCHOVER;
        Control confirm = Control.one(SwitchoverAction.CONFIRM, gate, ref, seen, ANN, "an old window");
        assertThat(after.act(confirm)).isInstanceOf(ControlAnswer.Accepted.class);
        assertThat(after.act(confirm))
                .isInstanceOfSatisfying(
                        ControlAnswer.Refused.class,
                        refused -> assertThat(refused.why()).isEqualTo(ControlAnswer.Refusal.BOARD_CHANGED));
    }
}
