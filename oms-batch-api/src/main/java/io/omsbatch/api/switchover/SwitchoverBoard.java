package io.omsbatch.api.switchover;

import io.omsbatch.api.Limits;
import io.omsbatch.api.eligibility.Lane;
import io.omsbatch.api.task.SwitchoverStep;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A snapshot of a running switchover: per lane, task and step the state, since when, lag and position, what it waits for,
 * and which actions are open. An action names the version of the board that its operator saw (RUN-12). Immutable.
 *
 * @param runId the run
 * @param version grows whenever something changed that an action could depend on
 * @param at when the snapshot was taken
 * @param lanes the lanes of the run
 * @since 0.1.0
 */
public record SwitchoverBoard(String runId, long version, Instant at, List<LaneBoard> lanes) {

    /**
     * One lane on the board.
     *
     * @param lane the lane as it was planned
     * @param tasks its tasks, in request order
     */
    public record LaneBoard(Lane lane, List<BoardTask> tasks) {
        /** Copies the tasks. */
        public LaneBoard {
            Objects.requireNonNull(lane, "LaneBoard.lane");
            tasks = List.copyOf(Objects.requireNonNull(tasks, "LaneBoard.tasks"));
        }

        /**
         * Returns what can be done now to all tasks of the lane that stand at a step, for each step where something can.
         */
        public Map<SwitchoverStep, Set<SwitchoverAction>> openForAll() {
            Map<SwitchoverStep, Set<SwitchoverAction>> open = new EnumMap<>(SwitchoverStep.class);
            for (BoardTask task : tasks) {
                StepStanding current = task.current();
                if (current != null && !task.actions().isEmpty()) {
                    open.computeIfAbsent(current.step(), step -> EnumSet.noneOf(SwitchoverAction.class))
                            .addAll(task.actions());
                }
            }
            return Collections.unmodifiableMap(open);
        }
    }

    /** Copies the lanes. */
    public SwitchoverBoard {
        Limits.id("SwitchoverBoard.runId", runId);
        Objects.requireNonNull(at, "SwitchoverBoard.at");
        lanes = List.copyOf(Objects.requireNonNull(lanes, "SwitchoverBoard.lanes"));
    }

    /** Returns all tasks of all lanes. */
    public List<BoardTask> tasks() {
        return lanes.stream().flatMap(lane -> lane.tasks().stream()).toList();
    }

    /** Returns the board as plain text, safe for a terminal. */
    public String render() {
        return BoardText.render(this);
    }
}
