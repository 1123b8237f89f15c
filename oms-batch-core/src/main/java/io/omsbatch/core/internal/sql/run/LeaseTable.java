package io.omsbatch.core.internal.sql.run;

import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.Lease;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.journal.TakenRun;
import io.omsbatch.core.internal.fact.RunStanding;
import io.omsbatch.core.internal.sql.FlatText;
import io.omsbatch.core.internal.sql.Sql;
import io.omsbatch.core.internal.sql.Transactions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which engine owns which run, and until when. Every writer locks the row of its run first, so a takeover is over before the next
 * write looks at the token. The clock is the database's, read once the lock is held, so that waiting shortens no lease.
 */
public final class LeaseTable {

    private final Transactions transactions;

    /** Creates it. */
    public LeaseTable(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Begins the first lease of a run. */
    static void insert(Sql sql, RunRecord run, FencingToken token, Lease lease, String head) throws SQLException {
        RunStanding standing = RunStanding.begun(run.startedAt());
        sql.update(
                "INSERT INTO {lease} (run_id, token, owner, expires_at, last_seq, hash, state, state_since, why, paused)"
                        + " VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, ?)",
                FlatText.id(run.runId()),
                token.value(),
                FlatText.id(lease.owner()),
                end(sql, lease),
                head,
                standing.state().name(),
                standing.since(),
                standing.why(),
                standing.paused());
    }

    private static Instant end(Sql sql, Lease lease) throws SQLException {
        return sql.now().plus(lease.duration());
    }

    /** Renews in small transactions, so that the writers of other runs wait for none of them long. */
    public Set<String> renew(Lease lease, Map<String, FencingToken> runs) {
        List<String> ids = List.copyOf(new TreeSet<>(runs.keySet()));
        Set<String> lost = new HashSet<>();
        for (int from = 0; from < ids.size(); from += Sql.CHUNK) {
            List<String> part = ids.subList(from, Math.min(from + Sql.CHUNK, ids.size()));
            lost.addAll(transactions.run("-", (sql, inDoubt) -> renew(sql, lease, part, runs)));
        }
        return lost;
    }

    private static Set<String> renew(Sql sql, Lease lease, List<String> part, Map<String, FencingToken> runs)
            throws SQLException {
        Map<String, Ownership> owners = Ownership.lock(sql, part);
        Set<String> lost = new HashSet<>();
        List<Object> kept = new ArrayList<>();
        for (String run : part) {
            Ownership owner = owners.get(run);
            if (owner == null || !owner.token().equals(runs.get(run))) {
                lost.add(run);
            } else {
                kept.add(FlatText.id(run));
            }
        }
        if (!kept.isEmpty()) {
            List<Object> values = new ArrayList<>(List.of(FlatText.id(lease.owner()), end(sql, lease)));
            values.addAll(kept);
            sql.update(
                    "UPDATE {lease} SET owner = ?, expires_at = ? WHERE run_id IN " + Sql.marks(kept.size(), "?"),
                    values.toArray());
        }
        return lost;
    }

    /** Ends a lease now, if the token is the newest. */
    public void release(String runId, FencingToken token) {
        transactions.run(
                runId,
                (sql, inDoubt) -> sql.update(
                        "UPDATE {lease} SET expires_at = {now} WHERE run_id = ? AND token = ?",
                        FlatText.id(runId),
                        token.value()));
    }

    /** Returns runs that somebody should take over, those first whose lease ended first. */
    public List<String> abandoned(Set<String> platforms, int most) {
        List<Object> values = new ArrayList<>();
        new TreeSet<>(platforms).forEach(platform -> values.add(FlatText.id(platform)));
        String within = platforms.isEmpty()
                ? ""
                : " AND NOT EXISTS (SELECT 1 FROM {run} r JOIN {plan_task} t ON t.plan_id = r.plan_id"
                        + " WHERE r.run_id = l.run_id AND t.platform NOT IN " + Sql.marks(values.size(), "?") + ")";
        values.add(most);
        // the clock as a query of its own is read once, so that the index finds the beginning
        return transactions.run(
                "-",
                (sql, inDoubt) -> sql.query(
                        "SELECT l.run_id FROM {lease} l WHERE l.state IN ('RUNNING', 'PAUSED')"
                                + " AND l.expires_at <= (SELECT {now})" + within
                                + " ORDER BY l.expires_at, l.run_id LIMIT ?",
                        row -> row.id("run_id"),
                        values.toArray()));
    }

    /** Takes a run over, if its lease is over. */
    public Optional<TakenRun> takeOver(String runId, Lease lease) {
        AtomicLong tried = new AtomicLong();
        return transactions.run(runId, (sql, inDoubt) -> {
            Ownership before = Ownership.lock(sql, Set.of(runId)).get(runId);
            if (before == null || before.ended()) {
                return Optional.empty();
            }
            boolean mine = inDoubt
                    && before.owner().equals(lease.owner())
                    && before.token().value() == tried.get();
            if (!mine && before.expiresAt().isAfter(sql.now())) {
                return Optional.empty();
            }
            // also after a commit in doubt that did come through: each caller that gets the run has a token of its own
            FencingToken token = new FencingToken(before.token().value() + 1);
            tried.set(token.value());
            sql.update(
                    "UPDATE {lease} SET token = ?, owner = ?, expires_at = ? WHERE run_id = ?",
                    token.value(),
                    FlatText.id(lease.owner()),
                    end(sql, lease),
                    FlatText.id(runId));
            return RunTable.load(sql, "run_id", runId).map(run -> new TakenRun(run, token));
        });
    }
}
