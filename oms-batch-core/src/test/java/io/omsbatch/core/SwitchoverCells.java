package io.omsbatch.core;

import io.omsbatch.api.switchover.StepStanding.State;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.core.workflow.StepSpec;
import io.omsbatch.core.workflow.StepTable;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The cells of the table of actions: a step, how it stands, and an action; and which of them no task can come to (SW-11). */
public final class SwitchoverCells {

    private static final SwitchoverStep FIRST = SwitchoverStep.START_FORWARD_SWITCHOVER;
    private static final SwitchoverStep LAST = SwitchoverStep.START_REVERSE_INCREMENT;

    static final Set<SwitchoverAction> BEFORE_RETURN = EnumSet.of(SwitchoverAction.ABORT, SwitchoverAction.OPEN_TARGET);

    private SwitchoverCells() {}

    /** Returns why no task can come to a standing at a step, or an empty text if one can. */
    public static String unreachable(StepSpec row, State state) {
        boolean undone = row.effect().undo() != StepSpec.Effect.Undo.NOTHING;
        boolean impossible = switch (state) {
            case GATED -> row.driver() != StepSpec.Driver.OPERATOR;
            case SKIPPED -> row.onFailure().skipWaives() == null;
            case PENDING -> row.step() == FIRST;
            case DONE -> row.step() == LAST;
            case UNDOING, UNDO_FAILED -> !undone;
            case UNDONE -> !undone || row.effect().undo() == StepSpec.Effect.Undo.LAST;
            case WAITING, RUNNING, FAILED, UNKNOWN -> false;
        };
        return impossible ? why(state, undone) : "";
    }

    private static String why(State state, boolean undone) {
        return switch (state) {
            case GATED -> "it starts by itself";
            case SKIPPED -> "no rule can be waived by skipping it";
            case PENDING -> "nothing comes before it";
            case DONE -> "then the task has its outcome";
            case UNDOING, UNDO_FAILED, UNDONE ->
                undone ? "it is taken back last, then the task has its outcome" : "there is nothing to take back";
            case WAITING, RUNNING, FAILED, UNKNOWN -> "";
        };
    }

    /** Returns the cells that a task can come to, as "step standing action". */
    public static Set<String> reachable() {
        return cells((row, state) -> EnumSet.allOf(SwitchoverAction.class));
    }

    /** Returns those of them in which the action is open. */
    public static Set<String> open() {
        return cells((row, state) -> {
            Set<SwitchoverAction> open = EnumSet.noneOf(SwitchoverAction.class);
            open.addAll(StepTable.offered(row, state));
            if (pastReturn(row, state)) {
                open.removeAll(BEFORE_RETURN);
            }
            return open;
        });
    }

    /** Returns whether a task that stands like this has its point of no return behind it, wherever it comes from. */
    static boolean pastReturn(StepSpec row, State state) {
        return row.step() == LAST
                && EnumSet.of(State.RUNNING, State.FAILED, State.UNKNOWN).contains(state);
    }

    private static Set<String> cells(BiFunction<StepSpec, State, Set<SwitchoverAction>> actions) {
        Set<String> cells = new TreeSet<>();
        for (StepSpec row : StepTable.switchover().rows()) {
            for (State state : State.values()) {
                if (unreachable(row, state).isEmpty()) {
                    actions.apply(row, state).forEach(action -> cells.add(row.step() + " " + state + " " + action));
                }
            }
        }
        return cells;
    }

    /** Returns what no task can come to and why, a step and standing a line. */
    public static String unreachable() {
        return StepTable.switchover().rows().stream()
                .flatMap(row -> Stream.of(State.values())
                        .filter(state -> !unreachable(row, state).isEmpty())
                        .map(state -> row.step() + " " + state + ": " + unreachable(row, state)))
                .collect(Collectors.joining("\n"));
    }
}
