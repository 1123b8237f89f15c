package io.omsbatch.testkit.simulation;

import io.omsbatch.api.Limits;
import java.util.Objects;

/**
 * Something that an operator does in front of a board, or to a run. What it comes to depends on what the board then shows.
 *
 * @param second when, in seconds after the run began
 * @param choice which task and which action: the task modulo the number of tasks, and a seventh of it modulo the number of actions
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

    /** How far two choices of different actions on one task are apart. */
    static final int STRIDE = 7;

    /** Checks the parts. */
    public Deed {
        Limits.range("Deed.second", second, 0, Integer.MAX_VALUE);
        Limits.range("Deed.choice", choice, 0, Integer.MAX_VALUE);
        Objects.requireNonNull(manner, "Deed.manner");
    }

    /** Returns the deed that takes one of the offered actions on one of at most {@link #STRIDE} tasks. */
    static Deed offered(int second, int task, int tasks, int action) {
        int choice = STRIDE * action;
        while (choice % tasks != task) {
            choice++;
        }
        return new Deed(second, choice, Manner.OFFERED);
    }

    /** Returns which of some tasks is meant. */
    int task(int tasks) {
        return choice % tasks;
    }

    /** Returns which of some actions is meant. */
    int action(int actions) {
        return choice / STRIDE % actions;
    }
}
