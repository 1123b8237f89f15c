package io.omsbatch.core.internal.sql.entry;

import io.omsbatch.api.journal.Appended;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.core.internal.audit.HashChain;
import io.omsbatch.core.internal.fact.RunStanding;
import io.omsbatch.core.internal.sql.FlatText;
import io.omsbatch.core.internal.sql.Sql;
import io.omsbatch.core.internal.sql.plan.ChainedTable;
import io.omsbatch.core.internal.sql.run.Ownership;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One transaction of appends. The ownership rows of their runs are locked first and in order, so that between comparing tokens
 * and writing nobody can take a run over, and sequences have no gaps.
 */
final class EntryWrite {

    private final Sql sql;
    private final boolean inDoubt;
    private final HashChain chain;
    private final Map<PendingAppend, JournalException> refused = new HashMap<>();
    private final Map<PendingAppend, Appended> written = new HashMap<>();
    private final List<List<Object>> entries = new ArrayList<>();
    private final Map<String, Ownership> owners = new LinkedHashMap<>();
    private final Set<String> advanced = new TreeSet<>();
    private final List<List<Object>> ended = new ArrayList<>();
    private final ClaimSettling claims = new ClaimSettling();
    private final List<List<Object>> answers = new ArrayList<>();

    EntryWrite(Sql sql, boolean inDoubt, HashChain chain) {
        this.sql = sql;
        this.inDoubt = inDoubt;
        this.chain = chain;
    }

    /** Writes those that are not refused. */
    void write(List<PendingAppend> appends) throws SQLException {
        Set<String> runs = new TreeSet<>();
        appends.forEach(append -> runs.add(append.runId()));
        Map<String, Ownership> before = Ownership.lockToAppend(sql, runs);
        owners.putAll(before);
        for (PendingAppend append : appends) {
            if (append.settled()) {
                continue; // who waited for it has given it up, and reads once these locks are free what became of it
            }
            Optional<Appended> there = inDoubt ? find(sql, append.runId(), append.batch()) : Optional.empty();
            Ownership owner = owners.get(append.runId());
            JournalException refusal = Ownership.refusal(append.runId(), owner, append.token());
            if (there.isPresent()) {
                written.put(append, there.get());
            } else if (refusal != null) {
                refused.put(append, refusal);
            } else if (owner != null) {
                add(append, owner);
            }
        }
        sql.batch(ChainedTable.ENTRY.insert("hash"), entries);
        advance(before);
        claims.write(sql);
        CommandTable.answer(sql, answers);
        sql.batch("UPDATE {run} SET ended_at = ? WHERE run_id = ? AND ended_at IS NULL", ended);
    }

    /** Tells whoever waits for an append what came of it, once the transaction is committed. */
    void settle(PendingAppend append) {
        Appended where = written.get(append);
        JournalException refusal = refused.get(append);
        if (where != null) {
            append.written(where);
        } else if (refusal != null) {
            append.fail(refusal);
        }
    }

    /** Finds an append that an earlier attempt may have committed. */
    static Optional<Appended> find(Sql sql, String runId, long batch) throws SQLException {
        return sql
                .query(
                        "SELECT seq, hash FROM {entry} WHERE run_id = ? AND batch = ? ORDER BY seq DESC LIMIT 1",
                        row -> new Appended(row.number("seq"), row.text("hash")),
                        FlatText.id(runId),
                        batch)
                .stream()
                .findFirst();
    }

    private void add(PendingAppend append, Ownership owner) {
        Ownership now = owner;
        for (int i = 0; i < append.records().size(); i++) {
            JournalRecord record = append.records().get(i);
            List<Object> row = EntryTable.row(append, i, now.lastSequence() + 1);
            now = now.after(record, chain.link(now.head(), ChainedTable.ENTRY.canonical(row)));
            row.add(now.head());
            entries.add(row);
            note(append.runId(), record, now.lastSequence());
        }
        owners.put(append.runId(), now);
        advanced.add(append.runId());
        written.put(append, new Appended(now.lastSequence(), now.head()));
    }

    private void note(String runId, JournalRecord record, long sequence) {
        claims.note(runId, record);
        if (record.kind() == JournalRecord.Kind.ENDED) {
            ended.add(List.of(record.at(), FlatText.id(runId)));
        }
        @Nullable String command = record.detail().get("command");
        if (record.kind() == JournalRecord.Kind.ANSWERED && command != null && CommandTable.isId(command)) {
            answers.add(List.of(sequence, FlatText.id(runId), FlatText.id(command)));
        }
    }

    private void advance(Map<String, Ownership> before) throws SQLException {
        List<List<Object>> rows = new ArrayList<>();
        List<List<Object>> states = new ArrayList<>();
        for (String run : advanced) {
            Ownership owner = owners.get(run);
            Ownership was = before.get(run);
            if (owner == null || was == null) {
                continue;
            }
            RunStanding standing = owner.standing();
            rows.add(List.of(
                    owner.lastSequence(),
                    owner.head(),
                    standing.state().name(),
                    standing.since(),
                    standing.why(),
                    standing.paused(),
                    FlatText.id(run)));
            if (standing.state() != was.standing().state()) {
                states.add(List.of(standing.state().name(), FlatText.id(run)));
            }
        }
        sql.batch(
                "UPDATE {lease} SET last_seq = ?, hash = ?, state = ?, state_since = ?, why = ?, paused = ?"
                        + " WHERE run_id = ?",
                rows);
        sql.batch("UPDATE {run} SET state = ? WHERE run_id = ?", states);
    }
}
