package io.omsbatch.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.PlanRefusedException.Why;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.journal.Lease;
import io.omsbatch.api.journal.RunOpening;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.Confirmation;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.TaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What two replicas and many threads race for in a shared journal; each database has a subclass. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
abstract class ReplicaRaces {

    private static final Logger LOG = LoggerFactory.getLogger(ReplicaRaces.class);
    private static final Actor ANN = new Actor("ann");
    private static final Duration MOST = Duration.ofSeconds(30);
    private static final int CONFIRMATIONS = Integer.getInteger("races.confirmations", 500);
    private static final int RECOVERIES = Integer.getInteger("races.recoveries", 60);
    private static final int RUNS_OF_A_RECOVERY = 10;
    private static final int CONTROLS = Integer.getInteger("races.controls", 8);
    private static final int RUNS_OF_A_CONTROL = 10;
    private static final int CLAIMS = Integer.getInteger("races.claims", 200);
    private static final int TASKS_OF_A_CLAIM = 6;

    private final Shelf shelf = new Shelf();
    private TwoReplicas replicas;
    private long deadlocksBefore;

    /** For subclasses. */
    @SuppressWarnings("NullAway") // set before each test
    ReplicaRaces() {}

    /** Opens the journal of this test once more, as another replica does. */
    abstract JournalStore journal();

    /** Returns how many deadlocks the database has seen. */
    abstract long deadlocks();

    @BeforeEach
    void open() {
        deadlocksBefore = deadlocks();
        replicas = new TwoReplicas(journal(), journal(), shelf);
    }

    @AfterEach
    void close() {
        replicas.close();
        assertThat(deadlocks()).as("deadlocks").isEqualTo(deadlocksBefore);
    }

    private Confirmation planned(BatchEngine engine, String request, List<TaskRef> tasks) {
        BatchPlan plan = engine.plan(BatchRequest.of(request, ANN, BatchOperation.start(), tasks));
        return plan.confirm(ANN, "a race");
    }

    private static BatchReport ended(BatchRun run) throws InterruptedException {
        return run.await(MOST).orElseThrow(() -> new AssertionError("RUN-8: run " + run.id() + " did not end"));
    }

