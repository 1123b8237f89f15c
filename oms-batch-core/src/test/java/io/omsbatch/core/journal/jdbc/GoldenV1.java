package io.omsbatch.core.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.eligibility.Lane;
import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.AuditCheck;
import io.omsbatch.api.journal.ClaimHolder;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.journal.Lease;
import io.omsbatch.api.journal.RunCommand;
import io.omsbatch.api.journal.RunFilter;
import io.omsbatch.api.journal.RunOpening;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.journal.TakenRun;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.Approval;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.Confirmation;
import io.omsbatch.api.operation.FailureBudget;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.operation.Waves;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What lies in the golden journal of version 1. It never changes, as the journals of hosts do not. */
final class GoldenV1 {

    private static final Instant AT = Instant.parse("2026-03-01T10:20:30.123456Z");
    private static final String HEAD = "d420831a1b9ff51ed34e1998edae8719bbd7fe0e7158cb1dda4beac2e18b0c45";
    private static final RunPolicy POLICY = RunPolicy.none()
            .withBudget(FailureBudget.percent(2.5).soft())
            .withRamp()
            .withWaves(Waves.parse("1, 50%, tag:slow one, name:orders")
                    .withSoak(Duration.ofMinutes(90))
                    .withGateWithin(Duration.ofMillis(1_500)));
    private static final Set<JournalRecord.Kind> OF_RUN =
            Set.of(JournalRecord.Kind.WAVE, JournalRecord.Kind.PARKED, JournalRecord.Kind.TAKEN_OVER);
    private static final TaskRef ORDERS = new TaskRef("oms-eu", "orders");
    private static final TaskRef STOCK = new TaskRef("oms-eu", "stock ");
    private static final TaskRef DENIED = new TaskRef("oms-eu", "denied\\");
    private static final TaskRef MISSING = new TaskRef("oms-us", "订单 🚚");
    private static final TaskRef PLAIN = new TaskRef("oms-us", "plain");

    private static final Approval REJECTION =
            new Approval("fingerprint-saved", new Actor("Бен"), false, "not now,\nthe backup runs", AT);

    private GoldenV1() {}

    private static List<BatchOperation> operations() {
        return List.of(
                BatchOperation.start(),
                BatchOperation.stop(),
                BatchOperation.resume(),
                BatchOperation.end(),
                BatchOperation.delete(),
                BatchOperation.modifyAlertLevel(AlertLevel.HIGH),
                BatchOperation.skipFullVerification(),
                BatchOperation.enterForwardSwitchover(),
                BatchOperation.forwardSwitchover());
    }

    private static BatchPlan plan(String id, BatchOperation operation) {
        MigrationTask full = MigrationTask.builder(ORDERS)
                .name("Orders \0 \uD83D \\n\n=")
                .status(TaskStatus.RUNNING)
                .type(MigrationType.of(MigrationType.Part.FULL, MigrationType.Part.INCREMENTAL))
                .stage(Stage.FORWARD_SWITCHOVER, StageProgress.State.RUNNING)
                .switchover(
                        new SwitchoverProgress(SwitchoverStep.CONFIRM_WRITES_STOPPED, SwitchoverProgress.State.WAITING))
                .alertLevel(AlertLevel.LOW)
                .latestTimestamp(AT.plusNanos(7))
                .tags(Set.of("a", "b c"))
                .revision(new Revision("r-1"))
                .build();
        BatchRequest request = BatchRequest.of(
                "request-" + id, new Actor("Zoë"), operation, List.of(ORDERS, STOCK, DENIED, MISSING, PLAIN));
        return new BatchPlan(
                "fingerprint-" + id,
                operation.equals(BatchOperation.start())
                        ? request
                        : request.redriving("run-0").with(POLICY),
                AT,
                AT.plus(Duration.ofMinutes(10)),
                List.of(
                        new PlanEntry.Eligible(full),
                        new PlanEntry.Ineligible(
                                STOCK,
                                MigrationTask.builder(STOCK)
                                        .type(MigrationType.of())
                                        .build(),
                                List.of(new Reason("ONE", "first"), new Reason("TWO", "second, with = and \\"))),
                        new PlanEntry.Denied(DENIED),
                        new PlanEntry.NotFound(MISSING),
                        new PlanEntry.Ineligible(PLAIN, null, List.of(new Reason("UNREADABLE", "no answer")))),
                operation.equals(BatchOperation.forwardSwitchover())
                        ? List.of(new Lane(
                                1,
                                full.type(),
                                SwitchoverDirection.FORWARD,
                                SwitchoverStep.CONFIRM_WRITES_STOPPED,
                                List.of(ORDERS)))
                        : List.of(),
                List.of("the source is frozen", "second warning"));
    }

