package io.omsbatch.core.journal.jdbc;

import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.journal.Lease;
import io.omsbatch.api.journal.RunOpening;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.Confirmation;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.plan.PlanEntry;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plans, runs and facts. */
final class Samples {

    static final Instant NOW = Instant.parse("2026-03-01T10:20:30.123456Z");
    static final TaskRef ORDERS = new TaskRef("oms-eu", "orders");
    static final TaskRef STOCK = new TaskRef("oms-eu", "stock");

    /** Longer than any test. */
    static final Lease LEASE = new Lease("engine-1", Duration.ofMinutes(10));

    private Samples() {}

    static BatchPlan plan(String fingerprint, String requestId, PlanEntry... entries) {
        return new BatchPlan(
                fingerprint,
                BatchRequest.of(
                        requestId,
                        new Actor("Zoë"),
                        BatchOperation.stop(),
                        List.of(entries).stream().map(PlanEntry::ref).toList()),
                NOW,
                NOW.plus(Duration.ofMinutes(10)),
                List.of(entries),
                List.of(),
                List.of());
    }

    static PlanEntry eligible(TaskRef task) {
        return new PlanEntry.Eligible(MigrationTask.builder(task).build());
    }

    static PlanEntry ineligible(TaskRef task, String reason) {
        return new PlanEntry.Ineligible(task, null, List.of(new Reason("WRONG_STATUS", reason)));
    }

    static RunRecord run(String id) {
        return run(id, plan("plan-of-" + id, "request-of-" + id, eligible(ORDERS), eligible(STOCK)));
    }

    static RunRecord run(String id, BatchPlan plan) {
        return new RunRecord(
                id,
                plan,
                new Confirmation(plan.fingerprint(), new Actor("Zoë"), "window 17", Set.of(STOCK)),
                NOW.plusSeconds(1));
    }

    static FencingToken opened(JournalStore store, String id) {
        if (store.open(run(id), LEASE) instanceof RunOpening.Opened opened) {
            return opened.token();
        }
        throw new AssertionError("run " + id + " was there");
    }

    static JournalRecord fact(JournalRecord.Kind kind, TaskRef task, String code) {
        return new JournalRecord(NOW, kind, new Subject(task, "STOP", 1), code, Map.of("key", "k-1"));
    }

    static JournalRecord note(String code) {
        return new JournalRecord(NOW, JournalRecord.Kind.RESULT, null, code, Map.of());
    }

    static JournalRecord ended(Instant at) {
        return new JournalRecord(at, JournalRecord.Kind.ENDED, null, "ENDED", Map.of());
    }
}
