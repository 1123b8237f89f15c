package io.omsbatch.testkit.simulation;

import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.switchover.BoardTask;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverBoard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a trial comes by that somebody could have made use of: boundaries to die at, and boards that ask for a deed. */
final class Path {

    private final List<Deed> openings = new ArrayList<>();
    private String shown = "";
    private final List<Integer> turns = new ArrayList<>();
    private int boundaries;
    private boolean changed = true;

    /** Crosses the next boundary, and returns its number. */
    int boundary() {
        boundaries++;
        if (changed) {
            turns.add(boundaries);
            changed = false;
        }
        return boundaries;
    }

    /** Takes down that platform or journal may have been changed. */
    void change() {
        changed = true;
    }

    /** Takes down what an operator who looks at a run sees, and could do. Returns that. */
    String look(BatchRun run, Duration elapsed) {
        StringBuilder state = new StringBuilder(run.state().name());
        List<BoardTask> tasks = run instanceof SwitchoverWorkflow workflow ? board(workflow, state) : List.of();
        if (!state.toString().equals(shown) && run.state() != RunState.ENDED) {
            shown = state.toString();
            open((int) elapsed.toSeconds(), tasks);
        }
        return state.toString();
    }

    private static List<BoardTask> board(SwitchoverWorkflow workflow, StringBuilder state) {
        SwitchoverBoard board = workflow.board();
        board.tasks()
                .forEach(task -> state.append("; ")
                        .append(task.ref())
                        .append(' ')
                        .append(task.steps().stream().map(StepStanding::state).toList())
                        .append(task.ejected() ? " alone " : " ")
                        .append(task.actions()));
        return board.tasks();
    }

    private void open(int second, List<BoardTask> tasks) {
        for (int task = 0; task < tasks.size(); task++) {
            for (int action = 0; action < tasks.get(task).actions().size(); action++) {
                openings.add(Deed.offered(second, task, tasks.size(), action));
            }
        }
        openings.add(new Deed(second, 0, Deed.Manner.PAUSE));
        openings.add(new Deed(second, 0, Deed.Manner.CANCEL));
    }

    /** Returns the boundaries before which platform or journal changed: who dies at another leaves the world as if at one of these. */
    List<Integer> turns() {
        return List.copyOf(turns);
    }

    /** Returns what operators could have done from a moment on. */
    List<Deed> openings(int second) {
        return openings.stream().filter(deed -> deed.second() >= second).toList();
    }
}
