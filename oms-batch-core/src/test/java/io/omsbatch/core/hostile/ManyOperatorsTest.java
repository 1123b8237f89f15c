package io.omsbatch.core.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.switchover.BoardTask;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.core.OmsBatch;
import io.omsbatch.core.SystemEnvironment;
import io.omsbatch.core.journal.InMemoryJournalStore;
import io.omsbatch.core.settings.EngineSettings;
import io.omsbatch.core.settings.SettleSettings;
import io.omsbatch.testkit.check.Promises;
import io.omsbatch.testkit.check.RunBounds;
import io.omsbatch.testkit.check.RunHistory;
import io.omsbatch.testkit.fake.FakePlatform;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.CallPattern;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultScript;
import io.omsbatch.testkit.history.CallKind;
import io.omsbatch.testkit.history.RecordingJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Real threads, a platform in memory in real time, and operators who all do something at once. */
@DisplayName("Many operators who act on one run at once")
class ManyOperatorsTest {

    private static final Logger LOG = LoggerFactory.getLogger(ManyOperatorsTest.class);
    private static final int OPERATORS = 8;
    private static final int ROUNDS = 9;

    /** So many where chance left out an action. */
    private static final int MOST_ROUNDS = 45;

    private static final Duration BOUND = Duration.ofMinutes(1);

    /** How long operators go on who do nothing that keeps a run from its end. */
    private static final Duration MILD = Duration.ofSeconds(3);

    private static final List<SwitchoverAction> TASK_ACTIONS = List.of(
            SwitchoverAction.CONFIRM,
            SwitchoverAction.MARK,
            SwitchoverAction.RETRY,
            SwitchoverAction.RETRY,
            SwitchoverAction.RETRY,
            SwitchoverAction.RETRY,
            SwitchoverAction.SKIP,
            SwitchoverAction.EJECT,
            SwitchoverAction.LEAVE,
            SwitchoverAction.ABORT);

    /** What takes a run whose steps can be passed over to its end. */
    private static final List<SwitchoverAction> MILD_ACTIONS =
            List.of(SwitchoverAction.RETRY, SwitchoverAction.SKIP, SwitchoverAction.OPEN_TARGET);

    private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();

    /** A platform, a journal and an engine in real time. */
    private static final class Real implements AutoCloseable {

        final SystemEnvironment environment = SystemEnvironment.create();
        final FakePlatform platform;
        final RecordingJournal journal;
        final BatchEngine engine;

        Real(FaultScript faults) {
            PlatformSettings quick = PlatformSettings.of(1)
                    .withCapabilities(World.capabilities())
                    .withLatency(Duration.ofMillis(1))
                    .withSettle(Duration.ofMillis(2))
                    .withStage(Duration.ofMillis(2))
                    .withSync(Duration.ofMillis(5), Duration.ZERO);
            platform = new FakePlatform(environment, quick, faults);
            journal = new RecordingJournal(new InMemoryJournalStore(environment.clock()), platform.recorder());
            EngineSettings settings = EngineSettings.defaults();
            engine = OmsBatch.engine(platform)
                    .environment(environment)
                    .journal(journal)
                    .settings(settings.withSettle(
                            new SettleSettings(Duration.ofMillis(200), Duration.ofMillis(2), Duration.ofMillis(5))))
                    .build();
        }

        List<TaskRef> add(int number, boolean entered) {
            List<TaskRef> refs = new ArrayList<>();
            for (int i = 1; i <= number; i++) {
                TaskRef ref = World.ref("t" + i);
                MigrationTask.Builder task = MigrationTask.builder(ref).status(TaskStatus.RUNNING);
                platform.add(
                        entered
                                ? task.stage(Stage.FORWARD_SWITCHOVER, StageProgress.State.RUNNING)
                                        .switchover(new SwitchoverProgress(
                                                SwitchoverStep.START_FORWARD_SWITCHOVER,
                                                SwitchoverProgress.State.WAITING))
                                        .build()
                                : task.stage(Stage.INCREMENTAL_SYNC, StageProgress.State.MONITORING)
                                        .build());
                refs.add(ref);
            }
            return refs;
        }

        BatchRun run(BatchOperation operation, List<TaskRef> tasks) {
            BatchRequest request = BatchRequest.of("r1", World.ANN, operation, tasks);
            return engine.run(engine.plan(request).confirm(World.ANN, "because"));
        }

        void require(BatchRun run, BatchReport report) {
            RunHistory history = new RunHistory(
                    journal.run(run.id()).orElseThrow(),
                    report,
                    platform.recording(journal),
                    platform.capabilities(),
                    RunBounds.defaults());
            Promises.all(history);
            assertThat(platform.breaches()).as(history.print()).isEmpty();
            Map<TaskRef, Integer> outcomes = new HashMap<>();
            journal.entries().stream()
                    .map(entry -> entry.entry().record())
                    .filter(fact -> fact.kind() == JournalRecord.Kind.OUTCOME)
                    .forEach(fact -> outcomes.merge(fact.subject().task(), 1, Integer::sum));
            assertThat(outcomes.values()).as("outcomes of each task").allMatch(number -> number == 1);
            assertThat(outcomes.keySet()).hasSameElementsAs(run.request().tasks());
            assertThat(report.results().stream().map(TaskResult::ref))
                    .containsExactlyElementsOf(run.request().tasks());
        }

