package io.omsbatch.api.switchover;

import io.omsbatch.api.SafeText;
import io.omsbatch.api.switchover.SwitchoverBoard.LaneBoard;
import io.omsbatch.api.task.SwitchoverDirection;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a board as a table: a row per task, a column per step, then what the task waits for. */
final class BoardText {

    private static final int NAME_WIDTH = 24;

    private BoardText() {}

    static String render(SwitchoverBoard board) {
        StringBuilder text = new StringBuilder();
        for (LaneBoard lane : board.lanes()) {
            text.append(lane.lane()).append(" (board ").append(board.version()).append(")\n");
            lane.tasks().forEach(task -> row(text, task, lane.lane().direction(), board));
            lane.openForAll()
                    .forEach((step, actions) -> text.append("  open at \"")
                            .append(step.title(lane.lane().direction()))
                            .append("\": ")
                            .append(actions.stream()
                                    .map(SwitchoverAction::title)
                                    .collect(Collectors.joining(", ")))
                            .append('\n'));
        }
        return text.toString();
    }

    private static void row(StringBuilder text, BoardTask task, SwitchoverDirection direction, SwitchoverBoard board) {
        String name = SafeText.escape(task.name());
        String shown = name.length() > NAME_WIDTH ? name.substring(0, NAME_WIDTH - 1) + "…" : name;
        text.append(String.format(Locale.ROOT, "  %-" + NAME_WIDTH + "s ", shown));
        task.steps()
                .forEach(step -> text.append(step.step().number())
                        .append(step.state().mark())
                        .append(' '));
        StepStanding current = task.current();
        if (current == null) {
            text.append("ended");
        } else {
            text.append(current.step().title(direction));
            if (current.since() != null) {
                text.append(' ')
                        .append(Duration.between(current.since(), board.at()).toSeconds())
                        .append(" s");
            }
            if (!current.waitsFor().isEmpty()) {
                text.append(", ").append(current.waitsFor());
            }
        }
        SwitchoverSnapshot snapshot = task.snapshot();
        if (current != null && snapshot != null && snapshot.sync() != null) {
            text.append(", ").append(snapshot.sync());
        }
        BoardTask.Freeze freeze = task.course().freeze();
        if (freeze != null) {
            long left = Duration.between(board.at(), freeze.until()).toSeconds();
            text.append(", frozen ")
                    .append(Duration.between(freeze.since(), board.at()).toSeconds())
                    .append(left < 0 ? " s, " + -left + " s over budget" : " s, " + left + " s left");
        }
        text.append(task.ejected() ? " (alone)\n" : "\n");
    }
}
