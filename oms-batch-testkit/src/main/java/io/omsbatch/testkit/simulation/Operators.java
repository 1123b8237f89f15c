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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Those in front of the board: they do what the trial says, and see the run through. */
final class Operators {

    private static final Set<StepStanding.State> AWAITING =
            EnumSet.of(StepStanding.State.FAILED, StepStanding.State.UNKNOWN, StepStanding.State.UNDO_FAILED);
    private static final Set<StepStanding.State> TROUBLED = EnumSet.of(
            StepStanding.State.WAITING,
            StepStanding.State.FAILED,
            StepStanding.State.UNKNOWN,
            StepStanding.State.UNDO_FAILED);

    private static final int PATIENCE = 2;

    private final TrialRun stage;
    private final Tally tally;
    private final Path path;
    private final Deque<Deed> due;
    private final Map<String, Integer> tries = new HashMap<>();
    private final Deque<Deed> watching = new ArrayDeque<>();
    private final Prober prober;
    private boolean probing;
    private Supplier<String> last = () -> "nothing was asked";

    Operators(Trial trial, TrialRun stage, Tally tally, Path path) {
        this.stage = stage;
        this.tally = tally;
        this.path = path;
        this.prober = new Prober(this, stage.world());
        this.due = new ArrayDeque<>(trial.deeds().stream()
                .sorted(Comparator.comparingInt(Deed::second))
                .toList());
    }

    /** Looks once at a run that is in a state, does what is due, and then what takes the run on. */
    void look(BatchRun run, RunState state) {
        SwitchoverBoard board = run instanceof SwitchoverWorkflow workflow ? workflow.board() : null;
        tally.state(path.look(
                state, board == null ? List.of() : board.tasks(), stage.world().elapsed()));
        Optional<Deed> now = nextDeed();
        if (now.isPresent()) {
            perform(now.get(), run, state, board);
        } else if (run instanceof SwitchoverWorkflow workflow && board != null) {
            look(workflow, board, state);
        } else {
            resume(run, state);
        }
    }

    private void look(SwitchoverWorkflow workflow, SwitchoverBoard board, RunState state) {
        if (probing && state == RunState.RUNNING) {
            prober.probe(workflow, board);
        }
        boolean goesOn = state == RunState.RUNNING || state == RunState.PAUSED;
        if (goesOn && meddle(workflow, board)) {
            return;
        }
        if (state == RunState.RUNNING) {
            board.tasks().forEach(task -> goOn(workflow, task));
        } else {
            resume(workflow, state);
        }
    }

    private static void resume(BatchRun run, RunState state) {
        if (state == RunState.PAUSED || state == RunState.PARKED) {
            control(run, RunAction.RESUME);
        }
    }

    /** Returns what is to be done now; what waits for its time is from now on looked for. */
    private Optional<Deed> nextDeed() {
        Deed next = due.peek();
        while (next != null && stage.world().elapsed().compareTo(Duration.ofSeconds(next.second())) >= 0) {
            due.remove();
            switch (next.manner()) {
                case PROBE -> probing = true;
                case AT_TROUBLE, AT_CELL -> watching.add(next);
                default -> {
                    return Optional.of(next);
                }
            }
            next = due.peek();
        }
        return Optional.empty();
    }

    private void perform(Deed deed, BatchRun run, RunState state, @Nullable SwitchoverBoard board) {
        if (deed.manner() == Deed.Manner.PAUSE || deed.manner() == Deed.Manner.CANCEL) {
            control(run, deed.manner() == Deed.Manner.PAUSE ? RunAction.PAUSE : RunAction.CANCEL);
            return;
        }
        if (run instanceof SwitchoverWorkflow workflow && board != null && state == RunState.RUNNING) {
            List<BoardTask> tasks = board.tasks();
            if (!tasks.isEmpty()) { // a task whose first look fails is not in the switchover yet
                perform(deed, workflow, board, tasks.get(deed.task(tasks.size())));
            }
        }
    }

    /** Does what waited for a task to stand like this. Returns whether there was one. */
    private boolean meddle(SwitchoverWorkflow workflow, SwitchoverBoard board) {
        for (Deed deed : watching) {
            Optional<BoardTask> wanted =
                    board.tasks().stream().filter(task -> waitedFor(deed, task)).findFirst();
            if (wanted.isPresent()) {
                watching.remove(deed);
                perform(deed, workflow, board, wanted.get());
                return true;
            }
        }
        return false;
    }

    private static boolean waitedFor(Deed deed, BoardTask task) {
        StepStanding current = task.current();
        if (current == null || task.actions().isEmpty()) {
            return false;
        }
        return deed.manner() == Deed.Manner.AT_TROUBLE ? TROUBLED.contains(current.state()) : deed.isAt(current);
    }

    private void perform(Deed deed, SwitchoverWorkflow workflow, SwitchoverBoard board, BoardTask task) {
        StepStanding current = task.current();
        List<SwitchoverAction> offered = new ArrayList<>(task.actions());
        boolean any = deed.manner() == Deed.Manner.ANY;
        List<SwitchoverAction> choices = any ? List.of(SwitchoverAction.values()) : offered;
        if (current == null || choices.isEmpty()) {
            return;
        }
        SwitchoverAction action =
                deed.manner() == Deed.Manner.AT_CELL ? deed.cellAction() : choices.get(deed.action(choices.size()));
        Control control =
                Control.one(action, current.step(), task.ref(), board.version(), TrialRun.ANN, "it came to mind");
        switch (deed.manner()) {
            case TWICE -> twice(workflow, control);
            case TOGETHER -> together(workflow, control);
            default -> {
                Duration asked = stage.world().elapsed();
                ControlAnswer answer = act(workflow, current, control);
                boolean atOnce = stage.world().elapsed().equals(asked); // and not by another process, later
                // a board hides an action that is open at any time where it would change nothing, as to eject a task
                // that is alone
                if (atOnce && !offered.contains(action) && !action.atAnyTime()) {
                    Prober.requireRefused(control, answer, task);
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

    /** Acts, and counts that if it was answered at once: another process answers later, when the task may stand in another way. */
    ControlAnswer act(SwitchoverWorkflow workflow, StepStanding standing, Control control) {
        Duration asked = stage.world().elapsed();
        ControlAnswer answer = workflow.act(control);
        if (stage.world().elapsed().equals(asked)) {
            tally.cell(
                    standing.step() + " " + standing.state() + " " + control.action(),
                    answer instanceof ControlAnswer.Accepted);
        }
        last = () -> control + " was answered with " + answer;
        return answer;
    }

    /** Returns what was asked last, and how that was answered. */
    String last() {
        return last.get();
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
