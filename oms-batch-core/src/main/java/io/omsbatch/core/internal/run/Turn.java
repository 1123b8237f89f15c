package io.omsbatch.core.internal.run;

import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.journal.JournalRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One change of one task: first its facts are written, then it is made, then it is told.
 *
 * @param entry the task
 * @param records what is written before; may be empty
 * @param events what is told after; may be empty
 * @param releases whether the task was held for this change, and may be changed by others after it
 * @param change makes the change; runs under the run's lock and does not block
 */
record Turn(
        TaskEntry entry,
        List<JournalRecord> records,
        List<Function<BatchEvent.Stamp, BatchEvent>> events,
        boolean releases,
        Runnable change) {

    private static final int RECORDS_AT_ONCE = 1_000;

    /** A change of a task that is held for it. */
    Turn(
            TaskEntry entry,
            List<JournalRecord> records,
            List<Function<BatchEvent.Stamp, BatchEvent>> events,
            Runnable change) {
        this(entry, records, events, true, change);
    }

    /** Returns changes in parts of which each is written at once, never parted between the facts of one change. */
    static List<List<Turn>> parts(List<Turn> turns) {
        List<List<Turn>> parts = new ArrayList<>();
        List<Turn> part = new ArrayList<>();
        int records = 0;
        for (Turn turn : turns) {
            part.add(turn);
            records += turn.records.size();
            if (records >= RECORDS_AT_ONCE) {
                parts.add(List.copyOf(part));
                part.clear();
                records = 0;
            }
        }
        if (!part.isEmpty()) {
            parts.add(List.copyOf(part));
        }
        return parts;
    }

    /** Returns a change that needs neither fact nor event. */
    static Turn silent(TaskEntry entry, Runnable change) {
        return new Turn(entry, List.of(), List.of(), change);
    }
}
