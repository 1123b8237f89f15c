package io.omsbatch.core.internal.sql.entry;

import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.Appended;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.core.internal.sql.FlatText;
import io.omsbatch.core.internal.sql.Sql;
import io.omsbatch.core.internal.sql.plan.PlanTaskRow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Facts on their way into the journal, and what came of it; settled once. Thread-safe. */
public final class PendingAppend {

    private final String runId;
    private final FencingToken token;
    private final List<JournalRecord> records;
    private final List<String> details;
    private final long batch;
    private final AtomicReference<@Nullable Object> result = new AtomicReference<>();

    private PendingAppend(
            String runId, FencingToken token, List<JournalRecord> records, List<String> details, long batch) {
        this.runId = runId;
        this.token = token;
        this.records = records;
        this.details = details;
        this.batch = batch;
    }

    /**
     * Creates it.
     *
     * @throws io.omsbatch.api.InvalidInputException if the journal could not give the facts back as they are
     */
    public static PendingAppend of(String runId, FencingToken token, List<JournalRecord> records, long batch) {
        List<JournalRecord> copy = List.copyOf(records);
        List<String> details = new ArrayList<>(copy.size());
        for (JournalRecord record : copy) {
            Sql.kept("JournalRecord.at", record.at());
            details.add(PlanTaskRow.bounded("JournalRecord.detail", FlatText.values(record.detail())));
        }
        return new PendingAppend(runId, token, copy, details, batch);
    }

    String runId() {
        return runId;
    }

    FencingToken token() {
        return token;
    }

    List<JournalRecord> records() {
        return records;
    }

    /** The records' details as they are written. */
    List<String> details() {
        return details;
    }

    /** Unique in the journal: by it a commit in doubt is found again. */
    long batch() {
        return batch;
    }

    void written(Appended where) {
        result.compareAndSet(null, where);
    }

    void fail(JournalException failure) {
        result.compareAndSet(null, failure);
    }

    boolean settled() {
        return result.get() != null;
    }

    /**
     * Returns where it is written, once it is settled.
     *
     * @throws JournalException if it is not written
     */
    Appended result() {
        Object known = result.get();
        if (known instanceof Appended where) {
            return where;
        }
        if (known instanceof JournalException failure) {
            // each caller gets its own stack beside the writer's
            throw new JournalException(failure.kind(), failure.runId(), String.valueOf(failure.getMessage()), failure);
        }
        throw new IllegalStateException("the append is not settled");
    }
}
