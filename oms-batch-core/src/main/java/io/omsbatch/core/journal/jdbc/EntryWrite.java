package io.omsbatch.core.journal.jdbc;

import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.task.TaskRef;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One transaction of appends. The ownership rows of their runs are locked first and in order, so that between comparing tokens
 * and writing nobody can take a run over, and sequences have no gaps.
 */
final class EntryWrite {

    /** A task of a run. */
    private record Held(String runId, TaskRef task) {}

    private final Sql sql;
    private final boolean inDoubt;
    private final Map<PendingAppend, JournalException> refused = new HashMap<>();
    private final List<List<Object>> entries = new ArrayList<>();
    private final Map<String, Ownership> owners = new LinkedHashMap<>();
    private final Set<String> advanced = new TreeSet<>();
    private final List<List<Object>> ended = new ArrayList<>();
    private final List<List<Object>> released = new ArrayList<>();
    private final List<List<Object>> unsettled = new ArrayList<>();
    private final Set<Held> settled = new HashSet<>();

    EntryWrite(Sql sql, boolean inDoubt) {
        this.sql = sql;
        this.inDoubt = inDoubt;
    }

    /** Writes them; returns why those were refused that were. */
    Map<PendingAppend, JournalException> write(List<PendingAppend> appends) throws SQLException {
        Set<String> runs = new TreeSet<>();
        appends.forEach(append -> runs.add(append.runId()));
        owners.putAll(Ownership.lock(sql, runs));
        for (PendingAppend append : appends) {
            if (inDoubt && isThere(append)) {
                continue;
            }
            Ownership owner = owners.get(append.runId());
            JournalException refusal = Ownership.refusal(append.runId(), owner, append.token());
            if (refusal != null) {
                refused.put(append, refusal);
            } else if (owner != null) {
                add(append, owner);
            }
        }
        EntryTable.insert(sql, entries);
        List<List<Object>> ownerRows = new ArrayList<>();
        for (String run : advanced) {
            Ownership owner = owners.get(run);
            if (owner != null) {
                ownerRows.add(List.of(owner.lastSequence(), owner.parked(), owner.ended(), FlatText.id(run)));
            }
        }
        sql.batch("UPDATE {lease} SET last_seq = ?, parked = ?, ended = ? WHERE run_id = ?", ownerRows);
        sql.batch("DELETE FROM {claim} WHERE platform = ? AND task = ? AND run_id = ? AND unsettled = FALSE", released);
        sql.batch(
                "UPDATE {claim} SET unsettled = TRUE, since = ?"
                        + " WHERE platform = ? AND task = ? AND run_id = ? AND unsettled = FALSE",
                unsettled);
        sql.batch("UPDATE {run} SET ended_at = ? WHERE run_id = ? AND ended_at IS NULL", ended);
        return refused;
    }

    private boolean isThere(PendingAppend append) throws SQLException {
        return !sql.query(
                        "SELECT seq FROM {entry} WHERE run_id = ? AND batch = ? LIMIT 1",
                        row -> row.number("seq"),
                        FlatText.id(append.runId()),
                        append.batch())
                .isEmpty();
    }

    private void add(PendingAppend append, Ownership owner) {
        Ownership written = owner;
        for (int i = 0; i < append.records().size(); i++) {
            JournalRecord record = append.records().get(i);
            written = written.after(record);
            entries.add(EntryTable.row(append, i, written.lastSequence()));
            note(append.runId(), record);
        }
        owners.put(append.runId(), written);
        advanced.add(append.runId());
    }

    /** An outcome gives the task back or leaves it unsettled; only the first one of a task counts. */
    private void note(String runId, JournalRecord record) {
        if (record.kind() == JournalRecord.Kind.ENDED) {
            ended.add(List.of(record.at(), FlatText.id(runId)));
        }
        if (record.kind() != JournalRecord.Kind.OUTCOME || record.subject() == null) {
            return;
        }
        TaskRef task = record.subject().task();
        if (!settled.add(new Held(runId, task))) {
            return;
        }
        String platform = FlatText.id(task.platform());
        if (record.code().equals(TaskOutcome.Kind.UNKNOWN.name())) {
            unsettled.add(List.of(record.at(), platform, FlatText.id(task.id()), FlatText.id(runId)));
        } else {
            released.add(List.of(platform, FlatText.id(task.id()), FlatText.id(runId)));
        }
    }
}
