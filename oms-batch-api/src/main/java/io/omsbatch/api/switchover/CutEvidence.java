package io.omsbatch.api.switchover;

import io.omsbatch.api.outcome.Problem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What must be known of a task before the application is made to change sides, besides how far its sync is. Begin with {@link #none}
 * and add what is known. Immutable.
 *
 * @param verifiedAt when the last full verification ended that found no difference, by the platform's clock, or null if there was none
 *     or nobody can tell
 * @param reverseBlocked why the reverse increment could not be started if it were commanded now, as far as the platform can find out
 *     without starting it, or null if nothing is known against it
 * @param switchedAt when the round before this one was over, by the platform's clock, or null if there was none or nobody can tell
 * @since 0.1.0
 */
public record CutEvidence(
        @Nullable Instant verifiedAt,
        @Nullable Problem reverseBlocked,
        @Nullable Instant switchedAt) {

    private static final CutEvidence NONE = new CutEvidence(null, null, null);

    /** Returns that nothing is known. */
    public static CutEvidence none() {
        return NONE;
    }

    /**
     * Returns this evidence with the last verification.
     *
     * @param value when it ended, or null
     * @return the fuller evidence
     */
    public CutEvidence withVerifiedAt(@Nullable Instant value) {
        return new CutEvidence(value, reverseBlocked, switchedAt);
    }

    /**
     * Returns this evidence with what is known against the reverse increment.
     *
     * @param value why it could not be started, or null
     * @return the fuller evidence
     */
    public CutEvidence withReverseBlocked(@Nullable Problem value) {
        return new CutEvidence(verifiedAt, value, switchedAt);
    }

    /**
     * Returns this evidence with the end of the round before.
     *
     * @param value when it was over, or null
     * @return the fuller evidence
     */
    public CutEvidence withSwitchedAt(@Nullable Instant value) {
        return new CutEvidence(verifiedAt, reverseBlocked, value);
    }
}
