package io.omsbatch.api.journal;

import io.omsbatch.api.Limits;
import io.omsbatch.api.SafeText;
import java.util.Objects;

/**
 * What came of checking the hash chain of a run (SEC-4). Immutable.
 *
 * @param verdict whether the chain holds
 * @param entries how many facts were checked
 * @param head the hash of the last fact that was checked; compare it with one kept elsewhere, because whoever can write to the
 *     journal can also cut off its end, or compute an unkeyed chain anew
 * @param text what was found, escaped; empty if the chain is intact
 * @since 0.1.0
 */
public record AuditCheck(Verdict verdict, long entries, String head, String text) {

    /** Whether a chain holds. */
    public enum Verdict {
        /** Every fact is as it was written, and none is missing before the head. */
        INTACT,
        /** A fact was changed, removed, added or moved; the text says which. */
        BROKEN,
        /** The store keeps no hash chain. */
        NOT_KEPT,
        /** The run was purged; its stub says how far it was written and with which head. */
        PURGED
    }

    /** Checks the parts and makes them safe to show. */
    public AuditCheck {
        Objects.requireNonNull(verdict, "AuditCheck.verdict");
        Limits.range("AuditCheck.entries", entries, 0, Long.MAX_VALUE);
        head = SafeText.escape(Objects.requireNonNull(head, "AuditCheck.head"));
        text = SafeText.escape(Objects.requireNonNull(text, "AuditCheck.text"));
    }
}
