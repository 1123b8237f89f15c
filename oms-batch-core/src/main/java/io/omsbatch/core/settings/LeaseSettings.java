package io.omsbatch.core.settings;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.Limits;
import java.time.Duration;

/**
 * How an engine owns its runs, when several share a journal. Immutable. An engine that could not renew its leases for
 * {@code selfFence} sends nothing more until it could, so that it has stopped before another engine may take its runs over.
 *
 * @param duration for how long an engine owns a run unless it renews that, 1 s to 1 h; default 30 s
 * @param renewal how often it renews, 100 ms to 20 min; default 8 s
 * @param selfFence how long after its last renewal began an engine may still act, less than {@code duration}; default 25 s
 * @param poll how often an engine looks into the inboxes of its runs, and at the runs of others that it follows, 50 ms to 1 min;
 *     default 1 s
 * @since 0.1.0
 */
public record LeaseSettings(Duration duration, Duration renewal, Duration selfFence, Duration poll) {

    private static final Duration POLL = Duration.ofSeconds(1);

    /** What a renewal may take, and the difference between two clocks that run at their own speed. */
    static final Duration MARGIN = Duration.ofSeconds(2);

    /** Checks the ranges. */
    public LeaseSettings {
        Limits.range("LeaseSettings.duration", duration, Duration.ofSeconds(1), Duration.ofHours(1));
        Limits.range("LeaseSettings.renewal", renewal, Duration.ofMillis(100), Duration.ofMinutes(20));
        Limits.range("LeaseSettings.selfFence", selfFence, Duration.ofMillis(200), Duration.ofHours(1));
        Limits.range("LeaseSettings.poll", poll, Duration.ofMillis(50), Duration.ofMinutes(1));
        if (selfFence.compareTo(duration) >= 0) {
            throw new InvalidInputException(
                    "LeaseSettings.selfFence",
                    "is " + selfFence + "; it must be less than the duration, " + duration
                            + ", so that an engine stops before another may take over");
        }
    }

    /**
     * Creates leases with the default poll.
     *
     * @param duration for how long an engine owns a run unless it renews that
     * @param renewal how often it renews
     * @param selfFence how long after its last renewal began an engine may still act
     */
    public LeaseSettings(Duration duration, Duration renewal, Duration selfFence) {
        this(duration, renewal, selfFence, POLL);
    }

    /**
     * Returns these leases with another poll.
     *
     * @param value how often an engine looks into the inboxes of its runs, and at the runs of others
     * @return the changed settings
     */
    public LeaseSettings withPoll(Duration value) {
        return new LeaseSettings(duration, renewal, selfFence, value);
    }

    /** Returns the defaults. */
    public static LeaseSettings defaults() {
        return new LeaseSettings(Duration.ofSeconds(30), Duration.ofSeconds(8), Duration.ofSeconds(25));
    }

    /**
     * Returns leases in which calls of a length fit: the defaults, or as much longer as it takes.
     *
     * @param callTimeout after how long a call is given up, at most 1 h
     * @return the settings
     */
    public static LeaseSettings around(Duration callTimeout) {
        Limits.range("LeaseSettings.around", callTimeout, Duration.ZERO, Duration.ofHours(1));
        LeaseSettings usual = defaults();
        if (usual.fits(callTimeout)) {
            return usual;
        }
        Duration fence = usual.renewal.plus(callTimeout).plus(MARGIN);
        return new LeaseSettings(fence.plusSeconds(5), usual.renewal, fence);
    }

    boolean fits(Duration callTimeout) {
        return renewal.plus(callTimeout).plus(MARGIN).compareTo(selfFence) <= 0;
    }
}
