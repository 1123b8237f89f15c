package io.omsbatch.core.internal.durable;

import io.omsbatch.api.outcome.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a task says about a command.
 *
 * @param kind what it says
 * @param text what was seen, for operators; empty unless the command is still going
 * @param untouched whether the task looks as it did before the command, so that there is no trace of an effect
 * @param problem why the wanted state will not come, or what is wrong though it is there; null if nothing is
 */
public record Settlement(
        Kind kind, String text, boolean untouched, @Nullable Problem problem) {

    /** What a look can say. */
    public enum Kind {
        /** The wanted state is there. */
        WANTED,
        /** It may still come; the effect of the command may be there already, or not. */
        GOING,
        /** It will not come. */
        FAILED
    }

    private static final Settlement WANTED = new Settlement(Kind.WANTED, "", false, null);

    /** Returns that the wanted state is there. */
    public static Settlement wanted() {
        return WANTED;
    }

    /**
     * Returns that the wanted state is there.
     *
     * @param problem what is wrong all the same, or null
     * @return the settlement
     */
    public static Settlement wanted(@Nullable Problem problem) {
        return problem == null ? WANTED : new Settlement(Kind.WANTED, "", false, problem);
    }

    /**
     * Returns that it may still come.
     *
     * @param text what was seen
     * @param untouched whether there is no trace of an effect
     * @return the settlement
     */
    public static Settlement going(String text, boolean untouched) {
        return new Settlement(Kind.GOING, text, untouched, null);
    }

    /**
     * Returns that it will not come.
     *
     * @param problem why not
     * @return the settlement
     */
    public static Settlement failed(Problem problem) {
        return new Settlement(Kind.FAILED, "", false, problem);
    }
}
