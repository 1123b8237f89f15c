package io.omsbatch.testkit.simulation;

import io.omsbatch.api.OmsBatchException;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.switchover.BoardTask;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.switchover.SwitchoverBoard;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Those in front of the board: they do what the trial says, and see the run through. */
final class Operators {

    private static final Set<StepStanding.State> AWAITING =
            EnumSet.of(StepStanding.State.FAILED, StepStanding.State.UNKNOWN, StepStanding.State.UNDO_FAILED);
    private static final int PATIENCE = 2;

    private final TrialRun stage;
    private final Tally tally;
    private final Path path;
    private final Deque<Deed> due;
    private final Map<String, Integer> tries = new HashMap<>();
    private String last = "nothing was asked";

    Operators(Trial trial, TrialRun stage, Tally tally, Path path) {
        this.stage = stage;
        this.tally = tally;
        this.path = path;
        this.due = new ArrayDeque<>(trial.deeds().stream()
                .sorted(Comparator.comparingInt(Deed::second))
                .toList());
    }

    /** Does what is due, and then what takes the run on. */
    void look(BatchRun run) {
        tally.state(path.look(run, stage.world().elapsed()));
        Deed next = due.peek();
        if (next != null && stage.world().elapsed().compareTo(Duration.ofSeconds(next.second())) >= 0) {
            due.remove();
            perform(next, run);
            return;
        }
        if (run.state() == RunState.PAUSED || run.state() == RunState.PARKED) {
            control(run, RunAction.RESUME);
        } else if (run instanceof SwitchoverWorkflow workflow && run.state() == RunState.RUNNING) {
            workflow.board().tasks().forEach(task -> goOn(workflow, task));
        }
    }

    private void perform(Deed deed, BatchRun run) {
        if (deed.manner() == Deed.Manner.PAUSE || deed.manner() == Deed.Manner.CANCEL) {
            control(run, deed.manner() == Deed.Manner.PAUSE ? RunAction.PAUSE : RunAction.CANCEL);
            return;
        }
        if (!(run instanceof SwitchoverWorkflow workflow) || run.state() != RunState.RUNNING) {
            return;
        }
        SwitchoverBoard board = workflow.board();
        BoardTask task = board.tasks().get(deed.task(board.tasks().size()));
        StepStanding current = task.current();
        List<SwitchoverAction> offered = new ArrayList<>(task.actions());
        boolean any = deed.manner() == Deed.Manner.ANY;
        List<SwitchoverAction> choices = any ? List.of(SwitchoverAction.values()) : offered;
        if (current == null || choices.isEmpty()) {
            return;
        }
        SwitchoverAction action = choices.get(deed.action(choices.size()));
        Control control =
                Control.one(action, current.step(), task.ref(), board.version(), TrialRun.ANN, "it came to mind");
        switch (deed.manner()) {
            case TWICE -> twice(workflow, control);
            case TOGETHER -> together(workflow, control);
            default -> {
                ControlAnswer answer = act(workflow, current, control);
                // a board hides an action that is open at any time where it would change nothing, as to eject a task
                // that is alone
                if (!offered.contains(action)
                        && !action.atAnyTime()
                        && !(answer instanceof ControlAnswer.Refused || answer instanceof ControlAnswer.Pending)) {
                    throw new AssertionError("SW-11 is broken: " + control + " was answered with " + answer
                            + ", but the board offers only " + offered);
                }
            }
        }
    }

    private void twice(SwitchoverWorkflow workflow, Control control) {
        ControlAnswer first = workflow.act(control);
        ControlAnswer second = workflow.act(control);
        boolean confirms = control.action() == SwitchoverAction.CONFIRM || control.action() == SwitchoverAction.MARK;
        if (confirms && first instanceof ControlAnswer.Accepted && second instanceof ControlAnswer.Accepted) {
            throw new AssertionError("RUN-12 is broken: a double click on " + control + " was accepted twice");
        }
    }

    /** Two operators who see the same board do the same at once. */
    private void together(SwitchoverWorkflow workflow, Control control) {
        BatchRun other = stage.elsewhere(workflow.id()).orElse(workflow);
        stage.world().executor().execute(() -> quietly(workflow, control));
        stage.world().executor().execute(() -> quietly(other, control));
    }

    private static void quietly(BatchRun run, Control control) {
        try {
            if (run instanceof SwitchoverWorkflow workflow) {
                ControlAnswer unused = workflow.act(control);
            }
        } catch (ProcessDied | OmsBatchException told) {
            // the operator sees an error
        }
    }

    private static void control(BatchRun run, RunAction action) {
        ControlAnswer unused = run.control(new RunControl(action, run.version(), TrialRun.ANN, "trial"));
    }

    /** Confirms, marks, tries again what failed, then skips it, then leaves it. */
    private void goOn(SwitchoverWorkflow workflow, BoardTask task) {
        StepStanding current = task.current();
        if (current != null) {
            next(task, current).ifPresent(action -> {
                Control control = Control.one(
                        action, current.step(), task.ref(), workflow.board().version(), TrialRun.ANN, "next");
                if (act(workflow, current, control) instanceof ControlAnswer.ConsentNeeded asked) {
                    ControlAnswer unused = act(workflow, current, control.consenting(asked.token()));
                }
            });
        }
    }

    private ControlAnswer act(SwitchoverWorkflow workflow, StepStanding current, Control control) {
        tally.cell(current.step() + " " + current.state() + " " + control.action());
        ControlAnswer answer = workflow.act(control);
        last = control + " was answered with " + answer;
        return answer;
    }

    /** Returns what was asked last, and how that was answered. */
    String last() {
        return last;
    }

    private Optional<SwitchoverAction> next(BoardTask task, StepStanding current) {
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
                        : List.of(SwitchoverAction.LEAVE, SwitchoverAction.RETRY);
        return wishes.stream().filter(task.actions()::contains).findFirst();
    }
}
