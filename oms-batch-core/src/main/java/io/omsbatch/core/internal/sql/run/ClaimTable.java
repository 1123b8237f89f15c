package io.omsbatch.core.internal.sql.run;

import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.ClaimHolder;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.sql.FlatText;
import io.omsbatch.core.internal.sql.Sql;
import io.omsbatch.core.internal.sql.Transactions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which run holds which task. Claiming looks with locks and writes in one transaction; when another run claims the same free
 * task at the same time, the key of the table lets one through and the other looks again.
 */
public final class ClaimTable {

    private record Claim(TaskRef task, ClaimHolder holder) {}

    private final Transactions transactions;

    /** Creates it. */
    public ClaimTable(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Claims tasks; returns who holds those that were refused. */
    public Map<TaskRef, ClaimHolder> claim(
            String runId, FencingToken token, Set<TaskRef> tasks, boolean overUnsettled, Instant now) {
        return transactions.run(runId, (sql, inDoubt) -> {
            JournalException refusal = Ownership.refusal(
                    runId, Ownership.lockToClaim(sql, Set.of(runId)).get(runId), token);
            if (refusal != null) {
                throw refusal;
            }
            return claim(sql, runId, new TreeSet<>(tasks), overUnsettled, now);
        });
    }

    private static Map<TaskRef, ClaimHolder> claim(
            Sql sql, String runId, Collection<TaskRef> tasks, boolean overUnsettled, Instant now) throws SQLException {
        Map<TaskRef, ClaimHolder> holders = lock(sql, tasks);
        Map<TaskRef, ClaimHolder> refused = new HashMap<>();
        List<List<Object>> free = new ArrayList<>();
        List<List<Object>> taken = new ArrayList<>();
        for (TaskRef task : tasks) {
            ClaimHolder holder = holders.get(task);
            List<Object> row = List.of(FlatText.id(runId), now, FlatText.id(task.platform()), FlatText.id(task.id()));
            boolean own = holder != null && holder.runId().equals(runId);
            if (holder == null) {
                free.add(row);
            } else if (holder.unsettled() && (overUnsettled || own)) {
                taken.add(row);
            } else if (!own) {
                refused.put(task, holder);
            }
        }
        sql.batch("UPDATE {claim} SET run_id = ?, since = ?, unsettled = FALSE WHERE platform = ? AND task = ?", taken);
        sql.batch("INSERT INTO {claim} (run_id, since, platform, task, unsettled) VALUES (?, ?, ?, ?, FALSE)", free);
        return refused;
    }

    /** Gives up the claims of a run, which must be locked; one statement for many, because a statement for each takes much longer. */
    public static void release(Sql sql, String runId, List<TaskRef> tasks) throws SQLException {
        for (int from = 0; from < tasks.size(); from += Sql.CHUNK) {
            List<TaskRef> part = tasks.subList(from, Math.min(from + Sql.CHUNK, tasks.size()));
            List<Object> values = keys(part);
            values.add(FlatText.id(runId));
            sql.update(
                    "DELETE FROM {claim} WHERE (platform, task) IN " + Sql.marks(part.size(), "(?, ?)")
                            + " AND run_id = ? AND unsettled = FALSE",
                    values.toArray());
        }
    }

    private static List<Object> keys(List<TaskRef> tasks) {
        List<Object> values = new ArrayList<>(tasks.size() * 2 + 1);
        for (TaskRef task : tasks) {
            values.add(FlatText.id(task.platform()));
            values.add(FlatText.id(task.id()));
        }
        return values;
    }

    /** Reads who holds tasks, in one order for all who do so, and locks their claims until the transaction ends. */
    public static Map<TaskRef, ClaimHolder> lock(Sql sql, Collection<TaskRef> tasks) throws SQLException {
        Map<TaskRef, ClaimHolder> holders = new HashMap<>();
        List<TaskRef> ordered = List.copyOf(new TreeSet<>(tasks));
        for (int from = 0; from < ordered.size(); from += Sql.CHUNK) {
            List<TaskRef> part = ordered.subList(from, Math.min(from + Sql.CHUNK, ordered.size()));
            List<Object> values = keys(part);
            sql.query(
                            "SELECT platform, task, run_id, since, unsettled FROM {claim} WHERE (platform, task) IN "
                                    + Sql.marks(part.size(), "(?, ?)") + " ORDER BY platform, task FOR UPDATE",
                            row -> new Claim(
                                    new TaskRef(row.id("platform"), row.id("task")),
                                    new ClaimHolder(row.id("run_id"), row.time("since"), row.flag("unsettled"))),
                            values)
                    .forEach(claim -> holders.put(claim.task(), claim.holder()));
        }
        return holders;
    }
}
