package io.omsbatch.core.internal.step;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many distinct samples in a row have shown that the target reached the write stop (SW-10). Immutable.
 *
 * @param samples how many
 * @param newest when the newest of them was taken, or null if there is none
 */
public record CatchUp(int samples, @Nullable Instant newest) {

    /** No evidence. */
    public static final CatchUp NONE = new CatchUp(0, null);

    /**
     * Takes a sample into account. One that does not show it sets the count back; one that was counted already, or is older,
     * changes nothing.
     *
     * @param sampledAt when the sample was taken
     * @param shows whether it shows that the write stop is reached, with a known lag
     * @return the evidence with the sample
     */
    public CatchUp with(Instant sampledAt, boolean shows) {
        if (!shows) {
            return NONE;
        }
        return newest != null && !sampledAt.isAfter(newest) ? this : new CatchUp(samples + 1, sampledAt);
    }
}
