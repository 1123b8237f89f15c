package io.omsbatch.examples.postgres.task;

import io.omsbatch.examples.postgres.replication.Direction;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a task is and how that is going. Immutable.
 *
 * @param status on the whole
 * @param stage its stage
 * @param going how the stage is going
 * @param switchover where in the switchover it stands; null before it entered
 */
public record TaskState(
        Status status, Stage stage, Going going, @Nullable AtStep switchover) {

    /**
     * A step of the switchover and how it is going.
     *
     * @param step the step
     * @param going how it is going
     * @param undo the step that is being taken back; null if none is
     * @param round which of the task's switchovers it is; the even ones go back
     */
    public record AtStep(Step step, Going going, @Nullable Step undo, int round) {
        /** Which way rows flow until this round ends that. */
        public Direction leading() {
            return Direction.ofRound(round);
        }
    }

    /** The state of a new task. */
    public static TaskState fresh() {
        return new TaskState(Status.NEW, Stage.PRECHECK, Going.WAITING, null);
    }

    /** With another status. */
    public TaskState with(Status value) {
        return new TaskState(value, stage, going, switchover);
    }

    /** In this stage, going so. */
    public TaskState at(Stage value, Going how) {
        return new TaskState(status, value, how, switchover);
    }

    /** At this step of the round that it is in, going so. */
    public TaskState at(Step value, Going how) {
        return new TaskState(
                status, stage, going, new AtStep(value, how, null, entered().round()));
    }

    /** At the beginning of the next round. */
    public TaskState inNextRound() {
        int next = switchover == null ? 1 : switchover.round() + 1;
        Stage entered = Direction.ofRound(next) == Direction.FORWARD ? Stage.SWITCHOVER : Stage.SWITCH_BACK;
        return new TaskState(status, entered, Going.RUNNING, new AtStep(Step.START, Going.WAITING, null, next));
    }

    /** Standing where it stands, while a step is being taken back; null for none. */
    public TaskState undoing(@Nullable Step value) {
        AtStep at = entered();
        return new TaskState(status, stage, going, new AtStep(at.step(), at.going(), value, at.round()));
    }

    private AtStep entered() {
        return Objects.requireNonNull(switchover, "it is not in its switchover");
    }

    /** Whether it is in a switchover, forward or back. */
    public boolean switching() {
        return stage == Stage.SWITCHOVER || stage == Stage.SWITCH_BACK;
    }

    /** Which way rows flow until the switchover that it is in, or else would enter next, ends that. */
    public Direction leading() {
        if (switchover == null) {
            return Direction.FORWARD;
        }
        return switching() ? switchover.leading() : switchover.leading().opposite();
    }

    /** Whether the task, or the step at which it stands, failed. */
    public boolean failed() {
        return status == Status.FAILED || (switchover != null && switchover.going() == Going.FAILED);
    }
}
