package io.omsbatch.core.internal.run;

import io.omsbatch.api.journal.Appended;
import io.omsbatch.api.journal.JournalRecord;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Facts that go into the journal together, all or none, and what follows if that takes a while. Guarded by the run's lock. */
final class Write {

    private final List<JournalRecord> records;
    private final int results;
    private final Consumer<Write> written;
    private final @Nullable Runnable dropped;

    /** Whether an attempt to write them may have come through without anybody knowing. */
    boolean inDoubt;

    /** A fact that was in the journal before they were tried to be written last. */
    long after;

    private @Nullable Appended where;

    private final boolean asked;

    private Write(
            List<JournalRecord> records,
            int results,
            Consumer<Write> written,
            @Nullable Runnable dropped,
            boolean asked) {
        this.records = List.copyOf(records);
        this.results = results;
        this.written = written;
        this.dropped = dropped;
        this.asked = asked;
    }

    /**
     * Facts that are true whether they are written or not, so that they are tried again.
     *
     * @param records the facts
     * @param results how many results they tell of
     * @param written is called if they were written later than they were to be
     */
    static Write results(List<JournalRecord> records, int results, Consumer<Write> written) {
        return new Write(records, results, written, null, false);
    }

    /**
     * Facts that have not happened if they are not written now.
     *
     * @param records the facts
     * @param written is called if it turns out later that they were written
     * @param dropped is called once it is certain that they were not, and will not be
     */
    static Write nowOrNever(List<JournalRecord> records, Consumer<Write> written, Runnable dropped) {
        return new Write(records, 1, written, dropped, false);
    }

    /** The same for what an operator asked for, who is told, and may ask again. */
    static Write asked(List<JournalRecord> records, Consumer<Write> written, Runnable dropped) {
        return new Write(records, 1, written, dropped, true);
    }

    List<JournalRecord> records() {
        return records;
    }

    int results() {
        return results;
    }

    /** Whether it is tried again when it was not written. */
    boolean again() {
        return dropped == null;
    }

    /** Whether an operator asked for it. */
    boolean asked() {
        return asked;
    }

    /** Whether it is the end of the run. */
    boolean ends() {
        return records.get(0).kind() == JournalRecord.Kind.ENDED;
    }

    void standsAt(Appended place) {
        where = place;
    }

    /** Returns where the first fact stands, once it does. */
    long first() {
        return last() - records.size() + 1;
    }

    /** Returns where the last fact stands, once it does. */
    long last() {
        return place().last();
    }

    /** Returns the hash of the last fact; empty if it is not known. */
    String hash() {
        return place().hash();
    }

    private Appended place() {
        return Objects.requireNonNull(where, "the facts are not written");
    }

    /** Does what was to be done once they are written; the lock must not be held. */
    void follow() {
        written.accept(this);
    }

    /** Does what is to be done if they are not written; the lock must not be held. */
    void drop() {
        if (dropped != null) {
            dropped.run();
        }
    }
}