    private static RunRecord run(int number) {
        BatchPlan plan = plan("run-" + number, operations().get(number));
        return new RunRecord(
                "run-" + number,
                plan,
                new Confirmation(plan.fingerprint(), new Actor("Zoë"), "line one\nline two", Set.of(STOCK, PLAIN)),
                AT.plusSeconds(number),
                number % 2 == 0
                        ? new Approval(plan.fingerprint(), new Actor("Бен"), true, "seen,\nagreed", AT.plusSeconds(1))
                        : null);
    }

    private static List<JournalRecord> facts() {
        List<JournalRecord> facts = new ArrayList<>();
        for (JournalRecord.Kind kind : List.of(
                JournalRecord.Kind.INTENT,
                JournalRecord.Kind.RESULT,
                JournalRecord.Kind.STEP_OVER,
                JournalRecord.Kind.CONTROL,
                JournalRecord.Kind.WAIVER,
                JournalRecord.Kind.POINT_OF_NO_RETURN,
                JournalRecord.Kind.WAVE,
                JournalRecord.Kind.PARKED,
                JournalRecord.Kind.TAKEN_OVER)) {
            facts.add(new JournalRecord(
                    AT,
                    kind,
                    OF_RUN.contains(kind) ? null : new Subject(ORDERS, "STOP", 2),
                    "CODE_OF_" + kind,
                    Map.of("key", "k-1", "reason", "a=b\nc\\d", "empty", "")));
        }
        facts.add(new JournalRecord(
                AT, JournalRecord.Kind.OUTCOME, new Subject(ORDERS, "STOP", 2), "UNKNOWN", Map.of("code", "LOST")));
        facts.add(new JournalRecord(
                AT.plusSeconds(9), JournalRecord.Kind.OUTCOME, new Subject(STOCK, "STOP", 0), "SUCCEEDED", Map.of()));
        facts.add(new JournalRecord(
                AT, JournalRecord.Kind.ANSWERED, null, "ACCEPTED", Map.of("command", "command-1", "text", "done")));
        facts.add(new JournalRecord(AT.plusSeconds(9), JournalRecord.Kind.ENDED, null, "ENDED", Map.of()));
        return facts;
    }

    private static String standing(JournalStore store, String runId) {
        RunSummary.Standing standing = store.summary(runId).orElseThrow().standing();
        return standing.state() + (standing.why().isEmpty() ? "" : " (" + standing.why() + ")") + " since "
                + standing.since() + ", " + standing.owner();
    }

    private static JournalRecord parked() {
        return new JournalRecord(AT, JournalRecord.Kind.PARKED, null, "ENGINE_CLOSED", Map.of());
    }

    private static RunCommand command(String id, String runId) {
        return new RunCommand(id, runId, AT, "CONFIRM", Map.of("reason", "a=b\nc\\d", "step", "ALL"));
    }

    private static JournalRecord paused() {
        return new JournalRecord(AT.plusSeconds(7), JournalRecord.Kind.CONTROL, null, "PAUSE", Map.of("actor", "Zoë"));
    }

    private static JournalRecord released() {
        return new JournalRecord(
                AT.plusSeconds(8), JournalRecord.Kind.RELEASED, new Subject(PLAIN, "DELETE", 1), "UNSETTLED", Map.of());
    }

    /** Writes it into an empty journal; done once for each version. */
    static void write(JdbcJournalStore store) {
        store.savePlan(plan("saved", BatchOperation.end()), AT);
        store.saveApproval(REJECTION);
        for (int number = 0; number < operations().size(); number++) {
            RunOpening unused = store.open(run(number), new Lease("engine 1 ", Duration.ofMillis(1)));
        }
        FencingToken token = new FencingToken(1);
        assertThat(store.claim("run-1", token, Set.of(ORDERS, STOCK), false, AT))
                .isEmpty();
        assertThat(store.claim("run-2", token, Set.of(MISSING), false, AT)).isEmpty();
        store.send(command("command-1", "run-1"));
        store.send(command("command-2", "run-2"));
        store.send(command("command 1 ", "run-2"));
        assertThat(store.claim("run-4", token, Set.of(PLAIN), false, AT)).isEmpty();
        store.append("run-4", token, List.of(paused(), released()));
        store.append("run-1", token, facts().subList(0, 4));
        store.append("run-1", token, facts().subList(4, facts().size()));
        store.append("run-5", token, List.of(parked()));
        RunOpening unused = store.open(
                new RunRecord(
                        "purged",
                        plan("purged", BatchOperation.start()),
                        new Confirmation("fingerprint-purged", new Actor("Zoë"), "why", Set.of()),
                        AT),
                new Lease("engine 1 ", Duration.ofMillis(1)));
        store.append(
                "purged",
                token,
                List.of(new JournalRecord(AT.minusSeconds(99), JournalRecord.Kind.ENDED, null, "ENDED", Map.of())));
        assertThat(store.purge(Duration.ofSeconds(1), 1)).isEqualTo(1);
    }

