package io.omsbatch.examples.postgres.task;

import org.jspecify.annotations.Nullable;

/**
 * What somebody wants of a task. Immutable.
 *
 * @param kind what
 * @param protection the wanted protection, for {@link Kind#PROTECT}
 * @param step the step meant, for {@link Kind#RUN_STEP}, {@link Kind#SKIP_STEP} and {@link Kind#UNDO_STEP}
 * @param round the round to which that step belongs; 0 for what is no step
 */
public record Wish(
        Kind kind,
        @Nullable Protection protection,
        @Nullable Step step,
        int round) {

    /** What can be wanted. */
    public enum Kind {
        /** Begin. */
        START,
        /** Pause. */
        STOP,
        /** Go on. */
        RESUME,
        /** Let go of everything on the servers. */
        END,
        /** Forget it. */
        DELETE,
        /** Change its protection. */
        PROTECT,
        /** Do without the comparison. */
        SKIP_VERIFICATION,
        /** Go into the switchover. */
        ENTER_SWITCHOVER,
        /** Enter the switch back. */
        ENTER_SWITCH_BACK,
        /** Carry a step of the switchover out. */
        RUN_STEP,
        /** Pass a step of the switchover over. */
        SKIP_STEP,
        /** Take a step of the switchover back. */
        UNDO_STEP
    }

    /** A wish that needs nothing more. */
    public static Wish of(Kind kind) {
        return new Wish(kind, null, null, 0);
    }

    /** Change the protection. */
    public static Wish protect(Protection protection) {
        return new Wish(Kind.PROTECT, protection, null, 0);
    }

    /** Carry a step out. */
    public static Wish run(Step step, int round) {
        return new Wish(Kind.RUN_STEP, null, step, round);
    }

    /** Pass a step over. */
    public static Wish skip(Step step, int round) {
        return new Wish(Kind.SKIP_STEP, null, step, round);
    }

    /** Take a step back. */
    public static Wish undo(Step step, int round) {
        return new Wish(Kind.UNDO_STEP, null, step, round);
    }

    @Override
    public String toString() {
        return kind
                + (protection == null ? "" : " " + protection)
                + (step == null ? "" : " " + step + " of round " + round);
    }
}
