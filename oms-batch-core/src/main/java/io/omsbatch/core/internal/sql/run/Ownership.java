package io.omsbatch.core.internal.sql.run;

import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.core.internal.fact.RunStanding;
import io.omsbatch.core.internal.sql.FlatText;
import io.omsbatch.core.internal.sql.Row;
import io.omsbatch.core.internal.sql.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may write to a run, how far it is written, and how it stands.
 *
 * @param token the newest owner's token
 * @param owner the newest owner
 * @param expiresAt when the lease ends, by the store's clock
 * @param lastSequence the number of its last fact
 * @param head the hash of its last fact, or of what was confirmed
 * @param standing how it stands after that
 */
public record Ownership(
        FencingToken token, String owner, Instant expiresAt, long lastSequence, String head, RunStanding standing) {

    static final String COLUMNS =
            "l.token, l.owner, l.expires_at, l.last_seq, l.hash, l.state, l.state_since, l.why, l.paused";

    /** What belongs to one run. */
    private record OfRun(String runId, Ownership ownership) {}

    /** Reads what is known of runs and locks it until the transaction ends, so that nobody else does anything with them. */
    public static Map<String, Ownership> lock(Sql sql, Collection<String> runs) throws SQLException {
        return lock(sql, runs, "FOR UPDATE");
    }

    /** The same for whoever adds facts, so that tasks may be claimed for the runs meanwhile. */
    public static Map<String, Ownership> lockToAppend(Sql sql, Collection<String> runs) throws SQLException {
        return lock(sql, runs, "{for append}");
    }

    /** The same for whoever claims tasks, so that facts may be added meanwhile, and the runs are not taken over. */
    static Map<String, Ownership> lockToClaim(Sql sql, Collection<String> runs) throws SQLException {
        return lock(sql, runs, "{for claim}");
    }

    private static Map<String, Ownership> lock(Sql sql, Collection<String> runs, String lock) throws SQLException {
        Map<String, Ownership> found = new HashMap<>();
        List<Object> ids = new ArrayList<>();
        for (String run : runs) {
            ids.add(FlatText.id(run));
        }
        for (int from = 0; from < ids.size(); from += Sql.CHUNK) {
            List<Object> part = ids.subList(from, Math.min(from + Sql.CHUNK, ids.size()));
            sql.query(
                            "SELECT l.run_id, " + COLUMNS + " FROM {lease} l WHERE l.run_id IN "
                                    + Sql.marks(part.size(), "?") + " ORDER BY l.run_id " + lock,
                            row -> new OfRun(row.id("run_id"), read(row)),
                            part)
                    .forEach(run -> found.put(run.runId(), run.ownership()));
        }
        return found;
    }

    static Ownership read(Row row) throws SQLException {
        return new Ownership(
                new FencingToken(row.number("token")),
                row.id("owner"),
                row.time("expires_at"),
                row.number("last_seq"),
                row.text("hash"),
                new RunStanding(
                        row.oneOf(RunSummary.State.class, "state"),
                        row.time("state_since"),
                        row.text("why"),
                        row.flag("paused")));
    }

    /** Returns whether the run has ended. */
    public boolean ended() {
        return standing.state() == RunSummary.State.ENDED;
    }

    /** The same after one more fact with that hash. */
    public Ownership after(JournalRecord fact, String hash) {
        return new Ownership(token, owner, expiresAt, lastSequence + 1, hash, standing.after(fact));
    }

    /** Why a token may not write to a run, or null if it may. */
    public static @Nullable JournalException refusal(String runId, @Nullable Ownership owner, FencingToken token) {
        if (owner == null) {
            return noSuchRun(runId);
        }
        if (!owner.token().equals(token)) {
            return new JournalException(
                    JournalException.Kind.FENCED,
                    runId,
                    "run " + runId + " is owned with token " + owner.token() + ", not " + token,
                    null);
        }
        return null;
    }

    /** Returns the failure that there is no such run. */
    public static JournalException noSuchRun(String runId) {
        return new JournalException(JournalException.Kind.NO_SUCH_RUN, runId, "the journal has no run " + runId, null);
    }
}