        @Override
        public void close() {
            engine.close();
            environment.close();
        }
    }

    private static void atOnce(List<Callable<Void>> operators) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(operators.size());
        CyclicBarrier barrier = new CyclicBarrier(operators.size());
        List<Future<Void>> all = new ArrayList<>();
        for (Callable<Void> operator : operators) {
            all.add(threads.submit(() -> {
                barrier.await(BOUND.toSeconds(), TimeUnit.SECONDS);
                return operator.call();
            }));
        }
        for (Future<Void> one : all) {
            one.get(BOUND.toSeconds(), TimeUnit.SECONDS);
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(BOUND.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    private boolean count(Object action, ControlAnswer answer) {
        boolean accepted = answer instanceof ControlAnswer.Accepted;
        answers.computeIfAbsent(
                        action
                                + (accepted
                                        ? " accepted"
                                        : " " + answer.getClass().getSimpleName()),
                        any -> new LongAdder())
                .increment();
        return accepted;
    }

    private void count(Object action, ControlAnswer answer, LongAdder tasks) {
        if (count(action, answer)) {
            tasks.add(((ControlAnswer.Accepted) answer).tasks().size());
        }
    }

    @Test
    @DisplayName("pause, resume and cancel it so that each order is taken once, and each task ends once")
    void orders() throws Exception {
        long canceled = 0;
        for (int round = 0; round < ROUNDS; round++) {
            try (Real world = new Real(FaultScript.none())) {
                BatchRun run = world.run(BatchOperation.stop(), world.add(40, false));
                Set<Long> versions = ConcurrentHashMap.newKeySet();
                boolean cancels = round % 3 == 0;
                List<Callable<Void>> operators = new ArrayList<>();
                for (int i = 0; i < OPERATORS; i++) {
                    Random chance = new Random(100L * round + i);
                    Actor actor = new Actor("operator" + i);
                    operators.add(() -> {
                        for (int order = 0; order < 25; order++) {
                            RunAction action = cancels && order == 20
                                    ? RunAction.CANCEL
                                    : chance.nextBoolean() ? RunAction.PAUSE : RunAction.RESUME;
                            long version = run.version();
                            if (count(action, run.control(new RunControl(action, version, actor, "now")))) {
                                assertThat(versions.add(version))
                                        .as("taken once at version %s", version)
                                        .isTrue();
                            }
                            run.progress();
                            run.results();
                        }
                        return null;
                    });
                }
                atOnce(operators);
                end(run);
                BatchReport report = run.await(BOUND).orElseThrow();
                canceled += report.render().contains("RUN_CANCELED") ? 1 : 0;
                world.require(run, report);
            }
        }
        LOG.warn("{} rounds, {} of them canceled, {}", ROUNDS, canceled, answers);
        assertThat(answers.keySet()).contains("PAUSE accepted", "RESUME accepted");
    }

    private void end(BatchRun run) {
        for (int i = 0; i < 200 && run.state() != RunState.ENDED; i++) {
            if (run.state() == RunState.PAUSED) {
                count("last RESUME", run.control(new RunControl(RunAction.RESUME, run.version(), World.ANN, "go on")));
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Test
    @DisplayName(
            "confirm, mark, retry, skip, eject, leave, abort and open the target so that each confirmation counts once, and each task ends once")
    void switchover() throws Exception {
        int rounds = 0;
        for (int round = 0; round < ROUNDS || (round < MOST_ROUNDS && !untaken().isEmpty()); round++) {
            rounds = round + 1;
            FaultScript failing = FaultScript.none()
                    .always(CallPattern.of(CallKind.STEP).on(World.ref("t2")), Fault.of(FaultKind.REJECT))
                    .always(CallPattern.of(CallKind.STEP).on(World.ref("t3")), Fault.of(FaultKind.THROW_BEFORE_EFFECT));
            FaultScript skippable = FaultScript.none()
                    .always(
                            CallPattern.of(SwitchoverStep.SWITCHOVER_PRECHECK).on(World.ref("t2")),
                            Fault.of(FaultKind.REFUSE))
                    .always(
                            CallPattern.of(SwitchoverStep.START_TARGET_STORE).on(World.ref("t3")),
                            Fault.of(FaultKind.REFUSE));
            boolean mild = round % 3 == 2;
            List<SwitchoverAction> actions = mild ? MILD_ACTIONS : TASK_ACTIONS;
            try (Real world = new Real(mild ? skippable : round % 2 == 0 ? failing : FaultScript.none())) {
                SwitchoverWorkflow run =
                        (SwitchoverWorkflow) world.run(BatchOperation.forwardSwitchover(), world.add(6, true));
                LongAdder confirmed = new LongAdder();
                List<Callable<Void>> operators = new ArrayList<>();
                for (int i = 0; i < OPERATORS; i++) {
                    Random chance = new Random(100L * round + i);
                    Actor actor = new Actor("operator" + i);
                    operators.add(() -> {
                        long end = System.nanoTime() + MILD.toNanos();
                        for (int turn = 0;
                                (mild ? System.nanoTime() - end < 0 : turn < 60) && run.state() != RunState.ENDED;
                                turn++) {
                            act(run, chance, actions, actor, confirmed);
                            LockSupport.parkNanos(1_000_000);
                        }
                        return null;
                    });
                }
                atOnce(operators);
                finish(run, confirmed);
                BatchReport report = run.await(BOUND)
                        .orElseThrow(() -> new AssertionError(
                                "not over, " + answers + "\n" + run.board().render()));
                world.require(run, report);
                assertConfirmedOnce(world, run, confirmed.sum());
            }
        }
        LOG.warn("{} rounds, {}", rounds, answers);
        assertThat(untaken())
                .as("actions that nobody's click was taken for, of %s", answers)
                .isEmpty();
    }

    private List<SwitchoverAction> untaken() {
        return Stream.of(SwitchoverAction.values())
                .filter(action -> !answers.containsKey(action + " accepted"))
                .toList();
    }

    private void act(
            SwitchoverWorkflow run, Random chance, List<SwitchoverAction> choices, Actor actor, LongAdder confirmed) {
        SwitchoverBoard board = run.board();
        if (board.lanes().isEmpty()) {
            return;
        }
        SwitchoverBoard.LaneBoard lane = board.lanes().get(0);
        if (chance.nextInt(10) < 7) {
            lane.openForAll().forEach((step, actions) -> {
                for (SwitchoverAction action : List.of(SwitchoverAction.CONFIRM, SwitchoverAction.MARK)) {
                    if (actions.contains(action)) {
                        Control control = Control.all(action, step, 1, board.version(), actor, "seen");
                        count(
                                action,
                                run.act(control),
                                action == SwitchoverAction.CONFIRM ? confirmed : new LongAdder());
                    }
                }
            });
            return;
        }
        List<BoardTask> open =
                board.tasks().stream().filter(task -> task.current() != null).toList();
        if (open.isEmpty()) {
            return;
        }
        BoardTask chosen = open.get(chance.nextInt(open.size()));
        TaskRef task = chosen.ref();
        SwitchoverStep step = chosen.current().step();
        SwitchoverAction action = choices.get(chance.nextInt(choices.size()));
        for (int tries = 0; tries < 3 && !chosen.actions().contains(action); tries++) {
            action = choices.get(chance.nextInt(choices.size())); // mostly, not always, what is offered
        }
        Control control = Control.one(action, step, task, board.version(), actor, "tried");
        ControlAnswer answer = run.act(control);
        count(action, answer, action == SwitchoverAction.CONFIRM ? confirmed : new LongAdder());
        if (answer instanceof ControlAnswer.ConsentNeeded needed) {
            count("consented " + action, run.act(control.consenting(needed.token())));
        }
    }

    /** Gives up whatever is left. */
    private void finish(SwitchoverWorkflow run, LongAdder confirmed) {
        for (int i = 0; i < 400 && run.state() != RunState.ENDED; i++) {
            boolean patient = i <= 100;
            if (i % 20 == 0) {
                count("last CANCEL", run.control(new RunControl(RunAction.CANCEL, run.version(), World.ANN, "enough")));
            }
            SwitchoverBoard board = run.board();
            board.tasks().stream().filter(task -> task.current() != null).forEach(task -> {
                for (SwitchoverAction action : List.of(SwitchoverAction.CONFIRM, SwitchoverAction.LEAVE)) {
                    if (!patient || action == SwitchoverAction.CONFIRM) {
                        ControlAnswer answer = run.act(Control.one(
                                action,
                                task.current().step(),
                                task.ref(),
                                run.board().version(),
                                World.ANN,
                                "enough"));
                        count(
                                "last " + action,
                                answer,
                                action == SwitchoverAction.CONFIRM ? confirmed : new LongAdder());
                    }
                }
            });
            LockSupport.parkNanos(10_000_000);
        }
    }

    /** What was confirmed is written as often as it was accepted, and once for each task, step and board. */
    private static void assertConfirmedOnce(Real world, BatchRun run, long accepted) {
        List<String> written = world.journal.entries().stream()
                .map(entry -> entry.entry().record())
                .filter(fact -> fact.kind() == JournalRecord.Kind.CONTROL
                        && fact.subject() != null
                        && fact.code().equals(SwitchoverAction.CONFIRM.name()))
                .map(fact -> fact.subject() + " on board " + fact.detail().get("board"))
                .toList();
        assertThat(written).as("confirmations in run %s", run.id()).doesNotHaveDuplicates();
        assertThat(written).as("confirmations, and those that were accepted").hasSize((int) accepted);
    }
}
