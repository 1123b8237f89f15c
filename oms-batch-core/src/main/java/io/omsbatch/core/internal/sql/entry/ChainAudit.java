package io.omsbatch.core.internal.sql.entry;

import io.omsbatch.api.journal.AuditCheck;
import io.omsbatch.api.journal.AuditCheck.Verdict;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.audit.HashChain;
import io.omsbatch.core.internal.sql.FlatText;
import io.omsbatch.core.internal.sql.Sql;
import io.omsbatch.core.internal.sql.Transactions;
import io.omsbatch.core.internal.sql.plan.ChainedTable;
import io.omsbatch.core.internal.sql.plan.ConfirmedSeal;
import io.omsbatch.core.internal.sql.run.Ownership;
import io.omsbatch.core.internal.sql.run.RunTable;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checks the hash chain of a run, page by page, against what the run's row and its lease say it must be. */
public final class ChainAudit {

    static final int PAGE = 1_000;

    /** What is kept beside the rows: the hash over the confirmed run, and how far it is written, with which head. */
    private record Kept(List<Object> run, String seal, long lastSequence, String head) {}

    private final Transactions transactions;
    private final Supplier<HashChain> chains;
    private final @Nullable Supplier<HashChain> unkeyed;

    /**
     * Creates it.
     *
     * @param chains makes chains as this journal does
     * @param unkeyed makes chains without a key, if this journal has one, to tell what was written before it had
     */
    public ChainAudit(Transactions transactions, Supplier<HashChain> chains, @Nullable Supplier<HashChain> unkeyed) {
        this.transactions = transactions;
        this.chains = chains;
        this.unkeyed = unkeyed;
    }

    /** Checks the chain of a run. */
    public AuditCheck check(String runId) {
        Optional<Kept> kept = transactions.run(runId, (sql, inDoubt) -> kept(sql, runId));
        if (kept.isEmpty()) {
            return purged(runId).orElseThrow(() -> Ownership.noSuchRun(runId));
        }
        AuditCheck check = check(runId, kept.get());
        return check.verdict() == Verdict.BROKEN ? purged(runId).orElse(check) : check;
    }

    private static Optional<Kept> kept(Sql sql, String runId) throws SQLException {
        return sql
                .query(
                        ChainedTable.RUN.select(
                                        "hash",
                                        "(SELECT l.last_seq FROM {lease} l WHERE l.run_id = {run}.run_id) AS last_seq",
                                        "(SELECT l.hash FROM {lease} l WHERE l.run_id = {run}.run_id) AS head")
                                + "run_id = ?",
                        row -> {
                            row.requireFormat(RunTable.FORMAT);
                            return new Kept(
                                    ChainedTable.RUN.values(row),
                                    row.text("hash"),
                                    row.number("last_seq"),
                                    String.valueOf(row.textOrNull("head")));
                        },
                        FlatText.id(runId))
                .stream()
                .findFirst();
    }

    private Optional<AuditCheck> purged(String runId) {
        return transactions.run(
                runId,
                (sql, inDoubt) -> sql
                        .query(
                                "SELECT purged_at, last_seq, hash FROM {purged} WHERE run_id = ?",
                                row -> new AuditCheck(
                                        Verdict.PURGED,
                                        0,
                                        row.text("hash"),
                                        "the run was purged at " + row.time("purged_at") + "; it had "
                                                + row.number("last_seq") + " facts"),
                                FlatText.id(runId))
                        .stream()
                        .findFirst());
    }

    private AuditCheck check(String runId, Kept kept) {
        String seal = seal(chains, runId, kept);
        if (!seal.equals(kept.seal())) {
            boolean withoutKey = unkeyed != null && seal(unkeyed, runId, kept).equals(kept.seal());
            return new AuditCheck(
                    Verdict.BROKEN,
                    0,
                    "",
                    withoutKey
                            ? "the run was opened by a journal without the key"
                            : "what was confirmed is not as it was when the run was opened: request, plan,"
                                    + " confirmation, reason or approval");
        }
        EntryAudit entries = new EntryAudit(transactions, chains.get(), unkeyed == null ? null : unkeyed.get(), runId);
        return entries.check(seal, kept.lastSequence(), kept.head());
    }

    /** The hash over the confirmed run as it is now. */
    private String seal(Supplier<HashChain> hashing, String runId, Kept kept) {
        ConfirmedSeal seal = new ConfirmedSeal(hashing.get());
        seal.add(ChainedTable.RUN, kept.run());
        Object planId = kept.run().get(2);
        seal.addAll(ChainedTable.PLAN, rows(ChainedTable.PLAN, "plan_id = ?", planId));
        seal.addAll(ChainedTable.PLAN_LANE, rows(ChainedTable.PLAN_LANE, "plan_id = ? ORDER BY lane", planId));
        rows(ChainedTable.ACKNOWLEDGED, "run_id = ?", FlatText.id(runId)).stream()
                .sorted(Comparator.comparing(ChainAudit::task))
                .forEach(row -> seal.add(ChainedTable.ACKNOWLEDGED, row));
        seal.addAll(ChainedTable.APPROVED, rows(ChainedTable.APPROVED, "run_id = ?", FlatText.id(runId)));
        List<List<Object>> page;
        long after = 0;
        do {
            page = rows(ChainedTable.PLAN_TASK, "plan_id = ? AND seq > ? ORDER BY seq LIMIT " + PAGE, planId, after);
            seal.addAll(ChainedTable.PLAN_TASK, page);
            after = page.isEmpty() ? after : ((Number) page.get(page.size() - 1).get(1)).longValue();
        } while (page.size() == PAGE);
        return seal.hash();
    }

    private static TaskRef task(List<Object> acknowledged) {
        return new TaskRef(
                FlatText.readId((String) acknowledged.get(1)), FlatText.readId((String) acknowledged.get(2)));
    }

    private List<List<Object>> rows(ChainedTable table, String condition, Object... values) {
        return transactions.run(
                "-", (sql, inDoubt) -> sql.query(table.select() + condition, table::values, List.of(values)));
    }
}
