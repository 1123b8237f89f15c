package io.omsbatch.api.switchover;

import io.omsbatch.api.task.Position;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The two directions of synchronisation as they were observed. Told from the side that the application leaves: in a switch back source
 * and target change places ({@link io.omsbatch.api.task.SwitchoverDirection}), so that {@code forward} is the sync from the target to
 * the source. Immutable.
 *
 * @param forward from source to target
 * @param reverse from target to source
 * @param storeStart from where the target store can read, or null while there is none; not later than the first possible
 *     application write on the target (SW-6)
 * @param targetWrites whether anybody but the forward sync wrote to the target since the write stop, or UNKNOWN if nobody can tell; the
 *     forward sync is started again only while that is NONE (SW-8)
 * @param sourceGuard whether the platform keeps the application out of the source; a source counts as given back only once it is seen
 *     that it does not (SW-8)
 * @since 0.1.0
 */
public record SyncLinks(
        State forward,
        State reverse,
        @Nullable Position storeStart,
        TargetWrites targetWrites,
        SourceGuard sourceGuard) {

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

    /** Whether the platform keeps the application out of the source. */
    public enum SourceGuard {
        /** It never does: it takes the operator's word that writing stopped. */
        NONE,
        /** It does not now: the application can write. */
        OPEN,
        /** It does, also by a step that then failed. */
        SHUT,
        /** It can, and could not be observed; never taken for OPEN. */
        UNKNOWN
    }

    /** Checks that the states are there. */
    public SyncLinks {
        Objects.requireNonNull(forward, "SyncLinks.forward");
        Objects.requireNonNull(reverse, "SyncLinks.reverse");
        Objects.requireNonNull(targetWrites, "SyncLinks.targetWrites");
        Objects.requireNonNull(sourceGuard, "SyncLinks.sourceGuard");
    }

    /**
     * Creates links of which it is not known who writes to the target and can write to the source.
     *
     * @param forward from source to target
     * @param reverse from target to source
     * @param storeStart from where the target store can read, or null while there is none
     */
    public SyncLinks(State forward, State reverse, @Nullable Position storeStart) {
        this(forward, reverse, storeStart, TargetWrites.UNKNOWN, SourceGuard.UNKNOWN);
    }

    /**
     * Returns these links with what is known of writes to the target.
     *
     * @param value whether there were any
     * @return the fuller links
     */
    public SyncLinks withTargetWrites(TargetWrites value) {
        return new SyncLinks(forward, reverse, storeStart, value, sourceGuard);
    }

    /**
     * Returns these links with what is known of the source.
     *
     * @param value whether the platform keeps the application out of it
     * @return the fuller links
     */
    public SyncLinks withSourceGuard(SourceGuard value) {
        return new SyncLinks(forward, reverse, storeStart, targetWrites, value);
    }

    /** Returns whether the application was observed not to be kept out of the source. */
    public boolean sourceFree() {
        return sourceGuard == SourceGuard.NONE || sourceGuard == SourceGuard.OPEN;
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
