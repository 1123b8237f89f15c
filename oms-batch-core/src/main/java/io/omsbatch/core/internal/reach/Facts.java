package io.omsbatch.core.internal.reach;

import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalStore;
import java.util.ArrayList;
import java.util.List;

/** Reads the facts of a run, page by page. */
final class Facts {

    private static final int AT_ONCE = 1_000;

    private Facts() {}

    static List<JournalEntry> after(JournalStore journal, String runId, long sequence) {
        return journal.read(runId, sequence, AT_ONCE);
    }

    static List<JournalEntry> all(JournalStore journal, String runId) {
        List<JournalEntry> facts = new ArrayList<>();
        List<JournalEntry> page = after(journal, runId, 0);
        while (!page.isEmpty()) {
            facts.addAll(page);
            page = after(journal, runId, page.get(page.size() - 1).sequence());
        }
        return facts;
    }
}
