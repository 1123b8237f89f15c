package io.omsbatch.core.internal.sql.run;

import io.omsbatch.core.internal.sql.FlatText;
import io.omsbatch.core.internal.sql.Sql;
import io.omsbatch.core.internal.sql.Transactions;
import io.omsbatch.core.internal.sql.plan.PlanTable;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes ended runs. A run goes in one small transaction that leaves a stub; its rows, which nobody finds any more, follow in
 * further small ones. What a crash leaves half done is finished by the next purge.
 */
public final class Retention {

    /** Rows deleted in one transaction at most. */
    static final int ROWS_AT_ONCE = 1_000;

    private record Stub(String runId, long planId) {}

    private final Transactions transactions;

    /** Creates it. */
    public Retention(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Removes runs that ended so long ago, by the store's clock; returns how many. */
    public int purge(Duration endedAgo, int most) {
        finishStubs();
        Instant endedBefore = transactions.run("-", (sql, inDoubt) -> sql.now()).minus(endedAgo);
        int purged = 0;
        while (purged < most && purgeOne(endedBefore)) {
            purged++;
            finishStubs();
        }
        return purged;
    }

    private boolean purgeOne(Instant endedBefore) {
        return transactions.run("-", (sql, inDoubt) -> {
            List<String> oldest = sql.query(
                    "SELECT run_id FROM {run} WHERE ended_at < ? ORDER BY ended_at LIMIT 1",
                    row -> row.id("run_id"),
                    endedBefore);
            if (oldest.isEmpty()) {
                return false;
            }
            String runId = oldest.get(0);
            if (Ownership.lock(sql, oldest).isEmpty()) {
                return true; // another purge was faster
            }
            sql.update(
                    "INSERT INTO {purged} (run_id, request_id, plan_id, operation, confirmed_plan, confirmed_by,"
                            + " started_at, ended_at, purged_at, last_seq, hash, remains)"
                            + " SELECT r.run_id, r.request_id, r.plan_id, r.operation, r.confirmed_plan,"
                            + " r.confirmed_by, r.started_at, r.ended_at, {now}, l.last_seq, l.hash, TRUE"
                            + " FROM {run} r JOIN {lease} l ON l.run_id = r.run_id WHERE r.run_id = ?",
                    FlatText.id(runId));
            for (long planId : sql.query(
                    "SELECT plan_id FROM {run} WHERE run_id = ?", row -> row.number("plan_id"), FlatText.id(runId))) {
                PlanTable.forget(sql, planId);
            }
            sql.update("DELETE FROM {run} WHERE run_id = ?", FlatText.id(runId));
            sql.update("DELETE FROM {lease} WHERE run_id = ?", FlatText.id(runId));
            sql.update("DELETE FROM {acknowledged} WHERE run_id = ?", FlatText.id(runId));
            sql.update("DELETE FROM {approved} WHERE run_id = ?", FlatText.id(runId));
            sql.update("DELETE FROM {command} WHERE run_id = ?", FlatText.id(runId));
            sql.update("DELETE FROM {claim} WHERE run_id = ? AND unsettled = FALSE", FlatText.id(runId));
            return true;
        });
    }

    private void finishStubs() {
        List<Stub> stubs = transactions.run(
                "-",
                (sql, inDoubt) -> sql.query(
                        "SELECT run_id, plan_id FROM {purged} WHERE remains = TRUE",
                        row -> new Stub(row.id("run_id"), row.number("plan_id"))));
        for (Stub stub : stubs) {
            drain(stub.runId(), "{entry}", "run_id", FlatText.id(stub.runId()));
            drain(stub.runId(), "{plan_task}", "plan_id", stub.planId());
            transactions.run(stub.runId(), (sql, inDoubt) -> {
                PlanTable.delete(sql, stub.planId());
                return sql.update("UPDATE {purged} SET remains = FALSE WHERE run_id = ?", FlatText.id(stub.runId()));
            });
        }
    }

    private void drain(String runId, String table, String key, Object value) {
        boolean more = true;
        while (more) {
            more = transactions.run(runId, (sql, inDoubt) -> {
                List<Long> last = lastOfPart(sql, table, key, value);
                if (last.isEmpty()) {
                    return false;
                }
                List<Object> values = new ArrayList<>(List.of(value, last.get(last.size() - 1)));
                sql.update("DELETE FROM " + table + " WHERE " + key + " = ? AND seq <= ?", values.toArray());
                return last.size() == ROWS_AT_ONCE;
            });
        }
    }

    private static List<Long> lastOfPart(Sql sql, String table, String key, Object value) throws SQLException {
        return sql.query(
                "SELECT seq FROM " + table + " WHERE " + key + " = ? ORDER BY seq LIMIT " + ROWS_AT_ONCE,
                row -> row.number("seq"),
                value);
    }
}
