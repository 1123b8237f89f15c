package io.omsbatch.testkit.simulation;

import io.omsbatch.api.Limits;
import java.util.Objects;

/**
 * A world that is small enough to be looked at from every side: one trial, into which every crash and every deed is put that it
 * has room for.
 *
 * @param trial what goes on when nothing goes wrong and nobody interferes
 * @param crashes how many processes die, 0 or 1: at the first boundary, and at each one before which the platform or the journal
 *     changed, because a death at another leaves the same behind
 * @param deeds how many things operators do, 0 to 2: whatever the board offers, each time it shows something else, and also to
 *     pause and to cancel
 * @since 0.1.0
 */
public record SmallWorld(Trial trial, int crashes, int deeds) {

    /** A choice of a deed names a task by what is left of it after division, and an action by how often this goes into it. */
    private static final int MOST_TASKS = Deed.STRIDE;

    /** Checks the parts. */
    public SmallWorld {
        Objects.requireNonNull(trial, "SmallWorld.trial");
        Limits.range("SmallWorld.trial.tasks", trial.tasks().size(), 1, MOST_TASKS);
        Limits.range("SmallWorld.crashes", crashes, 0, 1);
        Limits.range("SmallWorld.deeds", deeds, 0, 2);
    }
}
