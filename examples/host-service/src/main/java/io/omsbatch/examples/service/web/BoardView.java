package io.omsbatch.examples.service.web;

import io.omsbatch.api.switchover.BoardTask;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.task.SwitchoverStep;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The board of a switchover. */
record BoardView(String runId, long version, Instant at, List<Lane> lanes) {

    /** A lane, with what can be done to all of its tasks that stand at a step. */
    record Lane(int number, Map<SwitchoverStep, Set<SwitchoverAction>> open, List<Task> tasks) {}

    /** A task, with what can be done to it now. */
    record Task(
            String id,
            String name,
            @Nullable Standing current,
            Set<SwitchoverAction> actions,
            boolean ejected,
            BoardTask.@Nullable Freeze freeze,
            Map<SwitchoverStep, StepStanding.State> steps) {}

    /** How a step stands. */
    record Standing(SwitchoverStep step, StepStanding.State state, String waitsFor) {}

    static BoardView of(SwitchoverBoard board) {
        return new BoardView(
                board.runId(),
                board.version(),
                board.at(),
                board.lanes().stream()
                        .map(lane -> new Lane(
                                lane.lane().number(),
                                lane.openForAll(),
                                lane.tasks().stream().map(BoardView::task).toList()))
                        .toList());
    }

    private static Task task(BoardTask task) {
        StepStanding current = task.current();
        Map<SwitchoverStep, StepStanding.State> steps = new EnumMap<>(SwitchoverStep.class);
        task.steps().forEach(standing -> steps.put(standing.step(), standing.state()));
        return new Task(
                task.ref().id(),
                task.name(),
                current == null ? null : new Standing(current.step(), current.state(), current.waitsFor()),
                task.actions(),
                task.ejected(),
                task.course().freeze(),
                steps);
    }
}
