package io.omsbatch.testkit.simulation;

import io.omsbatch.api.Limits;
import java.util.Objects;

/**
 * Something that an operator does in front of a board, or to a run. What it comes to depends on what the board then shows.
 *
 * @param second when, in seconds after the run began
 * @param choice which task and which action, modulo their numbers
 * @param manner how
 * @since 0.1.0
 */
public record Deed(int second, int choice, Manner manner) {

    /** How an operator acts. */
    public enum Manner {
        /** An action that the board offers, on one task. */
        OFFERED,
        /** Any action, offered or not, on one task. */
        ANY,
        /** An action that the board offers, twice. */
        TWICE,
        /** An action that the board offers, by two operators at once, through two processes if there are two. */
        TOGETHER,
        /** To pause the run, and to resume it a little later. */
        PAUSE,
        /** To cancel the run, leaving begun tasks where they stand. */
        CANCEL
    }

    /** Checks the parts. */
    public Deed {
        Limits.range("Deed.second", second, 0, Integer.MAX_VALUE);
        Limits.range("Deed.choice", choice, 0, Integer.MAX_VALUE);
        Objects.requireNonNull(manner, "Deed.manner");
    }
}
