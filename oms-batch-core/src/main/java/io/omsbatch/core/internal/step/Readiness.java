package io.omsbatch.core.internal.step;

import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.TaskOutcome;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a task, just before a command, says about sending it.
 *
 * @param kind what it says
 * @param problem why the step fails without a command, what is waited for, or what is wrong though it is over; null if
 *     nothing is
 * @param outcome how the task ends without a command, or null
 */
public record Readiness(
        Kind kind, @Nullable Problem problem, @Nullable TaskOutcome outcome) {

    /** What a look can say. */
    public enum Kind {
        /** Send the command. */
        GO,
        /** The platform does it by itself; send nothing, and look until it is over. */
        OBSERVE,
        /** The step is over already; send nothing. */
        OVER,
        /** Not yet; look again. */
        WAIT,
        /** The write stop must be confirmed anew before anything else. */
        RECONFIRM,
        /** The step fails. */
        FAIL,
        /** The task ends. */
        END
    }

    private static final Readiness GO = new Readiness(Kind.GO, null, null);
    private static final Readiness OBSERVE = new Readiness(Kind.OBSERVE, null, null);
    private static final Readiness OVER = new Readiness(Kind.OVER, null, null);
    private static final Readiness RECONFIRM = new Readiness(Kind.RECONFIRM, null, null);

    /** Returns that the write stop must be confirmed anew. */
    public static Readiness reconfirm() {
        return RECONFIRM;
    }

    /** Returns that the command may be sent. */
    public static Readiness go() {
        return GO;
    }

    /** Returns that the platform does it by itself. */
    public static Readiness observe() {
        return OBSERVE;
    }

    /** Returns that the step is over already. */
    public static Readiness over() {
        return OVER;
    }

    /**
     * Returns that the step is over already.
     *
     * @param problem what is wrong all the same, or null
     * @return the readiness
     */
    public static Readiness over(@Nullable Problem problem) {
        return problem == null ? OVER : new Readiness(Kind.OVER, problem, null);
    }

    /**
     * Returns that it is too early.
     *
     * @param problem what is waited for, and what it is called if it does not come
     * @return the readiness
     */
    public static Readiness waitFor(Problem problem) {
        return new Readiness(Kind.WAIT, problem, null);
    }

    /**
     * Returns that the step fails.
     *
     * @param problem why
     * @return the readiness
     */
    public static Readiness fail(Problem problem) {
        return new Readiness(Kind.FAIL, problem, null);
    }

    /**
     * Returns that the task ends.
     *
     * @param outcome how
     * @return the readiness
     */
    public static Readiness end(TaskOutcome outcome) {
        return new Readiness(Kind.END, null, outcome);
    }
}
