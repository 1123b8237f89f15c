package io.omsbatch.testkit.history;

import io.omsbatch.api.journal.JournalEntry;
import java.util.Objects;

/**
 * A fact that the journal acknowledged. Immutable.
 *
 * @param runId the run
 * @param moment when it was acknowledged
 * @param entry the fact
 * @since 0.1.0
 */
public record RecordedEntry(String runId, Moment moment, JournalEntry entry) {

    /** Checks that the parts are there. */
    public RecordedEntry {
        Objects.requireNonNull(runId, "RecordedEntry.runId");
        Objects.requireNonNull(moment, "RecordedEntry.moment");
        Objects.requireNonNull(entry, "RecordedEntry.entry");
    }
}
