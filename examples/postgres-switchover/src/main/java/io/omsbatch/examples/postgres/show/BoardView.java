package io.omsbatch.examples.postgres.show;

import io.omsbatch.api.switchover.BoardTask;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.task.SwitchoverDirection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws a board: all of a small one; of a large one how many stand where, and those that failed. */
public final class BoardView {
    private static final int SHOWN = 16;

    private BoardView() {}

    /** How many stand where, in one line. */
    public static String headline(SwitchoverBoard board) {
        Map<String, Integer> where = new LinkedHashMap<>();
        board.lanes()
                .forEach(lane -> lane.tasks()
                        .forEach(task -> where.merge(standing(task, lane.lane().direction()), 1, Integer::sum)));
        List<String> parts = new ArrayList<>();
        where.forEach((standing, count) -> parts.add(count + " " + standing));
        return String.join("; ", parts);
    }

    /** The board in lines. */
    public static List<String> drawing(SwitchoverBoard board) {
        if (board.tasks().size() <= SHOWN) {
            return board.render().lines().toList();
        }
        return board.lanes().stream()
                .flatMap(lane -> lane.tasks().stream()
                        .filter(BoardView::failed)
                        .map(task -> "  " + task.ref().id() + " "
                                + standing(task, lane.lane().direction())))
                .limit(SHOWN)
                .toList();
    }

    /** Whether a task stands at a step, or the undo of one, that failed or of which nobody knows. */
    public static boolean failed(BoardTask task) {
        return task.current() != null
                && switch (task.current().state()) {
                    case FAILED, UNKNOWN, UNDO_FAILED -> true;
                    default -> false;
                };
    }

    private static String standing(BoardTask task, SwitchoverDirection direction) {
        StepStanding current = task.current();
        if (current == null) {
            return "ended";
        }
        String how = switch (current.state()) {
            case GATED -> "wait for the operator at";
            case WAITING -> "wait at";
            case RUNNING, PENDING -> "at";
            case FAILED -> "failed at";
            case UNKNOWN -> "nobody knows at";
            case UNDOING -> "go back from";
            case UNDO_FAILED -> "cannot go back from";
            case DONE, SKIPPED, UNDONE -> "after";
        };
        return how + " " + current.step().number() + " " + current.step().title(direction);
    }
}
