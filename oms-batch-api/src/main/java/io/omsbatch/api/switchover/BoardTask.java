package io.omsbatch.api.switchover;

import io.omsbatch.api.SafeText;
import io.omsbatch.api.task.TaskRef;
import java.time.Instant;
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
 * @param course whether it goes on alone, and how long its source has been frozen
 * @param actions what an operator can do to this task now
 * @since 0.1.0
 */
public record BoardTask(
        TaskRef ref,
        String name,
        List<StepStanding> steps,
        @Nullable StepStanding current,
        @Nullable SwitchoverSnapshot snapshot,
        Course course,
        Set<SwitchoverAction> actions) {

    /**
     * How a task goes through its switchover.
     *
     * @param ejected whether it goes on alone
     * @param freeze the write freeze of its source, or null while there is none
     */
    public record Course(boolean ejected, @Nullable Freeze freeze) {

        /** With its lane, and its source not frozen. */
        public static final Course PLAIN = new Course(false, null);
    }

    /**
     * The write freeze of a source (SW-9).
     *
     * @param since when it was confirmed that writing stopped
     * @param until when its budget ends
     */
    public record Freeze(Instant since, Instant until) {
        /** Checks that the parts are there. */
        public Freeze {
            Objects.requireNonNull(since, "Freeze.since");
            Objects.requireNonNull(until, "Freeze.until");
        }
    }

    /** Copies the collections. */
    public BoardTask {
        Objects.requireNonNull(ref, "BoardTask.ref");
        Objects.requireNonNull(name, "BoardTask.name");
        steps = List.copyOf(Objects.requireNonNull(steps, "BoardTask.steps"));
        Objects.requireNonNull(course, "BoardTask.course");
        Objects.requireNonNull(actions, "BoardTask.actions");
        actions = actions.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(actions));
    }

    /** Returns whether it goes on alone. */
    public boolean ejected() {
        return course.ejected();
    }

    /** Returns name, current step and open actions in one escaped line. */
    @Override
    public String toString() {
        return SafeText.escape(name) + " (" + ref + ") at " + current + ", open: " + actions;
    }
}
