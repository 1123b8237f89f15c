package io.omsbatch.testkit.simulation;

import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.switchover.BoardTask;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.testkit.fake.VirtualEnvironment;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** An operator who wants to know whether what is not open is refused, once in each trial for each way a step stands (SW-11). */
final class Prober {

    /** What is taken back goes on to its end: nothing that is open at any time to others is open to it. */
    private static final Set<StepStanding.State> TAKEN_BACK =
            EnumSet.of(StepStanding.State.UNDOING, StepStanding.State.UNDO_FAILED);

    private final Operators operators;
    private final VirtualEnvironment world;
    private final Set<String> probed = new HashSet<>();

    Prober(Operators operators, VirtualEnvironment world) {
        this.operators = operators;
        this.world = world;
    }

    /** Asks for whatever is shut at the steps of a board that stand in a way not tried yet. */
    void probe(SwitchoverWorkflow workflow, SwitchoverBoard board) {
        for (BoardTask task : board.tasks()) {
            for (StepStanding standing : task.current() == null ? List.<StepStanding>of() : task.steps()) {
                String name = standing.step() + " " + standing.state();
                if (!probed.contains(name)) {
                    if (!allRefused(workflow, board, task, standing)) {
                        return;
                    }
                    probed.add(name);
                }
            }
        }
    }

    /** Asks for all that is shut to a task. Returns false if another process has to answer, which by then may see another board. */
    private boolean allRefused(
            SwitchoverWorkflow workflow, SwitchoverBoard board, BoardTask task, StepStanding standing) {
        for (SwitchoverAction action : SwitchoverAction.values()) {
            StepStanding current = task.current();
            if (current == null || standing.step() != current.step() || shut(action, task, current)) {
                Control control =
                        Control.one(action, standing.step(), task.ref(), board.version(), TrialRun.ANN, "just to see");
                Duration asked = world.elapsed();
                ControlAnswer answer = operators.act(workflow, standing, control);
                if (!world.elapsed().equals(asked)) {
                    return false;
                }
                requireRefused(control, answer, task);
            }
        }
        return true;
    }

    private static boolean shut(SwitchoverAction action, BoardTask task, StepStanding current) {
        if (action.atAnyTime()
                && (action == SwitchoverAction.EJECT || task.actions().isEmpty())) {
            return TAKEN_BACK.contains(
                    current.state()); // elsewhere a board may hide it, because it would change nothing
        }
        return !task.actions().contains(action);
    }

    static void requireRefused(Control control, ControlAnswer answer, BoardTask task) {
        if (!(answer instanceof ControlAnswer.Refused || answer instanceof ControlAnswer.Pending)) {
            throw new AssertionError("SW-11 is broken: " + control + " was answered with " + answer + ", but "
                    + task.ref() + " is at " + task.current() + " and the board offers only " + task.actions());
        }
    }
}
