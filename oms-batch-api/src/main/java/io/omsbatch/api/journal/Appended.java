package io.omsbatch.api.journal;

import io.omsbatch.api.Limits;
import java.util.Objects;

/**
 * Where appended facts stand in the journal. Immutable.
 *
 * @param last the sequence number of the last of them; the others stand right before it
 * @param hash the hash of the last of them, by which whoever keeps it can prove later that nothing up to there was changed; empty
 *     if the store keeps no hash chain
 * @since 0.1.0
 */
public record Appended(long last, String hash) {

    /** Checks the parts. */
    public Appended {
        Limits.range("Appended.last", last, 1, Long.MAX_VALUE);
        if (!Objects.requireNonNull(hash, "Appended.hash").isEmpty()) {
            Limits.id("Appended.hash", hash);
        }
    }
}
