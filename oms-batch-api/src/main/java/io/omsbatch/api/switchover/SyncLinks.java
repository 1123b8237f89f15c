package io.omsbatch.api.switchover;

import io.omsbatch.api.task.Position;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The two directions of synchronisation as they were observed. Immutable.
 *
 * @param forward from source to target
 * @param reverse from target to source
 * @param storeStart from where the target store can read, or null while there is none; not later than the first possible
 *     application write on the target (SW-6)
 * @param targetWrites whether anybody but the forward sync wrote to the target since the write stop, or UNKNOWN if nobody can tell; the
 *     forward sync is started again only while that is NONE (SW-8)
 * @since 0.1.0
 */
public record SyncLinks(
        State forward, State reverse, @Nullable Position storeStart, TargetWrites targetWrites) {

    /** How one direction is. */
    public enum State {
        /** Does not exist, or its type has no such direction. */
        ABSENT,
        /** Carries changes. */
        RUNNING,
        /** Exists, and was observed to carry none. */
        STOPPED,
        /** Could not be observed; never taken for stopped (SW-5). */
        UNKNOWN
    }

    /** Whether the application wrote to the target. */
    public enum TargetWrites {
        /** There is evidence that it did not. */
        NONE,
        /** It did. */
        SEEN,
        /** Nobody can tell; never taken for NONE. */
        UNKNOWN
    }

    /** Checks that the states are there. */
    public SyncLinks {
        Objects.requireNonNull(forward, "SyncLinks.forward");
        Objects.requireNonNull(reverse, "SyncLinks.reverse");
        Objects.requireNonNull(targetWrites, "SyncLinks.targetWrites");
    }

    /**
     * Creates links of a platform that cannot tell who writes to the target.
     *
     * @param forward from source to target
     * @param reverse from target to source
     * @param storeStart from where the target store can read, or null while there is none
     */
    public SyncLinks(State forward, State reverse, @Nullable Position storeStart) {
        this(forward, reverse, storeStart, TargetWrites.UNKNOWN);
    }

    /**
     * Returns these links with what is known of writes to the target.
     *
     * @param value whether there were any
     * @return the fuller links
     */
    public SyncLinks withTargetWrites(TargetWrites value) {
        return new SyncLinks(forward, reverse, storeStart, value);
    }

    /** Returns links of which nothing is known. */
    public static SyncLinks unknown() {
        return new SyncLinks(State.UNKNOWN, State.UNKNOWN, null);
    }

    /** Returns whether the forward direction was observed to carry nothing. */
    public boolean forwardQuiet() {
        return forward == State.STOPPED || forward == State.ABSENT;
    }
}
