package io.omsbatch.testkit.contract;

import io.omsbatch.api.eligibility.Lane;
import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.Lease;
import io.omsbatch.api.journal.RunCommand;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.Approval;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.Confirmation;
import io.omsbatch.api.operation.FailureBudget;
import io.omsbatch.api.operation.FreezeBudget;
import io.omsbatch.api.operation.Lockstep;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.operation.Waves;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.plan.PlanEntry;
import io.omsbatch.api.task.AlertLevel;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.Revision;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plans, runs and facts that use all that their types allow. Times have microseconds, as most databases keep no more. */
final class JournalSamples {

    static final Instant NOW = Instant.parse("2026-03-01T10:20:30.123456Z");
    static final Lease LEASE = new Lease("engine-1", Duration.ofMinutes(10));
    static final TaskRef ORDERS = new TaskRef("oms-eu", "orders");
    static final TaskRef STOCK = new TaskRef("oms-eu", "stock");
    static final TaskRef ORDERS_ELSEWHERE = new TaskRef("oms-us", "orders");
    static final Actor ZOE = new Actor("Zoë");
    private static final String STRANGE = "Bestellung 订单 🚚 'quoted' \"twice\" \\ ; -- %_ =&\u0301 e\u0301";

    private static final RunPolicy POLICY = RunPolicy.none()
            .withBudget(FailureBudget.percent(2.5).soft())
            .withRamp()
            .withWaves(Waves.parse("1, 50%, tag:slow one, name:订单")
                    .withBudget(FailureBudget.tasks(3))
                    .withSoak(Duration.ofMinutes(90))
                    .withGateWithin(Duration.ofMillis(1_500)))
            .withFreeze(FreezeBudget.undoing(Duration.ofMillis(90_500)))
            .withLockstep(Lockstep.together().withPatience(Duration.ofMillis(45_500)));

    private JournalSamples() {}

    static BatchPlan plan(String fingerprint, String requestId, BatchOperation operation) {
        MigrationTask full = MigrationTask.builder(ORDERS)
                .name(STRANGE)
                .status(TaskStatus.RUNNING)
                .type(MigrationType.complete())
                .stage(Stage.FORWARD_SWITCHOVER, StageProgress.State.RUNNING)
                .switchover(new SwitchoverProgress(
                        SwitchoverStep.START_FORWARD_SWITCHOVER, SwitchoverProgress.State.WAITING))
                .alertLevel(AlertLevel.HIGH)
                .latestTimestamp(NOW.minusSeconds(3))
                .tags(Set.of("shard-1", STRANGE))
                .revision(new Revision("r-17"))
                .build();
        MigrationTask bare = MigrationTask.builder(STOCK).build();
        TaskRef denied = new TaskRef("oms-eu", "denied");
        TaskRef missing = new TaskRef("oms-eu", STRANGE);
        TaskRef unreadable = new TaskRef("oms-eu", "unreadable");
        BatchRequest request =
                BatchRequest.of(requestId, ZOE, operation, List.of(ORDERS, STOCK, denied, missing, unreadable));
        return new BatchPlan(
                fingerprint,
                operation.equals(BatchOperation.stop()) ? request.with(POLICY) : request,
                NOW,
                NOW.plus(Duration.ofMinutes(10)),
                List.of(
                        new PlanEntry.Eligible(full),
                        new PlanEntry.Ineligible(STOCK, bare, List.of(new Reason("WRONG_STATUS", STRANGE))),
                        new PlanEntry.Denied(denied),
                        new PlanEntry.NotFound(missing),
                        new PlanEntry.Ineligible(
                                unreadable,
                                null,
                                List.of(new Reason("UNREADABLE", "no answer"), new Reason("OTHER", "another")))),
                List.of(new Lane(
                        1,
                        MigrationType.complete(),
                        SwitchoverDirection.FORWARD,
                        SwitchoverStep.START_FORWARD_SWITCHOVER,
                        List.of(ORDERS))),
                List.of("the journal forgets at exit", STRANGE));
    }

    static Approval approval(String plan, String actor, boolean granted, int seconds) {
        return new Approval(plan, new Actor(actor), granted, "because " + STRANGE, NOW.plusSeconds(seconds));
    }

    static RunRecord run(String runId, String requestId) {
        return run(runId, requestId, BatchOperation.stop());
    }

    static RunRecord run(String runId, String requestId, BatchOperation operation) {
        return run(runId, requestId, operation, ZOE, NOW.plusSeconds(1));
    }

