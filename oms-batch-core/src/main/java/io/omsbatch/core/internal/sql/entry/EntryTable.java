package io.omsbatch.core.internal.sql.entry;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.audit.HashChain;
import io.omsbatch.core.internal.sql.FlatText;
import io.omsbatch.core.internal.sql.NotUnderstood;
import io.omsbatch.core.internal.sql.Row;
import io.omsbatch.core.internal.sql.Sql;
import io.omsbatch.core.internal.sql.SqlFailure;
import io.omsbatch.core.internal.sql.Transactions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The facts of runs: many appends in one transaction, each all or nothing. */
public final class EntryTable implements GroupCommit.Writer {

    static final int FORMAT = 1;

    private static final String SELECT = "SELECT seq, token, kind, platform, task, step, attempt, happened_at, code,"
            + " detail, format, hash FROM {entry} WHERE run_id = ? AND ";

    private final Transactions transactions;

    private final Supplier<HashChain> chains;

    /** Creates it. */
    public EntryTable(Transactions transactions, Supplier<HashChain> chains) {
        this.transactions = transactions;
        this.chains = chains;
    }

    @Override
    public void write(List<PendingAppend> appends) {
        try {
            writeTogether(appends);
        } catch (JournalException failure) {
            if (appends.size() == 1 || !mayBeOneOfThem(failure)) {
                appends.forEach(append -> append.fail(failure));
            } else {
                writeAlone(appends);
            }
        }
    }

    /** A database that is gone is gone for all; anything else may be the fault of one append or one run. */
    private static boolean mayBeOneOfThem(JournalException failure) {
        return failure.kind() == JournalException.Kind.UNAVAILABLE
                && failure.getCause() instanceof SQLException reason
                && !SqlFailure.isGone(reason);
    }

    private void writeAlone(List<PendingAppend> appends) {
        Map<String, JournalException> stuckRuns = new TreeMap<>();
        for (PendingAppend append : appends) {
            JournalException stuck = stuckRuns.get(append.runId());
            if (stuck != null) {
                append.fail(stuck);
                continue;
            }
            try {
                writeTogether(List.of(append));
            } catch (JournalException failure) {
                append.fail(failure);
                if (failure.getCause() instanceof SQLException reason && SqlFailure.of(reason) == SqlFailure.TOO_SLOW) {
                    stuckRuns.put(append.runId(), failure);
                }
            }
        }
    }

    private void writeTogether(List<PendingAppend> appends) {
        EntryWrite written = transactions.run(appends.get(0).runId(), (sql, inDoubt) -> {
            EntryWrite write = new EntryWrite(sql, inDoubt, chains.get());
            write.write(appends);
            return write;
        });
        appends.forEach(written::settle);
    }

    /** The row of a fact, but for its hash. */
    static List<Object> row(PendingAppend append, int index, long sequence) {
        JournalRecord record = append.records().get(index);
        Subject subject = record.subject();
        List<Object> row = new ArrayList<>(14);
        row.add(FlatText.id(append.runId()));
        row.add(sequence);
        row.add(append.token().value());
        row.add(record.kind().name());
        row.add(subject == null ? Sql.Missing.TEXT : FlatText.id(subject.task().platform()));
        row.add(subject == null ? Sql.Missing.TEXT : FlatText.id(subject.task().id()));
        row.add(subject == null ? Sql.Missing.TEXT : subject.step());
        row.add(subject == null ? Sql.Missing.NUMBER : (Object) subject.attempt());
        row.add(record.at());
        row.add(record.code());
        row.add(append.details().get(index));
        row.add(FORMAT);
        row.add(append.batch());
        return row;
    }

    /** Reads facts of a run in order. */
    public List<JournalEntry> read(String runId, long after, int most) {
        // one statement, so that a run which is being purged is there as a whole or not at all
        return transactions.run(
                runId,
                (sql, inDoubt) -> sql.query(
                        SELECT + "seq > ? AND EXISTS (SELECT 1 FROM {run} WHERE run_id = ?) ORDER BY seq LIMIT ?",
                        EntryTable::entry,
                        FlatText.id(runId),
                        Math.max(after, 0),
                        FlatText.id(runId),
                        most));
    }

    /** Finds the fact that answers a command. */
    public Optional<JournalRecord> answer(String runId, String commandId) {
        return transactions.run(
                runId,
                (sql, inDoubt) -> sql
                        .query(
                                SELECT + "seq = (SELECT answered FROM {command} WHERE run_id = ? AND command_id = ?)",
                                EntryTable::entry,
                                FlatText.id(runId),
                                FlatText.id(runId),
                                FlatText.id(commandId))
                        .stream()
                        .map(JournalEntry::record)
                        .findFirst());
    }

    private static JournalEntry entry(Row row) throws SQLException {
        long sequence = row.number("seq");
        try {
            row.requireFormat(FORMAT);
            JournalRecord.Kind kind = row.oneOf(JournalRecord.Kind.class, "kind");
            Instant at = row.time("happened_at");
            Subject subject = row.textOrNull("platform") == null
                    ? null
                    : new Subject(
                            new TaskRef(row.id("platform"), row.id("task")),
                            row.text("step"),
                            row.smallNumber("attempt"));
            Map<String, String> detail = FlatText.readValues(row.text("detail"));
            return new JournalEntry(
                    sequence,
                    new FencingToken(row.number("token")),
                    new JournalRecord(at, kind, subject, row.text("code"), detail),
                    row.text("hash"));
        } catch (IllegalArgumentException | NotUnderstood | InvalidInputException wrong) {
            throw new NotUnderstood("entry " + sequence + ": " + wrong.getMessage());
        }
    }
}
