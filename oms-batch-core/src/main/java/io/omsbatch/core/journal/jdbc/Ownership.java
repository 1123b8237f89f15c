package io.omsbatch.core.journal.jdbc;

import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalRecord;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may write to a run, and how far it is written.
 *
 * @param token the newest owner's token
 * @param owner the newest owner
 * @param expiresAt when the lease ends, by the store's clock
 * @param lastSequence the number of its last fact
 * @param parked whether it rests until somebody takes it over by name
 * @param ended whether it has ended
 */
record Ownership(
        FencingToken token, String owner, Instant expiresAt, long lastSequence, boolean parked, boolean ended) {

    /** What belongs to one run. */
    private record OfRun(String runId, Ownership ownership) {}

    /** Reads what is known of runs and locks it until the transaction ends. */
    static Map<String, Ownership> lock(Sql sql, Collection<String> runs) throws SQLException {
        Map<String, Ownership> found = new HashMap<>();
        List<Object> ids = new ArrayList<>();
        for (String run : runs) {
            ids.add(FlatText.id(run));
        }
        for (int from = 0; from < ids.size(); from += Sql.CHUNK) {
            List<Object> part = ids.subList(from, Math.min(from + Sql.CHUNK, ids.size()));
            sql.query(
                            "SELECT run_id, token, owner, expires_at, last_seq, parked, ended FROM {lease}"
                                    + " WHERE run_id IN " + Sql.marks(part.size(), "?")
                                    + " ORDER BY run_id FOR UPDATE",
                            row -> new OfRun(
                                    row.id("run_id"),
                                    new Ownership(
                                            new FencingToken(row.number("token")),
                                            row.id("owner"),
                                            row.time("expires_at"),
                                            row.number("last_seq"),
                                            row.flag("parked"),
                                            row.flag("ended"))),
                            part)
                    .forEach(run -> found.put(run.runId(), run.ownership()));
        }
        return found;
    }

    /** The same after one more fact. */
    Ownership after(JournalRecord fact) {
        boolean rests =
                fact.kind() == JournalRecord.Kind.PARKED || (parked && fact.kind() != JournalRecord.Kind.TAKEN_OVER);
        boolean over = ended || fact.kind() == JournalRecord.Kind.ENDED;
        return new Ownership(token, owner, expiresAt, lastSequence + 1, rests, over);
    }

    /** Why a token may not write to a run, or null if it may. */
    static @Nullable JournalException refusal(String runId, @Nullable Ownership owner, FencingToken token) {
        if (owner == null) {
            return new JournalException(
                    JournalException.Kind.NO_SUCH_RUN, runId, "the journal has no run " + runId, null);
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
}
