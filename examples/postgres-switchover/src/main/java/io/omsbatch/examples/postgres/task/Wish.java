package io.omsbatch.examples.postgres.task;

import org.jspecify.annotations.Nullable;

/**
 * What somebody wants of a task. Immutable.
 *
 * @param kind what
 * @param protection the wanted protection, for {@link Kind#PROTECT}
 * @param step the step meant, for {@link Kind#RUN_STEP}, {@link Kind#SKIP_STEP} and {@link Kind#UNDO_STEP}
 */
public record Wish(
        Kind kind,
        @Nullable Protection protection,
        @Nullable Step step) {

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
        /** Carry a step of the switchover out. */
        RUN_STEP,
        /** Pass a step of the switchover over. */
        SKIP_STEP,
        /** Take a step of the switchover back. */
        UNDO_STEP
    }

    /** A wish that needs nothing more. */
    public static Wish of(Kind kind) {
        return new Wish(kind, null, null);
    }

    /** Change the protection. */
    public static Wish protect(Protection protection) {
        return new Wish(Kind.PROTECT, protection, null);
    }

    /** Carry a step out. */
    public static Wish run(Step step) {
        return new Wish(Kind.RUN_STEP, null, step);
    }

    /** Pass a step over. */
    public static Wish skip(Step step) {
        return new Wish(Kind.SKIP_STEP, null, step);
    }

    /** Take a step back. */
    public static Wish undo(Step step) {
        return new Wish(Kind.UNDO_STEP, null, step);
    }

    @Override
    public String toString() {
        return kind + (protection == null ? "" : " " + protection) + (step == null ? "" : " " + step);
    }
}
