package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.ControlAnswer.Refusal;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.RunFilter;
import io.omsbatch.api.journal.RunPage;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.task.AlertLevel;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.CallPattern;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Another replica with the same journal")
class OtherReplicaTest {

    private static final SwitchoverStep FIRST_GATE = SwitchoverStep.START_FORWARD_SWITCHOVER;

    private static ControlAnswer act(BatchRun run, RunAction action) {
        return run.control(new RunControl(action, run.version(), ANN, "from over here"));
    }

    private static void refused(ControlAnswer answer, Refusal... why) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        ControlAnswer.Refused.class,
                        refused -> assertThat(refused.why()).as(refused.text()).isIn((Object[]) why));
    }

    private static List<List<StepStanding.State>> states(SwitchoverBoard board) {
        return board.tasks().stream()
                .map(task -> task.steps().stream().map(StepStanding::state).toList())
                .toList();
    }

    private static EngineHarness slow() {
        return new EngineHarness(
                PlatformSettings.of(1).withLatency(Duration.ofSeconds(1)).withSettle(Duration.ofSeconds(9)),
                FaultScript.none(),
                settings -> settings.withCalls(settings.calls().withConcurrency(2)));
    }

    @Test
    @DisplayName("PLAN-3: confirms a plan by its fingerprint, and owns the run")
    void confirmsElsewhere() throws InterruptedException {
        try (EngineHarness world = EngineHarness.healthy();
                BatchEngine other = world.builder().build()) {
            BatchPlan plan = world.plan(BatchOperation.stop(), world.add(3, EngineHarness.running()));
            BatchRun run = other.run(plan.confirm(ANN, "planned over there"));
            assertThat(run.await(Duration.ofHours(1)).orElseThrow().count(TaskOutcome.Kind.SUCCEEDED))
                    .isEqualTo(3);
            assertThat(world.engine().runs()).isEmpty();
            assertThat(other.runs()).containsExactly(run);
        }
    }

    @Test
    @DisplayName("opens a run by its id, and follows its state, progress, results, events and end")
    void follows() throws InterruptedException {
        try (EngineHarness world = slow();
                BatchEngine other = world.builder().build()) {
            BatchRun run = world.start(BatchOperation.stop(), world.add(20, EngineHarness.running()));
            List<BatchEvent> here = new ArrayList<>();
            run.listen(here::add);
            BatchRun followed = other.find(run.id()).orElseThrow();
            assertThat(other.find(run.id())).contains(followed);
            List<BatchEvent> told = new ArrayList<>();
            followed.listen(told::add);
            for (int i = 0; i < 8; i++) {
                world.environment.advance(Duration.ofSeconds(10));
                assertThat(followed.state()).isEqualTo(run.state());
                assertThat(followed.results()).isEqualTo(run.results());
                assertThat(followed.progress().ended()).isEqualTo(run.progress().ended());
                assertThat(followed.progress().total()).isEqualTo(20);
                assertThat(followed.progress().inFlight())
                        .isEqualTo(run.progress().inFlight());
            }
            BatchReport there = followed.await(EngineHarness.LONG).orElseThrow();
            assertThat(there.results()).isEqualTo(world.await(run).results());
            assertThat(followed.state()).isEqualTo(RunState.ENDED);
            assertThat(followed.request()).isEqualTo(run.request());
            world.environment.advance(Duration.ofSeconds(5));
            assertThat(told)
                    .extracting(event -> event.getClass().getSimpleName())
                    .containsExactlyElementsOf(here.stream()
                            .map(event -> event.getClass().getSimpleName())
                            .toList());
            assertThat(other.find("no-such-run")).isEmpty();
        }
    }

    @Test
    @DisplayName("sees the board of a switchover as its owner sees it, at every gate, and drives it through the inbox")
    void drives() {
        try (EngineHarness world = EngineHarness.healthy();
                BatchEngine other = world.builder().build()) {
            List<TaskRef> tasks = world.add(4, EngineHarness.entered(MigrationType.complete()));
            SwitchoverWorkflow owner = world.switchover(tasks);
            SwitchoverWorkflow there =
                    (SwitchoverWorkflow) other.find(owner.id()).orElseThrow();
            for (int i = 0; i < 50 && owner.state() == RunState.RUNNING; i++) {
                SwitchoverBoard board = Operator.settle(world, owner);
                SwitchoverBoard seen = there.board();
                assertThat(states(seen)).isEqualTo(states(board));
                assertThat(seen.version()).isEqualTo(board.version());
                assertThat(seen.lanes().get(0).openForAll())
                        .isEqualTo(board.lanes().get(0).openForAll());
                seen.lanes().get(0).openForAll().forEach((step, actions) -> {
                    for (SwitchoverAction action : List.of(SwitchoverAction.CONFIRM, SwitchoverAction.MARK)) {
                        if (actions.contains(action)) {
                            Control control = Control.all(action, step, 1, seen.version(), ANN, "seen over here");
                            assertThat(there.act(control)).isEqualTo(new ControlAnswer.Accepted(Set.copyOf(tasks)));
                            refused(there.act(control), Refusal.NOT_OFFERED, Refusal.BOARD_CHANGED);
                        }
                    }
                });
                world.environment.advance(Duration.ofSeconds(1));
            }
            assertThat(world.await(owner).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(4);
            refused(
                    there.act(Control.all(SwitchoverAction.CONFIRM, FIRST_GATE, 1, 1, ANN, "too late")),
                    Refusal.NOT_RUNNING);
        }
    }

    @Test
    @DisplayName("is asked for consent twice, and told why it is refused, as the owner would be")
    void consents() {
        FaultScript fails = FaultScript.none()
                .times(CallPattern.of(SwitchoverStep.SWITCHOVER_PRECHECK), 9, Fault.of(FaultKind.STEP_FAILS));
        try (EngineHarness world = EngineHarness.with(fails);
                BatchEngine other = world.builder().build()) {
            List<TaskRef> tasks = world.add(1, EngineHarness.entered(MigrationType.complete()));
            SwitchoverWorkflow owner = world.switchover(tasks);
            Operator.settle(world, owner);
            SwitchoverWorkflow there =
                    (SwitchoverWorkflow) other.find(owner.id()).orElseThrow();
            Operator.all(there, SwitchoverAction.CONFIRM, FIRST_GATE);
            SwitchoverBoard failed = Operator.settle(world, owner);
            assertThat(Operator.stepOf(failed, tasks.get(0))).isEqualTo(SwitchoverStep.SWITCHOVER_PRECHECK);
            refused(Operator.all(there, SwitchoverAction.CONFIRM, FIRST_GATE), Refusal.NOT_OFFERED);
            refused(
                    there.act(Control.one(
                            SwitchoverAction.RETRY,
                            SwitchoverStep.SWITCHOVER_PRECHECK,
                            EngineHarness.ref("nobody"),
                            failed.version(),
                            ANN,
                            "x")),
                    Refusal.NO_SUCH_TASK);
            Control skip = Control.one(
                    SwitchoverAction.SKIP,
                    SwitchoverStep.SWITCHOVER_PRECHECK,
                    tasks.get(0),
                    there.board().version(),
                    ANN,
                    "known");
            ControlAnswer.ConsentNeeded consent = (ControlAnswer.ConsentNeeded) there.act(skip);
            assertThat(consent.text()).contains("precheck");
            skip = Control.one(
                    SwitchoverAction.SKIP,
                    SwitchoverStep.SWITCHOVER_PRECHECK,
                    tasks.get(0),
                    skip.boardVersion(),
                    ANN,
                    "known");
            assertThat(there.act(skip.consenting(consent.token()))).isInstanceOf(ControlAnswer.Accepted.class);
        }
    }

    @Test
    @DisplayName("RUN-9: pauses, resumes and cancels a run; the version keeps late and doubled commands out")
    void controls() {
        try (EngineHarness world = slow();
                BatchEngine other = world.builder().build()) {
            BatchRun owner = world.start(BatchOperation.stop(), world.add(20, EngineHarness.running()));
            BatchRun there = other.find(owner.id()).orElseThrow();
            RunControl pause = new RunControl(RunAction.PAUSE, there.version(), ANN, "wait");
            assertThat(there.control(pause)).isInstanceOf(ControlAnswer.Accepted.class);
            refused(there.control(pause), Refusal.RUN_CHANGED);
            assertThat(owner.state()).isEqualTo(RunState.PAUSED);
            assertThat(there.state()).isEqualTo(RunState.PAUSED);
            assertThat(there.version()).isEqualTo(owner.version());
            assertThat(other.list(RunFilter.all().in(RunSummary.State.PAUSED), null, 10)
                            .runs())
                    .extracting(RunSummary::runId)
                    .containsExactly(owner.id());
            assertThat(act(there, RunAction.RESUME)).isInstanceOf(ControlAnswer.Accepted.class);
            assertThat(owner.state()).isEqualTo(RunState.RUNNING);
            assertThat(act(there, RunAction.CANCEL)).isInstanceOf(ControlAnswer.Accepted.class);
            assertThat(world.await(owner).count(TaskOutcome.Kind.NOT_ATTEMPTED)).isPositive();
            refused(act(there, RunAction.PAUSE), Refusal.NOT_RUNNING);
        }
    }

    @Test
    @DisplayName(
            "RUN-12: leaves a command in the inbox of a dead owner, and whoever takes the run over acts on it once")
    void pending() throws InterruptedException {
        try (EngineHarness world = EngineHarness.healthy();
                BatchEngine other = world.builder().build()) {
            List<TaskRef> tasks = world.add(2, EngineHarness.entered(MigrationType.complete()));
            SwitchoverWorkflow owner = world.switchover(tasks);
            Operator.settle(world, owner);
            SwitchoverWorkflow there =
                    (SwitchoverWorkflow) other.find(owner.id()).orElseThrow();
            SwitchoverBoard seen = there.board();
            world.engine().close(); // as good as dead: it answers no command any more
            ControlAnswer.Pending pending = (ControlAnswer.Pending)
                    there.act(Control.all(SwitchoverAction.CONFIRM, FIRST_GATE, 1, seen.version(), ANN, "go"));
            assertThat(there.answer(pending.commandId())).isEmpty();
            try (BatchEngine third = world.builder().build()) {
                SwitchoverWorkflow taken = (SwitchoverWorkflow) third.recover().get(0);
                world.environment.advance(Duration.ofSeconds(20));
                assertThat(there.answer(pending.commandId())).contains(new ControlAnswer.Accepted(Set.copyOf(tasks)));
                assertThat(taken.answer(pending.commandId())).isEqualTo(there.answer(pending.commandId()));
                world.environment.advance(Duration.ofMinutes(5));
                assertThat(world.facts(JournalRecord.Kind.ANSWERED)).hasSize(1);
                assertThat(world.facts(JournalRecord.Kind.CONTROL)).hasSize(2);
            }
        }
    }

    @Test
    @DisplayName("takes a run over that it followed, and its handle goes on with it")
    void takesOver() throws InterruptedException {
        try (EngineHarness world = slow();
                BatchEngine other = world.builder().build()) {
            BatchRun owner = world.start(BatchOperation.stop(), world.add(20, EngineHarness.running()));
            world.environment.advance(Duration.ofSeconds(5));
            BatchRun followed = other.find(owner.id()).orElseThrow();
            world.engine().close();
            world.environment.advance(Duration.ofMinutes(1));
            assertThat(other.recover()).containsExactly(followed);
            assertThat(followed.await(EngineHarness.LONG).orElseThrow().count(TaskOutcome.Kind.SUCCEEDED))
                    .isEqualTo(20);
            assertThat(other.runs()).containsExactly(followed);
        }
    }

    @Test
    @DisplayName("lists runs by state, operation, actor and time, newest first, in pages without gaps or duplicates")
    void lists() {
        try (EngineHarness world = EngineHarness.healthy();
                BatchEngine other = world.builder().build()) {
            List<TaskRef> tasks = world.add(12, EngineHarness.running());
            List<String> ids = new ArrayList<>();
            for (TaskRef task : tasks) {
                BatchPlan plan = world.engine()
                        .plan(BatchRequest.of("list-" + task.id(), ANN, operation(ids.size()), List.of(task)));
                Actor actor = new Actor(ids.size() % 2 == 0 ? "ann" : "bob");
                BatchRun run = world.engine().run(plan.confirm(actor, "x"));
                world.await(run);
                ids.add(0, run.id());
                world.environment.advance(Duration.ofMinutes(1));
            }
            List<String> listed = new ArrayList<>();
            String from = null;
            do {
                RunPage page = other.list(RunFilter.all(), from, 5);
                page.runs().forEach(run -> listed.add(run.runId()));
                from = page.next();
            } while (from != null);
            assertThat(listed).isEqualTo(ids);
            assertThat(ids(other, RunFilter.all().in(RunSummary.State.RUNNING))).isEmpty();
            assertThat(ids(other, RunFilter.all().confirmedBy(new Actor("bob"))))
                    .hasSize(6);
            assertThat(ids(other, RunFilter.all().of(OperationKind.STOP))).hasSize(6);
            RunSummary sixth = other.list(RunFilter.all(), null, 6).runs().get(5);
            assertThat(ids(other, RunFilter.all().startedBetween(sixth.startedAt(), null)))
                    .isEqualTo(ids.subList(0, 6));
            assertThat(ids(other, RunFilter.all().startedBetween(null, sixth.startedAt())))
                    .isEqualTo(ids.subList(6, 12));
            assertThat(sixth.tasks()).isEqualTo(1);
            assertThat(sixth.standing().state()).isEqualTo(RunSummary.State.ENDED);
        }
    }

    private static BatchOperation operation(int number) {
        return number % 2 == 0 ? BatchOperation.stop() : BatchOperation.modifyAlertLevel(AlertLevel.HIGH);
    }

    private static List<String> ids(BatchEngine engine, RunFilter filter) {
        return engine.list(filter, null, 1_000).runs().stream()
                .map(RunSummary::runId)
                .toList();
    }

    @Test
    @DisplayName("DUR-3: does not touch what its owner works on, whatever is sent to it")
    void leavesOwnersAlone() {
        try (EngineHarness world = slow();
                BatchEngine other = world.builder().build()) {
            BatchRun owner = world.start(BatchOperation.stop(), world.add(20, EngineHarness.running()));
            BatchRun there = other.find(owner.id()).orElseThrow();
            refused(act(there, RunAction.CLOSE_AS_UNKNOWN), Refusal.WRONG_STATE);
            refused(act(there, RunAction.RELEASE_CLAIMS), Refusal.WRONG_STATE);
            assertThat(other.recover()).isEmpty();
            assertThat(world.await(owner).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(20);
            assertThat(owner.state()).isEqualTo(RunState.ENDED);
        }
    }
}
