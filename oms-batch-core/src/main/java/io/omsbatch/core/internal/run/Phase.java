package io.omsbatch.core.internal.run;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Where a task stands within its current step, and where it can go from there. */
public enum Phase {
    /** Not begun, or over with a step and not yet at the next. */
    IDLE,
    /** An operator must set the step off. */
    GATED,
    /** Waits to be looked at before its command. */
    QUEUED,
    /** Is being looked at before its command. */
    PREPARING,
    /** Was looked at; its command may be sent while that look is fresh. */
    READY,
    /** Its command is being sent. */
    CALLING,
    /** Its command was taken, or may have been; it is looked at until that is settled. */
    SETTLING,
    /** Waits for a time, then is looked at before its command. */
    DELAYED,
    /** The step failed; an operator decides. */
    FAILED,
    /** The step is over; waits for the others of its lane. */
    HELD,
    /** Has its outcome. */
    ENDED;

    private static final Map<Phase, Set<Phase>> NEXT = new EnumMap<>(Map.ofEntries(
            Map.entry(IDLE, EnumSet.of(GATED, QUEUED, SETTLING, FAILED, HELD, ENDED)),
            Map.entry(GATED, EnumSet.of(QUEUED, ENDED)),
            Map.entry(QUEUED, EnumSet.of(PREPARING, IDLE, FAILED, ENDED)),
            Map.entry(PREPARING, EnumSet.of(READY, IDLE, QUEUED, DELAYED, SETTLING, FAILED, ENDED)),
            Map.entry(READY, EnumSet.of(CALLING, QUEUED, FAILED, ENDED)),
            Map.entry(CALLING, EnumSet.of(READY, IDLE, SETTLING, DELAYED, FAILED, ENDED)),
            Map.entry(SETTLING, EnumSet.of(IDLE, DELAYED, FAILED, ENDED)),
            Map.entry(DELAYED, EnumSet.of(QUEUED, FAILED, ENDED)),
            Map.entry(FAILED, EnumSet.of(QUEUED, ENDED)),
            Map.entry(HELD, EnumSet.of(IDLE, ENDED)),
            Map.entry(ENDED, EnumSet.noneOf(Phase.class))));

    /** Returns whether a task may go from this phase to another. */
    boolean mayBecome(Phase next) {
        return NEXT.getOrDefault(this, Collections.emptySet()).contains(next);
    }

    /** Returns whether nothing happens to a task but by an operator or by the barrier; it stands in no queue then. */
    public boolean atRest() {
        return this == GATED || this == FAILED || this == HELD;
    }

    /** Returns whether a task takes up room at what it shares with others. */
    boolean needsPlaces() {
        return this == PREPARING || this == READY || inFlight();
    }

    /** Returns whether a command was sent whose fate is not known yet. */
    boolean inFlight() {
        return this == CALLING || this == SETTLING;
    }
}
