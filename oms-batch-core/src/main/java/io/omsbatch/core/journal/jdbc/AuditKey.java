package io.omsbatch.core.journal.jdbc;

import io.omsbatch.api.Limits;
import java.util.Objects;

/**
 * The secret with which a journal keys its hash chains (SEC-4), so that nobody without it can change a run and make hashes that
 * fit. All replicas that share a journal have the same one. It is never written, logged or shown. Immutable.
 *
 * @since 0.1.0
 */
public final class AuditKey {

    private static final int SHORTEST = 32;
    private static final int LONGEST = 1_024;

    private final byte[] secret;

    private AuditKey(byte[] secret) {
        this.secret = secret;
    }

    /**
     * Takes a secret.
     *
     * @param secret random bytes, 32 to 1 024 of them; copied
     * @return the key
     * @throws io.omsbatch.api.InvalidInputException if it is too short or too long
     */
    public static AuditKey of(byte[] secret) {
        Objects.requireNonNull(secret, "AuditKey.secret");
        Limits.range("AuditKey.secret (its length)", secret.length, SHORTEST, LONGEST);
        return new AuditKey(secret.clone());
    }

    byte[] secret() {
        return secret.clone();
    }

    /** Returns that it is a key, and nothing of it. */
    @Override
    public String toString() {
        return "AuditKey(masked)";
    }
}
