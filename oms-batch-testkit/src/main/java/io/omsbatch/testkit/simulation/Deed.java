package io.omsbatch.testkit.simulation;

import io.omsbatch.api.Limits;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.SwitchoverStep;
import java.util.List;
import java.util.Objects;

/**
 * Something that an operator does in front of a board, or to a run. What it comes to depends on what the board then shows.
 *
 * @param second when, in seconds after the run began
 * @param choice which task and which action: the task modulo the number of tasks, and a seventh of it modulo the number of actions;
 *     of AT_CELL which step, standing and action
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
        /** An action that the board offers, on the first task that is found waiting, failed or in doubt from then on. */
        AT_TROUBLE,
        /** A certain action, offered or not, on the first task whose current step is a certain one that stands in a certain way. */
        AT_CELL,
        /** From then on, once for each way a step stands: every action that is not open there, the step of the task or another. */
        PROBE,
        /** To pause the run, and to resume it a little later. */
        PAUSE,
        /** To cancel the run, leaving begun tasks where they stand. */
        CANCEL
    }

    private static final List<SwitchoverStep> STEPS = List.of(SwitchoverStep.values());
    private static final List<StepStanding.State> STATES = List.of(StepStanding.State.values());
    private static final List<SwitchoverAction> ACTIONS = List.of(SwitchoverAction.values());

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

    /** Returns the deed that takes an action as soon as a task stands in a certain way at a step. */
    static Deed atCell(SwitchoverStep step, StepStanding.State state, SwitchoverAction action) {
        return new Deed(0, cell(step, state) * ACTIONS.size() + ACTIONS.indexOf(action), Manner.AT_CELL);
    }

    private static int cell(SwitchoverStep step, StepStanding.State state) {
        return STEPS.indexOf(step) * STATES.size() + STATES.indexOf(state);
    }

    /** Returns whether a task that stands like this is waited for. */
    boolean isAt(StepStanding standing) {
        return choice / ACTIONS.size() == cell(standing.step(), standing.state());
    }

    /** Returns which action is taken there. */
    SwitchoverAction cellAction() {
        return ACTIONS.get(choice % ACTIONS.size());
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
