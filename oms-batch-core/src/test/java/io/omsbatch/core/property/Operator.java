package io.omsbatch.core.property;

import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.switchover.BoardTask;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.task.TaskRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Somebody in front of the board of a switchover, in virtual time. */
final class Operator {

    private static final Set<StepStanding.State> AWAITING =
            EnumSet.of(StepStanding.State.FAILED, StepStanding.State.UNKNOWN, StepStanding.State.UNDO_FAILED);
    private static final int MOST_LOOKS = 3_000;
    private static final int PATIENCE = 2;

    private final Scene scene;
    private final SwitchoverWorkflow workflow;
    private final long firstVersion;
    private final Map<String, Integer> tries = new HashMap<>();

    Operator(Scene scene, SwitchoverWorkflow workflow) {
        this.scene = scene;
        this.workflow = workflow;
        this.firstVersion = workflow.board().version();
    }

    private boolean running() {
        return workflow.state() == RunState.RUNNING;
    }

    /** Does what comes to mind. */
    void fumble(List<Deed> deeds) {
        for (Deed deed : deeds) {
            scene.environment.advance(Duration.ofSeconds(deed.waitSeconds()));
            if (!running()) {
                return;
            }
            SwitchoverBoard board = workflow.board();
            BoardTask task = board.tasks().get(deed.task() % board.tasks().size());
            StepStanding current = task.current();
            List<SwitchoverAction> open = new ArrayList<>(task.actions());
            if (current == null || open.isEmpty()) {
                continue;
            }
            SwitchoverAction action = open.get(deed.action() % open.size());
            Control one =
                    Control.one(action, current.step(), task.ref(), board.version(), Scene.ANN, "it came to mind");
            switch (deed.manner()) {
                case ONE -> act(one);
                case LANE ->
                    act(Control.all(
                            action,
                            current.step(),
                            laneOf(board, task.ref()),
                            board.version(),
                            Scene.ANN,
                            "all of them"));
                case TWICE -> doubleClick(one);
                case LATE ->
                    act(Control.one(action, current.step(), task.ref(), firstVersion, Scene.ANN, "an old window"));
            }
        }
    }

    private void doubleClick(Control control) {
        ControlAnswer first = workflow.act(control);
        ControlAnswer second = workflow.act(control);
        boolean confirms = control.action() == SwitchoverAction.CONFIRM || control.action() == SwitchoverAction.MARK;
        if (confirms && first instanceof ControlAnswer.Accepted && !(second instanceof ControlAnswer.Refused)) {
            throw new AssertionError("RUN-12 is broken: a double click on " + control + " was answered with " + first
                    + " and then " + second + "\n" + scene.platform.history());
        }
    }

    /** Sees it through: confirms, marks, tries again what failed, then skips it, then leaves it. */
    void seeThrough() {
        for (int look = 0; look < MOST_LOOKS && running(); look++) {
            SwitchoverBoard board = workflow.board();
            for (BoardTask task : board.tasks()) {
                StepStanding current = task.current();
                if (current != null) {
                    next(task)
                            .ifPresent(action -> act(Control.one(
                                    action,
                                    current.step(),
                                    task.ref(),
                                    workflow.board().version(),
                                    Scene.ANN,
                                    "next")));
                }
            }
            scene.environment.advance(Duration.ofSeconds(7));
        }
    }

    private Optional<SwitchoverAction> next(BoardTask task) {
        StepStanding current = Objects.requireNonNull(task.current());
        for (SwitchoverAction action : List.of(SwitchoverAction.CONFIRM, SwitchoverAction.MARK)) {
            if (task.actions().contains(action)) {
                return Optional.of(action);
            }
        }
        if (!AWAITING.contains(current.state())) {
            return Optional.empty();
        }
        int tried = tries.merge(task.ref() + " " + current.step(), 1, Integer::sum);
        List<SwitchoverAction> wishes = tried <= PATIENCE
                ? List.of(SwitchoverAction.RETRY, SwitchoverAction.LEAVE)
                : tried <= 2 * PATIENCE
                        ? List.of(SwitchoverAction.SKIP, SwitchoverAction.RETRY, SwitchoverAction.LEAVE)
                        : List.of(SwitchoverAction.LEAVE);
        return wishes.stream().filter(task.actions()::contains).findFirst();
    }

    private void act(Control control) {
        if (workflow.act(control) instanceof ControlAnswer.ConsentNeeded asked) {
            ControlAnswer unused = workflow.act(control.consenting(asked.token()));
        }
    }

    private static int laneOf(SwitchoverBoard board, TaskRef ref) {
        return board.lanes().stream()
                .filter(lane ->
                        lane.tasks().stream().anyMatch(task -> task.ref().equals(ref)))
                .findFirst()
                .orElseThrow()
                .lane()
                .number();
    }
}
