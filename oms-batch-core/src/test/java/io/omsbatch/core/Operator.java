package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.ANN;

import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.switchover.BoardTask;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** An operator in front of a simulated switchover. */
final class Operator {

    private Operator() {}

    /** Lets the simulation run until every task waits for an operator. */
    static SwitchoverBoard settle(EngineHarness world, SwitchoverWorkflow workflow) {
        for (int i = 0; i < 2_000; i++) {
            SwitchoverBoard board = workflow.board();
            boolean still = board.tasks().stream().allMatch(task -> {
                StepStanding current = task.current();
                return current == null
                        || current.state() == StepStanding.State.GATED
                        || current.state() == StepStanding.State.FAILED
                        || current.state() == StepStanding.State.UNKNOWN
                        || current.state() == StepStanding.State.UNDO_FAILED
                        || (current.state() == StepStanding.State.WAITING
                                && (current.waitsFor().contains("of its lane")
                                        || current.waitsFor().startsWith("wave ")));
            });
            if (still) {
                return board;
            }
            world.environment.advance(Duration.ofSeconds(1));
        }
        throw new AssertionError(
                "the switchover does not come to rest:\n" + workflow.board().render());
    }

    static ControlAnswer all(SwitchoverWorkflow workflow, SwitchoverAction action, SwitchoverStep step) {
        return workflow.act(Control.all(action, step, 1, workflow.board().version(), ANN, "seen"));
    }

    static ControlAnswer one(SwitchoverWorkflow workflow, SwitchoverAction action, SwitchoverStep step, TaskRef task) {
        return workflow.act(Control.one(action, step, task, workflow.board().version(), ANN, "seen"));
    }

    static BoardTask task(SwitchoverBoard board, TaskRef ref) {
        return board.tasks().stream()
                .filter(task -> task.ref().equals(ref))
                .findAny()
                .orElseThrow();
    }

    static SwitchoverStep stepOf(SwitchoverBoard board, TaskRef ref) {
        return Objects.requireNonNull(task(board, ref).current()).step();
    }

    /** Confirms and marks whatever is open until nothing is left. */
    static BatchReport drive(EngineHarness world, SwitchoverWorkflow workflow) {
        for (int i = 0; i < 100 && workflow.state() == RunState.RUNNING; i++) {
            SwitchoverBoard board = settle(world, workflow);
            board.lanes()
                    .forEach(lane -> lane.openForAll().forEach((step, actions) -> {
                        for (SwitchoverAction action : List.of(SwitchoverAction.CONFIRM, SwitchoverAction.MARK)) {
                            if (actions.contains(action)) {
                                workflow.act(Control.all(
                                        action,
                                        step,
                                        lane.lane().number(),
                                        workflow.board().version(),
                                        ANN,
                                        "seen"));
                            }
                        }
                    }));
        }
        return world.await(workflow);
    }
}