    @Test
    @DisplayName(
            "of all who confirm a plan at the same time one begins the run, and the others learn of it (PLAN-3, RUN-11)")
    void confirm() throws InterruptedException {
        long begun = System.nanoTime();
        for (int round = 0; round < CONFIRMATIONS; round++) {
            String request = "confirm-" + round;
            TaskRef task = shelf.add();
            Confirmation confirmation = planned(replicas.engine(round % 2), request, List.of(task));
            List<TwoReplicas.Answer<BatchRun>> answers = replicas.race(engine -> List.of(engine.run(confirmation)));
            String run = replicas.journal().runOfRequest(request).orElseThrow().runId();
            List<BatchRun> got =
                    answers.stream().flatMap(answer -> answer.got().stream()).toList();
            assertThat(got).hasSameSizeAs(answers).extracting(BatchRun::id).containsOnly(run);
            assertThat(ended(owned(run)).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(1);
            assertThat(shelf.commands(task)).isEqualTo(1);
        }
        tell(CONFIRMATIONS + " plans confirmed by six threads each", begun);
    }

    @Test
    @DisplayName("of two plans with one request id one leads to a run, the other is a conflict (RUN-11)")
    void conflict() throws InterruptedException {
        long begun = System.nanoTime();
        for (int round = 0; round < CONFIRMATIONS / 4; round++) {
            String request = "conflict-" + round;
            List<TaskRef> tasks = List.of(shelf.add(), shelf.add());
            List<Confirmation> confirmations = List.of(
                    planned(replicas.engine(0), request, List.of(tasks.get(0))),
                    planned(replicas.engine(1), request, List.of(tasks.get(1))));
            List<TwoReplicas.Answer<BatchRun>> answers = replicas.race(
                    engine -> List.of(engine.run(confirmations.get(engine.equals(replicas.engine(0)) ? 0 : 1))));
            RunRecord run = replicas.journal().runOfRequest(request).orElseThrow();
            List<BatchRun> got =
                    answers.stream().flatMap(answer -> answer.got().stream()).toList();
            assertThat(got).hasSize(answers.size() / 2).extracting(BatchRun::id).containsOnly(run.runId());
            assertThat(answers).flatExtracting(TwoReplicas.Answer::refused).containsOnly(Why.REQUEST_CONFLICT);
            assertThat(ended(got.get(0)).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(1);
            assertThat(tasks.stream().mapToInt(shelf::commands).sum()).isEqualTo(1);
        }
        tell(CONFIRMATIONS / 4 + " conflicts", begun);
    }

    @Test
    @DisplayName("of all who recover at the same time each abandoned run has one new owner (DUR-2, DUR-3)")
    void recover() throws InterruptedException {
        long begun = System.nanoTime();
        for (int round = 0; round < RECOVERIES; round++) {
            Set<String> abandoned = new TreeSet<>();
            List<TaskRef> tasks = new ArrayList<>();
            for (int i = 0; i < RUNS_OF_A_RECOVERY; i++) {
                tasks.add(shelf.add());
                abandoned.add(abandonedRun("recover-" + round + "-" + i, tasks.get(i)));
            }
            List<BatchRun> taken = replicas.race(BatchEngine::recover).stream()
                    .flatMap(answer -> answer.got().stream())
                    .toList();
            assertThat(taken).extracting(BatchRun::id).containsExactlyInAnyOrderElementsOf(abandoned);
            for (BatchRun run : taken) {
                assertThat(ended(run).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(1);
                List<JournalEntry> entries = replicas.journal().read(run.id(), 0, 100);
                assertThat(entries).allMatch(entry -> entry.token().value() == 2);
                assertThat(entries)
                        .filteredOn(entry -> entry.record().kind() == JournalRecord.Kind.TAKEN_OVER)
                        .hasSize(1);
            }
            assertThat(tasks).allMatch(task -> shelf.commands(task) == 1);
        }
        tell(RECOVERIES * RUNS_OF_A_RECOVERY + " abandoned runs taken over by six threads", begun);
    }

    /** A run whose owner died at once, its lease is over. */
    private String abandonedRun(String request, TaskRef task) {
        Confirmation confirmation = planned(replicas.engine(0), request, List.of(task));
        BatchPlan plan = replicas.journal().plan(confirmation.fingerprint()).orElseThrow();
        RunRecord run = new RunRecord(UUID.randomUUID().toString(), plan, confirmation, Instant.now());
        RunOpening opening = replicas.journal().open(run, new Lease("dead", Duration.ofMillis(1)));
        replicas.journal().release(run.runId(), ((RunOpening.Opened) opening).token());
        return run.runId();
    }

    @Test
    @DisplayName("of runs that want the same tasks at the same time each task is commanded by one (RUN-5)")
    void claim() throws InterruptedException {
        long begun = System.nanoTime();
        Set<String> kinds = new TreeSet<>();
        for (int round = 0; round < CLAIMS; round++) {
            List<TaskRef> tasks =
                    Stream.generate(shelf::add).limit(TASKS_OF_A_CLAIM).toList();
            int number = round;
            List<BatchRun> runs = replicas
                    .race(engine -> {
                        String request = "claim-" + number + "-" + UUID.randomUUID();
                        return List.of(engine.run(planned(engine, request, tasks)));
                    })
                    .stream()
                    .flatMap(answer -> answer.got().stream())
                    .toList();
            List<BatchReport> reports = new ArrayList<>();
            for (BatchRun run : runs) {
                reports.add(ended(run));
            }
            for (TaskRef task : tasks) {
                List<TaskOutcome.Kind> outcomes = reports.stream()
                        .flatMap(report -> report.results().stream())
                        .filter(result -> result.ref().equals(task))
                        .map(result -> result.outcome().kind())
                        .toList();
                assertThat(shelf.commands(task)).as("%s: %s", task, outcomes).isEqualTo(1);
                assertThat(outcomes)
                        .filteredOn(TaskOutcome.Kind.SUCCEEDED::equals)
                        .hasSize(1);
                kinds.addAll(outcomes.stream().map(Enum::name).collect(Collectors.toSet()));
            }
        }
        assertThat(kinds).isSubsetOf("SUCCEEDED", "ALREADY_DONE", "STALE", "INELIGIBLE", "NOT_ATTEMPTED");
        assertThat(kinds).as("somebody found a task held").contains("NOT_ATTEMPTED");
        tell(CLAIMS + " times six runs that wanted the same " + TASKS_OF_A_CLAIM + " tasks: " + kinds, begun);
    }

    @Test
    @DisplayName(
            "of all who pause, resume or cancel a run at the same time one is heard, from whatever replica (RUN-9, RUN-12)")
    void control() throws InterruptedException {
        long begun = System.nanoTime();
        Set<String> refusals = new TreeSet<>();
        for (int round = 0; round < CONTROLS; round++) {
            shelf.hold();
            List<TaskRef> tasks =
                    Stream.generate(shelf::add).limit(RUNS_OF_A_CONTROL).toList();
            List<BatchRun> runs = new ArrayList<>();
            for (TaskRef task : tasks) {
                BatchEngine owner = replicas.engine(runs.size() % 2);
                runs.add(owner.run(planned(owner, "control-" + task.id(), List.of(task))));
            }
            for (RunAction action : List.of(RunAction.PAUSE, RunAction.RESUME, RunAction.CANCEL)) {
                List<RunControl> controls = runs.stream()
                        .map(run -> new RunControl(action, run.version(), ANN, "a race"))
                        .toList();
                List<TwoReplicas.Answer<ControlAnswer>> answers =
                        replicas.race(engine -> controlAll(engine, runs, controls));
                for (int i = 0; i < runs.size(); i++) {
                    int number = i;
                    List<ControlAnswer> ofRun = answers.stream()
                            .map(answer -> answer.got().get(number))
                            .toList();
                    assertThat(ofRun)
                            .filteredOn(ControlAnswer.Accepted.class::isInstance)
                            .as("%s of run %s: %s", action, runs.get(i).id(), ofRun)
                            .hasSize(1);
                    ofRun.stream()
                            .filter(ControlAnswer.Refused.class::isInstance)
                            .forEach(answer -> refusals.add(
                                    ((ControlAnswer.Refused) answer).why().name()));
                }
            }
            shelf.letGo();
            for (BatchRun run : runs) {
                assertThat(ended(run).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(1);
                assertThat(replicas.journal().read(run.id(), 0, 100))
                        .filteredOn(entry -> entry.record().kind() == JournalRecord.Kind.CONTROL)
                        .hasSize(3);
            }
            assertThat(tasks).allMatch(task -> shelf.commands(task) == 1);
        }
        assertThat(refusals).isSubsetOf("RUN_CHANGED", "WRONG_STATE");
        tell(CONTROLS * RUNS_OF_A_CONTROL * 3 + " controls by six threads each, refusals " + refusals, begun);
    }

    /** Controls all runs from one replica, and waits for the answers. */
    private static List<ControlAnswer> controlAll(BatchEngine engine, List<BatchRun> runs, List<RunControl> controls) {
        List<BatchRun> here =
                runs.stream().map(run -> engine.find(run.id()).orElseThrow()).toList();
        List<ControlAnswer> answers = new ArrayList<>();
        for (int i = 0; i < here.size(); i++) {
            answers.add(here.get(i).control(controls.get(i)));
        }
        for (int i = 0; i < here.size(); i++) {
            answers.set(i, answered(here.get(i), answers.get(i)));
        }
        return answers;
    }

    private static ControlAnswer answered(BatchRun run, ControlAnswer first) {
        ControlAnswer answer = first;
        for (int look = 0; look < 1_000 && answer instanceof ControlAnswer.Pending pending; look++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            answer = run.answer(pending.commandId()).orElse(answer);
        }
        return answer;
    }

    private void tell(String what, long begun) {
        LOG.warn("{}: {}, in {} s", getClass().getSimpleName(), what, (System.nanoTime() - begun) / 1_000_000_000);
    }

    /** Returns the run as its owner has it, who sees its end first. */
    private BatchRun owned(String runId) {
        return Stream.of(replicas.engine(0), replicas.engine(1))
                .flatMap(engine -> engine.runs().stream())
                .filter(run -> run.id().equals(runId))
                .findFirst()
                .orElseThrow();
    }
}
