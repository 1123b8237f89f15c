package io.omsbatch.core.internal.run;

import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.Appended;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalStore;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Finds out whether facts whose commit was in doubt are in the journal. */
final class WrittenFacts {

    private static final int AT_ONCE = 1_000;

    private WrittenFacts() {}

    /**
     * Looks for facts, next to each other and in order.
     *
     * @param journal where
     * @param runId of which run
     * @param token with which token they were written
     * @param write the facts
     * @param taken whether a fact is known to tell of another write, which may have said the same
     * @return where they stand; null if they do not
     * @throws io.omsbatch.api.journal.JournalException if the journal does not answer
     */
    static @Nullable Appended find(
            JournalStore journal, String runId, FencingToken token, Write write, LongPredicate taken) {
        List<JournalEntry> entries = new ArrayList<>();
        List<JournalEntry> page = journal.read(runId, write.after, AT_ONCE);
        while (!page.isEmpty()) {
            entries.addAll(page);
            page = journal.read(runId, page.get(page.size() - 1).sequence(), AT_ONCE);
        }
        int number = write.records().size();
        for (int from = 0; from + number <= entries.size(); from++) {
            List<JournalEntry> candidates = entries.subList(from, from + number);
            if (!taken.test(candidates.get(0).sequence()) && are(candidates, token, write.records())) {
                JournalEntry last = candidates.get(number - 1);
                return new Appended(last.sequence(), last.hash());
            }
        }
        return null;
    }

    private static boolean are(List<JournalEntry> entries, FencingToken token, List<JournalRecord> records) {
        for (int i = 0; i < records.size(); i++) {
            if (!entries.get(i).token().equals(token) || !same(entries.get(i).record(), records.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Databases keep times to the microsecond. */
    private static boolean same(JournalRecord one, JournalRecord other) {
        return toMicros(one).equals(toMicros(other));
    }

    private static JournalRecord toMicros(JournalRecord fact) {
        return new JournalRecord(
                fact.at().truncatedTo(ChronoUnit.MICROS), fact.kind(), fact.subject(), fact.code(), fact.detail());
    }
}