    /** Reads it back as it was written, and goes on with it. */
    static void check(JournalStore store) {
        assertThat(store.plan("fingerprint-saved")).contains(plan("saved", BatchOperation.end()));
        assertThat(store.approvals("fingerprint-saved")).containsExactly(REJECTION);
        for (int number = 0; number < operations().size(); number++) {
            assertThat(store.run("run-" + number)).isEqualTo(Optional.of(run(number)));
            assertThat(store.runOfRequest("request-run-" + number)).contains(run(number));
        }
        List<JournalEntry> entries = store.read("run-1", 0, 100);
        assertThat(entries.stream().map(JournalEntry::record)).isEqualTo(facts());
        assertThat(entries.stream().map(JournalEntry::sequence)).last().isEqualTo(13L);
        assertThat(store.abandoned(Set.of(), 100))
                .containsExactly("run-0", "run-2", "run-3", "run-4", "run-6", "run-7", "run-8");
        assertThat(store.answer("run-1", "command-1")).contains(facts().get(11));
        assertThat(store.commands(Set.of("run-1", "run-2", "run-3"), 10))
                .containsExactly(command("command-2", "run-2"), command("command 1 ", "run-2"));
        assertThat(standing(store, "run-0")).isEqualTo("RUNNING since 2026-03-01T10:20:30.123456Z, engine 1 ");
        assertThat(standing(store, "run-1")).isEqualTo("ENDED since 2026-03-01T10:20:39.123456Z, engine 1 ");
        assertThat(standing(store, "run-4")).isEqualTo("PAUSED since 2026-03-01T10:20:37.123456Z, engine 1 ");
        assertThat(standing(store, "run-5"))
                .isEqualTo("PARKED (ENGINE_CLOSED) since 2026-03-01T10:20:30.123456Z, engine 1 ");
        assertThat(store.runs(RunFilter.all(), null, 100).runs().stream().map(RunSummary::runId))
                .containsExactly("run-8", "run-7", "run-6", "run-5", "run-4", "run-3", "run-2", "run-1", "run-0");
        for (int number = 0; number < operations().size(); number++) {
            assertThat(store.audit("run-" + number).verdict()).isEqualTo(AuditCheck.Verdict.INTACT);
        }
        assertThat(store.audit("run-1")).isEqualTo(new AuditCheck(AuditCheck.Verdict.INTACT, 13, HEAD, ""));
        assertThat(store.audit("purged").verdict()).isEqualTo(AuditCheck.Verdict.PURGED);
        assertThat(store.run("purged")).isEmpty();
        FencingToken second = new FencingToken(2);
        for (int number : List.of(4, 5)) {
            assertThat(store.takeOver("run-" + number, new Lease("engine-2", Duration.ofMinutes(10))))
                    .contains(new TakenRun(run(number), second));
        }
        assertThat(store.read("run-5", 0, 10))
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("hash")
                .containsExactly(new JournalEntry(1, new FencingToken(1), parked()));
        FencingToken token = new FencingToken(1);
        assertThat(store.claim("run-3", token, Set.of(ORDERS, STOCK, MISSING, PLAIN), false, AT))
                .isEqualTo(Map.of(
                        ORDERS, new ClaimHolder("run-1", AT, true),
                        MISSING, new ClaimHolder("run-2", AT, false),
                        PLAIN, new ClaimHolder("run-4", AT.plusSeconds(8), true)));
        JournalRecord next = new JournalRecord(AT, JournalRecord.Kind.RESULT, null, "NEXT", Map.of());
        store.append("run-3", token, List.of(next));
        assertThat(store.read("run-3", 0, 10))
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("hash")
                .containsExactly(new JournalEntry(1, token, next));
    }
}
