package io.omsbatch.testkit.simulation;

import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.switchover.BoardTask;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.TaskRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a trial comes by that somebody could have made use of: boundaries to die at, and boards that ask for a deed. */
final class Path {

    private final List<Deed> openings = new ArrayList<>();
    private @Nullable Sight seen;
    private String shown = "";
    private final List<Integer> turns = new ArrayList<>();
    private int boundaries;
    private boolean changed = true;

    /** What tells one look at a run from another. */
    private record Sight(RunState state, List<Place> places) {

        private record Place(
                TaskRef task, List<StepStanding.State> steps, boolean ejected, Set<SwitchoverAction> actions) {

            static Place of(BoardTask task) {
                return new Place(
                        task.ref(),
                        task.steps().stream().map(StepStanding::state).toList(),
                        task.ejected(),
                        task.actions());
            }
        }
    }

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
    String look(RunState state, List<BoardTask> tasks, Duration elapsed) {
        Sight now = new Sight(state, tasks.stream().map(Sight.Place::of).toList());
        if (!now.equals(seen)) {
            seen = now;
            shown = now.toString();
            open((int) elapsed.toSeconds(), tasks);
        }
        return shown;
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
