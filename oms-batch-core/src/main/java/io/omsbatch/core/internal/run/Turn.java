package io.omsbatch.core.internal.run;

import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.journal.JournalRecord;
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

    /** A change of a task that is held for it. */
    Turn(
            TaskEntry entry,
            List<JournalRecord> records,
            List<Function<BatchEvent.Stamp, BatchEvent>> events,
            Runnable change) {
        this(entry, records, events, true, change);
    }

    /** Returns a change that needs neither fact nor event. */
    static Turn silent(TaskEntry entry, Runnable change) {
        return new Turn(entry, List.of(), List.of(), change);
    }
}