    static RunRecord run(
            String runId, String requestId, BatchOperation operation, Actor confirmedBy, Instant startedAt) {
        return new RunRecord(
                runId,
                plan("fingerprint-of-" + requestId, requestId, operation),
                new Confirmation(
                        "fingerprint-of-" + requestId, confirmedBy, "line one\nline two " + STRANGE, Set.of(STOCK)),
                startedAt);
    }

    /** A run with tasks of two platforms. */
    static RunRecord acrossPlatforms(String runId, String requestId) {
        BatchPlan plan = new BatchPlan(
                "fingerprint-of-" + requestId,
                BatchRequest.of(requestId, ZOE, BatchOperation.stop(), List.of(ORDERS, ORDERS_ELSEWHERE)),
                NOW,
                NOW.plus(Duration.ofMinutes(10)),
                List.of(new PlanEntry.NotFound(ORDERS), new PlanEntry.NotFound(ORDERS_ELSEWHERE)),
                List.of(),
                List.of());
        return new RunRecord(runId, plan, plan.confirm(ZOE, "both"), NOW.plusSeconds(1));
    }

    /** A run that takes tasks of another one up once more. */
    static RunRecord redrive(String runId, String redriveOf, Instant startedAt) {
        RunRecord run = run(runId, "q-" + runId, BatchOperation.stop(), ZOE, startedAt);
        BatchPlan plan = run.plan();
        return new RunRecord(
                runId,
                new BatchPlan(
                        plan.fingerprint(),
                        plan.request().redriving(redriveOf),
                        plan.plannedAt(),
                        plan.validUntil(),
                        plan.entries(),
                        plan.lanes(),
                        plan.warnings()),
                run.confirmation(),
                startedAt);
    }

    static RunCommand command(String id, String runId) {
        return new RunCommand(
                id, runId, NOW.plusSeconds(2), "CONFIRM", Map.of("reason", "line one\nline two " + STRANGE, "=", ""));
    }

    static JournalRecord answer(String commandId) {
        return new JournalRecord(
                NOW.plusSeconds(3),
                JournalRecord.Kind.ANSWERED,
                null,
                "ACCEPTED",
                Map.of("command", commandId, "text", "done"));
    }

    static JournalRecord fact(JournalRecord.Kind kind, TaskRef task, String code) {
        return new JournalRecord(NOW, kind, new Subject(task, "STOP", 1), code, Map.of("key", "k-1"));
    }

    static JournalRecord outcome(TaskRef task, TaskOutcome.Kind kind) {
        return fact(JournalRecord.Kind.OUTCOME, task, kind.name());
    }

    static List<JournalRecord> everyKind() {
        return List.of(
                fact(JournalRecord.Kind.INTENT, ORDERS, "COMMAND"),
                new JournalRecord(
                        NOW,
                        JournalRecord.Kind.RESULT,
                        new Subject(ORDERS, SwitchoverStep.STOP_FORWARD_SYNC.name(), 3),
                        "x".repeat(200),
                        Map.of("actor", "Zoë", "reason", "line one\nline two " + STRANGE, "empty", "", STRANGE, "key")),
                new JournalRecord(NOW.plusNanos(1_000), JournalRecord.Kind.PARKED, null, "WHY", Map.of()),
                new JournalRecord(
                        NOW,
                        JournalRecord.Kind.CONTROL,
                        new Subject(ORDERS_ELSEWHERE, "START", 0),
                        "CONFIRM",
                        Map.of("long", "y".repeat(1_000))),
                fact(JournalRecord.Kind.STEP_OVER, ORDERS, "DONE"),
                fact(JournalRecord.Kind.WAIVER, ORDERS, "CAUGHT_UP"),
                fact(JournalRecord.Kind.POINT_OF_NO_RETURN, ORDERS, "START_REVERSE_SYNC"),
                fact(JournalRecord.Kind.OUTCOME, ORDERS_ELSEWHERE, TaskOutcome.Kind.LEFT_AT.name()),
                fact(JournalRecord.Kind.RELEASED, ORDERS_ELSEWHERE, "SETTLED"),
                answer("nobody-sent-it"),
                new JournalRecord(NOW, JournalRecord.Kind.TAKEN_OVER, null, "engine-2", Map.of()),
                new JournalRecord(NOW, JournalRecord.Kind.ENDED, null, "ENDED", Map.of()));
    }

    static List<JournalRecord> everyTaskFact() {
        return everyKind().stream().filter(fact -> fact.subject() != null).toList();
    }

    static JournalRecord runFact(JournalRecord.Kind kind) {
        return runFact(kind, kind.name(), NOW);
    }

    static JournalRecord runFact(JournalRecord.Kind kind, String code, Instant at) {
        return new JournalRecord(at, kind, null, code, Map.of());
    }
}
