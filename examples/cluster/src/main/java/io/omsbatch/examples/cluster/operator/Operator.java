package io.omsbatch.examples.cluster.operator;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.journal.RunFilter;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.switchover.BoardTask;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.switchover.SwitchoverBoard.LaneBoard;
import io.omsbatch.api.task.SwitchoverStep;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Confirms each step when all tasks of a lane have come to it, from a process that owns none of the runs: what it decides goes through
 * the inboxes of the runs to whoever owns them. For one thread.
 */
public final class Operator {
    private static final int MOST_RUNS = 100;

    private final BatchEngine engine;
    private final Actor actor;
    private final Map<String, String> pending = new HashMap<>();
    private final Map<SwitchoverStep, Integer> confirmed = new EnumMap<>(SwitchoverStep.class);

    /** Acts through {@code engine}. */
    public Operator(BatchEngine engine, Actor actor) {
        this.engine = engine;
        this.actor = actor;
    }

    /** Looks at every run once and confirms what can be confirmed; says how the runs stand. */
    public List<RunSummary> round() {
        List<RunSummary> runs = engine.list(RunFilter.all(), null, MOST_RUNS).runs();
        for (RunSummary run : runs) {
            if (run.standing().state() == RunSummary.State.RUNNING
                    && engine.find(run.runId()).orElseThrow() instanceof SwitchoverWorkflow workflow) {
                steer(workflow);
            }
        }
        return runs;
    }

    /** How many gates of each step were confirmed. */
    public Map<SwitchoverStep, Integer> confirmed() {
        return confirmed;
    }

    private void steer(SwitchoverWorkflow run) {
        String command = pending.get(run.id());
        if (command != null && run.answer(command).isEmpty()) {
            return; // its owner, or whoever takes it over, has not come to it yet
        }
        pending.remove(run.id());
        SwitchoverBoard board = run.board();
        for (LaneBoard lane : board.lanes()) {
            List<StepStanding> standing = lane.tasks().stream()
                    .map(BoardTask::current)
                    .filter(Objects::nonNull)
                    .toList();
            boolean together = standing.stream().allMatch(step -> step.state() == StepStanding.State.GATED)
                    && standing.stream().map(StepStanding::step).distinct().count() == 1;
            if (together) {
                confirm(run, lane, standing.get(0).step(), board.version());
            }
        }
    }

    private void confirm(SwitchoverWorkflow run, LaneBoard lane, SwitchoverStep step, long version) {
        Set<SwitchoverAction> open = lane.openForAll().getOrDefault(step, Set.of());
        SwitchoverAction action =
                open.contains(SwitchoverAction.MARK) ? SwitchoverAction.MARK : SwitchoverAction.CONFIRM;
        ControlAnswer answer =
                run.act(Control.all(action, step, lane.lane().number(), version, actor, "all tasks have come here"));
        if (answer instanceof ControlAnswer.Pending later) {
            pending.put(run.id(), later.commandId());
        }
        if (!(answer instanceof ControlAnswer.Refused)) {
            confirmed.merge(step, 1, Integer::sum);
        }
    }
}
