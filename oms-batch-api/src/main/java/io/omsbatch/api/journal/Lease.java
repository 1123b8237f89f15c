package io.omsbatch.api.journal;

import io.omsbatch.api.Limits;
import java.time.Duration;
import java.util.Objects;

/**
 * Who owns a run, and for how long unless it is renewed. Immutable.
 *
 * @param owner the engine that owns it; unique among the engines that share a journal, 1 to 200 characters
 * @param duration for how long from now on, by the store's clock, 1 ms to 1 day
 * @since 0.1.0
 */
public record Lease(String owner, Duration duration) {

    /** Checks the parts. */
    public Lease {
        Limits.id("Lease.owner", owner);
        Objects.requireNonNull(duration, "Lease.duration");
        Limits.range("Lease.duration", duration, Duration.ofMillis(1), Duration.ofDays(1));
    }
}
