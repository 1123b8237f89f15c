package io.omsbatch.api.journal;

import io.omsbatch.api.Limits;
import io.omsbatch.api.gateway.FencingToken;
import java.util.Objects;

/**
 * A fact as it stands in the journal. Immutable.
 *
 * @param sequence its place within its run, from 1, without gaps
 * @param token the token of the owner that wrote it
 * @param record the fact
 * @param hash its hash, the same as {@link Appended#hash()} says of the last fact of an append; empty if the store keeps no hash
 *     chain
 * @since 0.1.0
 */
public record JournalEntry(long sequence, FencingToken token, JournalRecord record, String hash) {

    /** Checks the parts. */
    public JournalEntry {
        Limits.range("JournalEntry.sequence", sequence, 1, Long.MAX_VALUE);
        Objects.requireNonNull(token, "JournalEntry.token");
        Objects.requireNonNull(record, "JournalEntry.record");
        if (!Objects.requireNonNull(hash, "JournalEntry.hash").isEmpty()) {
            Limits.id("JournalEntry.hash", hash);
        }
    }

    /**
     * Creates a fact without a hash.
     *
     * @param sequence its place within its run
     * @param token the token of the owner that wrote it
     * @param record the fact
     */
    public JournalEntry(long sequence, FencingToken token, JournalRecord record) {
        this(sequence, token, record, "");
    }
}
