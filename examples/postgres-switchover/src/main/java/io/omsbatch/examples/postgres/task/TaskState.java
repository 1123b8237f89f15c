package io.omsbatch.examples.postgres.task;

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
     */
    public record AtStep(Step step, Going going, @Nullable Step undo) {}

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

    /** At this step, going so. */
    public TaskState at(Step value, Going how) {
        return new TaskState(status, stage, going, new AtStep(value, how, null));
    }

    /** Standing where it stands, while a step is being taken back; null for none. */
    public TaskState undoing(@Nullable Step value) {
        AtStep at = Objects.requireNonNull(switchover, "it is not in its switchover");
        return new TaskState(status, stage, going, new AtStep(at.step(), at.going(), value));
    }

    /** Whether the task, or the step at which it stands, failed. */
    public boolean failed() {
        return status == Status.FAILED || (switchover != null && switchover.going() == Going.FAILED);
    }
}
