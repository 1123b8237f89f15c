package io.omsbatch.core.internal.step;

import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.core.workflow.StepSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a task is taken back that was aborted (SW-8). Guarded by the run's lock. */
public final class TakingBack {

    private final List<StepSpec> taken;
    private final SwitchoverDirection direction;
    private final List<Problem> residue = new ArrayList<>();

    /**
     * Creates it for a task of which nothing was taken back yet.
     *
     * @param taken the steps that the task was going through
     * @param direction which way it was going
     */
    public TakingBack(List<StepSpec> taken, SwitchoverDirection direction) {
        this.taken = taken;
        this.direction = direction;
    }

    /** Returns the steps that the task was going through when it was aborted. */
    public List<StepSpec> taken() {
        return taken;
    }

    /**
     * Notes that something is left behind.
     *
     * @param step the step that could not be taken back
     * @param why why not
     */
    public void leave(SwitchoverStep step, String why) {
        residue.add(notUndone(step, why));
    }

    /** Returns the outcome of a task of which nothing more is taken back. */
    public TaskOutcome outcome() {
        return residue.isEmpty() ? new TaskOutcome.Undone() : new TaskOutcome.UndoIncomplete(residue);
    }

    /**
     * Returns the outcome once one more step, the last, was taken back or left.
     *
     * @param step the step
     * @param left why it is left, or null if it was taken back
     * @return the outcome
     */
    public TaskOutcome outcomeAfter(SwitchoverStep step, @Nullable Problem left) {
        if (left == null) {
            return outcome();
        }
        List<Problem> all = new ArrayList<>(residue);
        all.add(notUndone(step, left.toString()));
        return new TaskOutcome.UndoIncomplete(all);
    }

    private Problem notUndone(SwitchoverStep step, String why) {
        boolean frozen = step == SwitchoverStep.CONFIRM_WRITES_STOPPED;
        return Problem.of(
                ProblemCode.NOT_UNDONE,
                direction.mirror(step.title() + (frozen ? " (THE SOURCE IS STILL FROZEN)" : "")) + ": " + why);
    }
}
