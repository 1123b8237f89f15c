package io.omsbatch.api.switchover;

import io.omsbatch.api.SafeText;
import io.omsbatch.api.task.TaskRef;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One task on the board. Immutable.
 *
 * @param ref the task
 * @param name its name as the platform sent it; escape it before showing it
 * @param steps how each step of its type stands, in order
 * @param current the standing of the step it is at, or null once its switchover has ended
 * @param snapshot the newest observation, with lag, position, precheck and objects; null before the first one
 * @param ejected whether it goes on alone
 * @param actions what an operator can do to this task now
 * @since 0.1.0
 */
public record BoardTask(
        TaskRef ref,
        String name,
        List<StepStanding> steps,
        @Nullable StepStanding current,
        @Nullable SwitchoverSnapshot snapshot,
        boolean ejected,
        Set<SwitchoverAction> actions) {

    /** Copies the collections. */
    public BoardTask {
        Objects.requireNonNull(ref, "BoardTask.ref");
        Objects.requireNonNull(name, "BoardTask.name");
        steps = List.copyOf(Objects.requireNonNull(steps, "BoardTask.steps"));
        Objects.requireNonNull(actions, "BoardTask.actions");
        actions = actions.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(actions));
    }

    /** Returns name, current step and open actions in one escaped line. */
    @Override
    public String toString() {
        return SafeText.escape(name) + " (" + ref + ") at " + current + ", open: " + actions;
    }
}
