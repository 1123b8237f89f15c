package io.omsbatch.examples.postgres.task;

import io.omsbatch.examples.postgres.problem.Problem;
import io.omsbatch.examples.postgres.replication.Direction;
import io.omsbatch.examples.postgres.task.TaskState.AtStep;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a task moves through the steps of its switchover. Pure. */
public final class StepRules {

    private StepRules() {}

    static Decision run(TaskRecord task, Step step, Wish wish) {
        Decision early = notNow(task, step, wish);
        if (early != null) {
            return early;
        }
        // the first step is a mark and nothing else
        return step == Step.START
                ? new Decision.Change(over(task, step), true)
                : new Decision.Change(task.with(task.state().at(step, Going.RUNNING)), false);
    }

    static Decision skip(TaskRecord task, Step step, Wish wish) {
        Decision early = notNow(task, step, wish);
        return early != null ? early : new Decision.Change(over(task, step), true);
    }

    /** Takes a step back; what it did is looked for on the servers, whatever the task says of it. */
    static Decision undo(TaskRecord task, Step step, Wish wish) {
        AtStep at = task.state().switchover();
        if (at == null || task.state().status() != Status.RUNNING) {
            return TaskRules.refusal(task, wish, "resume it, or let it enter the switchover, first");
        }
        if (at.round() != wish.round()) {
            return otherRound(task, at, wish);
        }
        if (task.links().flow(at.leading().opposite())
                || (at.step() == Step.REVERSE_STARTED && at.going() != Going.WAITING)) {
            return new Decision.Refusal(Problem.of(
                    "PAST_RETURN",
                    "task " + task.id() + " is past its point of no return: rows flow back, or may",
                    "go forward"));
        }
        if (at.undo() == step) {
            return new Decision.Nothing(false);
        }
        if (at.undo() != null || at.going() == Going.RUNNING) {
            return new Decision.Refusal(Problem.passing(
                    "STEP_RUNNING", at.step() + " of task " + task.id() + " is at work", "wait until that has ended"));
        }
        return new Decision.Change(withoutProblem(task).with(task.state().undoing(step)), false);
    }

    private static TaskRecord withoutProblem(TaskRecord task) {
        return new TaskRecord(task.id(), task.parts(), task.protection(), task.state(), task.links(), null);
    }

    /** The task after a step was taken back: at that step, unless it stands before it. */
    public static TaskRecord undone(TaskRecord task, Step step) {
        AtStep at = Objects.requireNonNull(task.state().switchover());
        return at.step().compareTo(step) >= 0
                ? task.with(task.state().at(step, Going.WAITING))
                : task.with(task.state().undoing(null));
    }

    /** The task after a step: at the next one, or done with the switchover. */
    public static TaskRecord over(TaskRecord task, Step step) {
        Direction leading = task.state().leading();
        Optional<Step> next = step.next(task.parts(), leading)
                // without what the target store reserved there is nothing to let flow back
                .filter(following ->
                        following != Step.REVERSE_STARTED || task.links().storeStart() != null);
        if (next.isPresent()) {
            return task.with(task.state().at(next.get(), Going.WAITING));
        }
        TaskState done = task.state().at(step, Going.FINISHED);
        if (step != Step.REVERSE_STARTED || !task.links().flow(leading.opposite())) {
            return task.with(done.at(done.stage(), Going.FINISHED).with(Status.COMPLETED));
        }
        // after a switch back a task is where it was before its switchover, and is verified again
        return task.with(
                leading == Direction.FORWARD
                        ? done.at(Stage.REVERSE, Going.MONITORING)
                        : done.at(Stage.INCREMENTAL, Going.RUNNING));
    }

    private static Decision otherRound(TaskRecord task, AtStep at, Wish wish) {
        return new Decision.Refusal(Problem.of(
                "OTHER_ROUND",
                wish + " is not possible: task " + task.id() + " is in round " + at.round(),
                "look at the task again"));
    }

    /** Why the step cannot be begun now; null if it can. */
    private static @Nullable Decision notNow(TaskRecord task, Step step, Wish wish) {
        AtStep at = task.state().switchover();
        if (at == null) {
            return TaskRules.refusal(task, wish, "let it enter the switchover first");
        }
        if (at.round() != wish.round()) {
            return otherRound(task, at, wish);
        }
        boolean over = at.step().compareTo(step) > 0 || (at.step() == step && at.going() == Going.FINISHED);
        if (over) {
            return new Decision.Nothing(true);
        }
        if (at.step() == step && at.going() == Going.RUNNING) {
            return wish.kind() == Wish.Kind.RUN_STEP
                    ? new Decision.Nothing(false)
                    : new Decision.Refusal(Problem.passing(
                            "STEP_RUNNING", step + " of task " + task.id() + " is running", "wait until it has ended"));
        }
        if (at.step() != step) {
            return new Decision.Refusal(Problem.of(
                    "NOT_AT_THIS_STEP",
                    wish + " is not possible: task " + task.id() + " is at " + at.step() + ":" + at.going(),
                    "bring it to that step first"));
        }
        return task.state().status() == Status.RUNNING ? null : TaskRules.refusal(task, wish, "resume it first");
    }
}
