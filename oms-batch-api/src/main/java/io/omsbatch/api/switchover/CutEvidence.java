package io.omsbatch.api.switchover;

import io.omsbatch.api.outcome.Problem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What must be known of a task before its source is frozen, besides how far its sync is. Immutable.
 *
 * @param verifiedAt when the last full verification ended that found no difference, by the platform's clock, or null if there was none
 *     or nobody can tell
 * @param reverseBlocked why the reverse increment could not be started if it were commanded now, as far as the platform can find out
 *     without starting it, or null if nothing is known against it
 * @since 0.1.0
 */
public record CutEvidence(
        @Nullable Instant verifiedAt, @Nullable Problem reverseBlocked) {

    private static final CutEvidence NONE = new CutEvidence(null, null);

    /** Returns that nothing is known. */
    public static CutEvidence none() {
        return NONE;
    }
}
