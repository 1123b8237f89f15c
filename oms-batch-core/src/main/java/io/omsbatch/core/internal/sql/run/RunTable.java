package io.omsbatch.core.internal.sql.run;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.Lease;
import io.omsbatch.api.journal.RunOpening;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.Confirmation;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.audit.HashChain;
import io.omsbatch.core.internal.fact.RunStanding;
import io.omsbatch.core.internal.sql.FlatText;
import io.omsbatch.core.internal.sql.NotUnderstood;
import io.omsbatch.core.internal.sql.Row;
import io.omsbatch.core.internal.sql.Sql;
import io.omsbatch.core.internal.sql.Transactions;
import io.omsbatch.core.internal.sql.plan.ChainedTable;
import io.omsbatch.core.internal.sql.plan.ConfirmedSeal;
import io.omsbatch.core.internal.sql.plan.PlanRows;
import io.omsbatch.core.internal.sql.plan.PlanTable;
import io.omsbatch.core.internal.sql.plan.SavedPlans;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Plans awaiting consent, and confirmed runs. */
public final class RunTable {

    /** The form of a row that this version writes. */
    public static final int FORMAT = 1;

    private static final FencingToken FIRST = new FencingToken(1);

    private final Transactions transactions;
    private final LongSupplier ids;
    private final Supplier<HashChain> chains;
    private final SavedPlans saved = new SavedPlans();

    /** Creates it; the numbers are unique in the journal. */
    public RunTable(Transactions transactions, LongSupplier ids, Supplier<HashChain> chains) {
        this.transactions = transactions;
        this.ids = ids;
        this.chains = chains;
    }

    /** Keeps a plan until it expires. */
    public void savePlan(BatchPlan plan, Instant now) {
        PlanTable.check(plan);
        Sql.kept("JournalStore.savePlan.now", now);
        long planId = transactions.run("-", (sql, inDoubt) -> {
            long id = ids.getAsLong();
            PlanTable.save(sql, id, plan, now);
            return id;
        });
        saved.keep(planId, plan);
    }

    /** Finds a plan that was saved, also after a run was opened with it. */
    public Optional<BatchPlan> plan(String fingerprint) {
        return transactions.run("-", (sql, inDoubt) -> {
            Optional<Long> found = PlanTable.find(sql, fingerprint);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            BatchPlan kept = saved.find(found.get());
            return Optional.of(kept == null ? PlanTable.load(sql, found.get()) : kept);
        });
    }

    /** Opens a run, unless its request has one. */
    public RunOpening open(RunRecord run, Lease lease) {
        PlanTable.check(run.plan());
        Sql.kept("RunRecord.startedAt", run.startedAt());
        return transactions.run(run.runId(), (sql, inDoubt) -> {
            String requestId = run.plan().request().requestId();
            Optional<RunRecord> there = load(sql, "request_id", requestId);
            if (there.isPresent()) {
                RunRecord known = there.get();
                return inDoubt && known.runId().equals(run.runId())
                        ? new RunOpening.Opened(FIRST)
                        : new RunOpening.AlreadyThere(known);
            }
            refuseIfTaken(sql, run.runId());
            insert(sql, run, lease);
            return new RunOpening.Opened(FIRST);
        });
    }

    private static void refuseIfTaken(Sql sql, String runId) throws SQLException {
        List<Long> taken = sql.query(
                "SELECT 1 AS found FROM {run} WHERE run_id = ?"
                        + " UNION ALL SELECT 1 AS found FROM {purged} WHERE run_id = ?",
                row -> row.number("found"),
                FlatText.id(runId),
                FlatText.id(runId));
        if (!taken.isEmpty()) {
            throw new InvalidInputException(
                    "RunRecord.runId", "is " + runId + ", which another request's run bears or bore; choose a new one");
        }
    }

    private void insert(Sql sql, RunRecord run, Lease lease) throws SQLException {
        Optional<Long> there = PlanTable.find(sql, run.plan().fingerprint())
                .filter(planId -> run.plan().equals(saved.find(planId)));
        long planId = there.isPresent() ? there.get() : ids.getAsLong();
        Confirmation confirmation = run.confirmation();
        List<Object> row = new ArrayList<>(List.of(
                FlatText.id(run.runId()),
                FlatText.id(run.plan().request().requestId()),
                planId,
                run.plan().request().operation().kind().name(),
                FlatText.id(confirmation.fingerprint()),
                FlatText.id(confirmation.actor().name()),
                FlatText.text(confirmation.reason()),
                run.startedAt(),
                FORMAT));
        PlanRows plan = PlanRows.of(planId, run.plan());
        List<List<Object>> acknowledged = new TreeSet<>(confirmation.acknowledgedUnknown())
                .stream()
                        .map(task -> List.<Object>of(
                                FlatText.id(run.runId()), FlatText.id(task.platform()), FlatText.id(task.id())))
                        .toList();
        List<List<Object>> approved = ApprovalTable.rowsOf(run);
        String seal = ConfirmedSeal.of(chains.get(), row, plan, acknowledged, approved);
        row.add(seal);
        row.add(RunStanding.begun(run.startedAt()).state().name());
        String redriveOf = run.plan().request().redriveOf();
        row.add(Sql.orMissing(redriveOf == null ? null : FlatText.id(redriveOf)));
        // first, because its keys decide which of several openings goes on
        sql.update(ChainedTable.RUN.insert("hash", "state", "redrive_of"), row.toArray());
        LeaseTable.insert(sql, run, FIRST, lease, seal);
        sql.batch(ChainedTable.ACKNOWLEDGED.insert(), acknowledged);
        sql.batch(ChainedTable.APPROVED.insert(), approved);
        if (there.isEmpty()) {
            PlanTable.insert(sql, plan, Sql.Missing.TEXT);
        }
    }

    /** Finds a run. */
    public Optional<RunRecord> run(String runId) {
        return transactions.run(runId, (sql, inDoubt) -> load(sql, "run_id", runId));
    }

    /** Finds a run by its request. */
    public Optional<RunRecord> runOfRequest(String requestId) {
        return transactions.run("-", (sql, inDoubt) -> load(sql, "request_id", requestId));
    }

    static Optional<RunRecord> load(Sql sql, String column, String id) throws SQLException {
        String byId = "SELECT * FROM {run} WHERE " + column + " = ?";
        try {
            return sql.query(byId, row -> record(sql, row), FlatText.id(id)).stream()
                    .findFirst();
        } catch (NotUnderstood half) {
            if (sql.query(byId, row -> row.id("run_id"), FlatText.id(id)).isEmpty()) {
                return Optional.empty(); // purged while it was read
            }
            throw half;
        }
    }

    private static RunRecord record(Sql sql, Row row) throws SQLException {
        row.requireFormat(FORMAT);
        String runId = row.id("run_id");
        List<TaskRef> acknowledged = sql.query(
                "SELECT platform, task FROM {acknowledged} WHERE run_id = ?",
                task -> new TaskRef(task.id("platform"), task.id("task")),
                FlatText.id(runId));
        return new RunRecord(
                runId,
                PlanTable.load(sql, row.number("plan_id")),
                new Confirmation(
                        row.id("confirmed_plan"),
                        new Actor(row.id("confirmed_by")),
                        FlatText.readText(row.text("reason")),
                        new HashSet<>(acknowledged)),
                row.time("started_at"),
                ApprovalTable.ofRun(sql, runId, row.id("confirmed_plan")));
    }
}
