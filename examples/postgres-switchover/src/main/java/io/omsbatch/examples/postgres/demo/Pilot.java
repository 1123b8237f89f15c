package io.omsbatch.examples.postgres.demo;

import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.switchover.BoardTask;
import io.omsbatch.api.switchover.PrecheckItem;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.switchover.SwitchoverBoard.LaneBoard;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.examples.postgres.show.BoardView;
import io.omsbatch.examples.postgres.show.Pauses;
import io.omsbatch.examples.postgres.show.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The operator of a switchover: shows the board, repairs what failed once the others have come as far as they can, and
 * confirms each step when all tasks have come to it. For one thread.
 */
final class Pilot {
    private static final Duration LOOK = Duration.ofMillis(120);

    private final SwitchoverWorkflow workflow;
    private final Pauses pauses;
    private final Terminal terminal;
    private final Actor actor;
    private final Saboteur saboteur;
    private final Course course;

    Pilot(
            SwitchoverWorkflow workflow,
            Pauses pauses,
            Terminal terminal,
            Actor actor,
            Saboteur saboteur,
            Course course) {
        this.workflow = workflow;
        this.pauses = pauses;
        this.terminal = terminal;
        this.actor = actor;
        this.saboteur = saboteur;
        this.course = course;
    }

    BatchReport fly() throws InterruptedException {
        Optional<BatchReport> report = workflow.await(LOOK);
        while (report.isEmpty()) {
            SwitchoverBoard board = workflow.board();
            terminal.going(BoardView.headline(board), BoardView.drawing(board));
            if (workflow.state() == RunState.PAUSED) {
                decide();
            } else {
                board.lanes().forEach(lane -> steer(lane, board.version(), board.at()));
            }
            report = workflow.await(LOOK);
        }
        return report.get();
    }

    /** It was paused because a wave did not go as it should, or by whoever had it before. */
    private void decide() {
        long version = workflow.version();
        terminal.say("PAUSED" + pauses.why(workflow.id()));
        boolean resumed = terminal.agreed("Resume, and accept that?");
        RunAction action = resumed ? RunAction.RESUME : RunAction.CANCEL_LEAVING;
        ControlAnswer answer = workflow.control(
                new RunControl(action, version, actor, resumed ? "seen, and accepted" : "the operator said no"));
        if (answer instanceof ControlAnswer.Refused refused) {
            terminal.say("  not now: " + refused.text());
        }
    }

    /** Acts only while nothing moves by itself; but what is to be aborted is aborted at once. */
    private void steer(LaneBoard lane, long version, Instant at) {
        List<BoardTask> standing =
                lane.tasks().stream().filter(task -> task.current() != null).toList();
        standing.stream().filter(this::isToAbort).forEach(task -> abort(task, version));
        boolean moving = standing.stream().anyMatch(task -> !stands(task) || isToAbort(task));
        List<BoardTask> gated = standing.stream().filter(Pilot::gated).toList();
        if (moving && gated.stream().anyMatch(task -> presses(task, at))) {
            standing.stream().filter(task -> !stands(task)).forEach(task -> eject(task, version));
            confirmEarliest(lane, gated, version);
            return;
        }
        if (moving || standing.isEmpty()) {
            return;
        }
        List<BoardTask> failed = standing.stream().filter(BoardView::failed).toList();
        if (!failed.isEmpty()) {
            failed.forEach(task -> repair(task, version));
        } else {
            confirmEarliest(lane, standing, version);
        }
    }

    /** Whether so much of a source's freeze is over that nobody should be waited for any more. */
    private static boolean presses(BoardTask task, Instant at) {
        BoardTask.Freeze freeze = task.course().freeze();
        return freeze != null
                && Duration.between(freeze.since(), at)
                                .multipliedBy(5)
                                .compareTo(Duration.between(freeze.since(), freeze.until()))
                        > 0;
    }

    private void eject(BoardTask task, long version) {
        if (!task.ejected() && task.actions().contains(SwitchoverAction.EJECT)) {
            terminal.say("EJECT " + task.name() + " at \"" + title(step(task)) + "\", so that it holds nobody");
            act(Control.one(SwitchoverAction.EJECT, step(task), task.ref(), version, actor, "the others are frozen"));
        }
    }

    private boolean isToAbort(BoardTask task) {
        return course.aborts()
                && step(task)
                                .compareTo(course.abortAt(
                                        workflow.request().tasks().indexOf(task.ref())))
                        >= 0
                && task.actions().contains(SwitchoverAction.ABORT);
    }

    private void abort(BoardTask task, long version) {
        terminal.say("ABORT " + task.name() + " at \"" + title(step(task)) + "\"");
        act(Control.one(SwitchoverAction.ABORT, step(task), task.ref(), version, actor, "told to by --abort-at"));
    }

    private void repair(BoardTask task, long version) {
        terminal.say("FAILED " + task.name() + " at \"" + title(step(task)) + "\"");
        SwitchoverSnapshot snapshot = task.snapshot();
        if (snapshot != null) {
            snapshot.blocking().stream().map(PrecheckItem::toString).forEach(item -> terminal.say("  " + item));
            if (snapshot.blocking().isEmpty() && snapshot.problem() != null) {
                terminal.say("  " + snapshot.problem());
            }
        }
        boolean repaired = saboteur.knows(task.ref().id()) && terminal.agreed("Repair " + task.name() + " and retry?");
        if (repaired) {
            terminal.say("  repaired by: " + saboteur.repair(task.ref().id()));
        }
        // what nobody can repair here is left where it stands, so that the others need not wait for it
        SwitchoverAction action = repaired ? SwitchoverAction.RETRY : SwitchoverAction.LEAVE;
        act(Control.one(
                action, step(task), task.ref(), version, actor, repaired ? "repaired" : "cannot be repaired here"));
    }

    private void confirmEarliest(LaneBoard lane, List<BoardTask> standing, long version) {
        SwitchoverStep step =
                standing.stream().map(Pilot::step).sorted().findFirst().orElseThrow();
        long there = standing.stream().filter(task -> step(task) == step).count();
        boolean barrier = step == SwitchoverStep.PROCESS_DATABASE_OBJECTS;
        SwitchoverAction action = barrier ? SwitchoverAction.MARK : SwitchoverAction.CONFIRM;
        String broken =
                step == SwitchoverStep.CONFIRM_WRITES_STOPPED ? saboteur.breakBy(Breakage.Kind.LONG_TRANSACTION) : "";
        if (!broken.isEmpty()) {
            terminal.say(broken);
        }
        if (terminal.agreed("Step " + step.number() + ", " + title(step) + ": " + action.title() + " for " + there
                + (there == 1 ? " task?" : " tasks?"))) {
            act(Control.all(action, step, lane.lane().number(), version, actor, "all tasks have come to this step"));
        } else {
            act(Control.all(
                    SwitchoverAction.LEAVE, step, lane.lane().number(), version, actor, "the operator said no"));
        }
    }

    /** A refusal means that the board has changed since; the next look shows how. */
    private void act(Control control) {
        if (workflow.act(control) instanceof ControlAnswer.Refused refused) {
            terminal.say("  not now: " + refused.text());
        }
    }

    private static boolean gated(BoardTask task) {
        return Objects.requireNonNull(task.current()).state() == StepStanding.State.GATED;
    }

    private static boolean stands(BoardTask task) {
        return gated(task) || BoardView.failed(task);
    }

    private String title(SwitchoverStep step) {
        return step.title(workflow.request().operation().kind().direction());
    }

    private static SwitchoverStep step(BoardTask task) {
        return Objects.requireNonNull(task.current()).step();
    }
}
