package io.omsbatch.api.engine;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.Limits;
import io.omsbatch.api.SafeText;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an operator does to tasks of a running switchover. Immutable.
 *
 * @param action what to do
 * @param step the step at which the operator saw the tasks
 * @param target which tasks
 * @param boardVersion the version of the board that the operator saw, 0 or more
 * @param actor who acts
 * @param reason why; for a confirmation, what proved that it is right to go on
 * @param consent the token of {@link ControlAnswer.ConsentNeeded}, given back, by another person where that asks for one; null the
 *     first time
 * @since 0.1.0
 */
public record Control(
        SwitchoverAction action,
        SwitchoverStep step,
        Target target,
        long boardVersion,
        Actor actor,
        String reason,
        @Nullable String consent) {

    /** Which tasks of the run an action is for. */
    public sealed interface Target {

        /**
         * All tasks of a lane that stand at the step and where the action is open.
         *
         * @param number the lane's number, from 1
         */
        record WholeLane(int number) implements Target {
            /** Checks the number. */
            public WholeLane {
                Limits.range("Control.target", number, 1, Integer.MAX_VALUE);
            }
        }

        /**
         * Exactly these tasks.
         *
         * @param refs the tasks, 1 to 1 000 000
         */
        record Tasks(Set<TaskRef> refs) implements Target {
            /** Checks and copies the tasks. */
            public Tasks {
                Limits.tasks("Control.target.refs", refs);
                refs = Collections.unmodifiableSet(new LinkedHashSet<>(
                        refs.stream().map(TaskRef.class::cast).toList())); // before one is asked for its hash
                if (refs.isEmpty()) {
                    throw new InvalidInputException("Control.target", "names no task; name at least one");
                }
            }
        }
    }

    /** Checks the parts. */
    public Control {
        Objects.requireNonNull(action, "Control.action");
        Objects.requireNonNull(step, "Control.step");
        Objects.requireNonNull(target, "Control.target");
        Objects.requireNonNull(actor, "Control.actor");
        Limits.range("Control.boardVersion", boardVersion, 0, Long.MAX_VALUE);
        Limits.reason("Control.reason", reason);
        if (consent != null) {
            Limits.id("Control.consent", consent);
        }
    }

    /**
     * Returns an action for all tasks of a lane that stand at a step.
     *
     * @param action what to do
     * @param step the step
     * @param lane the lane's number, from 1
     * @param boardVersion the version of the board that the operator saw
     * @param actor who acts
     * @param reason why
     * @return the control
     */
    public static Control all(
            SwitchoverAction action, SwitchoverStep step, int lane, long boardVersion, Actor actor, String reason) {
        return new Control(action, step, new Target.WholeLane(lane), boardVersion, actor, reason, null);
    }

    /**
     * Returns an action for one task.
     *
     * @param action what to do
     * @param step the step
     * @param task the task
     * @param boardVersion the version of the board that the operator saw
     * @param actor who acts
     * @param reason why
     * @return the control
     */
    public static Control one(
            SwitchoverAction action, SwitchoverStep step, TaskRef task, long boardVersion, Actor actor, String reason) {
        Set<TaskRef> only = Set.of(Objects.requireNonNull(task, "Control.task"));
        return new Control(action, step, new Target.Tasks(only), boardVersion, actor, reason, null);
    }

    /**
     * Returns this control with the consent that was asked for.
     *
     * @param token the token of the answer
     * @return the control to send again
     */
    public Control consenting(String token) {
        return new Control(action, step, target, boardVersion, actor, reason, Objects.requireNonNull(token, "token"));
    }

    /** Returns action, step, target, actor and escaped reason, without the consent token. */
    @Override
    public String toString() {
        return action.title() + " at step " + step.number() + " of " + target + " (board " + boardVersion + ") by "
                + actor + ": " + SafeText.escape(reason);
    }
}
