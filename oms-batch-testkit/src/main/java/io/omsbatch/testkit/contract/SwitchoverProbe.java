package io.omsbatch.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Enters, steps and observes tasks on a bench. */
final class SwitchoverProbe extends Probe {

    private final SwitchoverBench bench;
    private final SwitchoverDirection direction;
    private int round = 1;

    SwitchoverProbe(SwitchoverBench bench) {
        this(bench, SwitchoverDirection.FORWARD);
    }

    SwitchoverProbe(SwitchoverBench bench, SwitchoverDirection direction) {
        super(bench);
        this.direction = direction;
        this.bench = bench;
    }

    SwitchoverBench bench() {
        return bench;
    }

    SwitchoverDirection direction() {
        return direction;
    }

    /** Creates a task that has entered the switchover, or skips the test. */
    TaskRef enter() {
        TaskRef task = keep(bench.enter(), "a task that has entered the forward switchover");
        round = 1;
        if (direction == SwitchoverDirection.BACK) {
            Walk forward = new Walk(this, task, SwitchoverDirection.FORWARD).upTo(SwitchoverStep.UNRECOGNIZED);
            assumeTrue(forward.last().over(), "the forward switchover got stuck; see its own contract");
            assumeTrue(
                    forward.over(SwitchoverStep.START_REVERSE_INCREMENT).isPresent(),
                    () -> "the task's type, " + forward.type() + ", has no way back");
            Answer answer = send(task, BatchOperation.enterSwitchBack());
            assumeTrue(answer.taken(), () -> "entering the switch back was answered with " + answer);
            assertTrue(
                    settles(
                            task,
                            shown -> shown != null
                                    && shown.switchover() != null
                                    && shown.switchover().direction() == direction),
                    "a task that has entered its switch back is not shown in it. Look at: the round that is counted");
            nextRound();
        }
        return task;
    }

    /** From now on steps are those of a round. */
    void round(int value) {
        round = value;
    }

    /** Returns the round in which the tasks of this contract are. */
    int round() {
        return round;
    }

    /** From now on steps are those of the next round, by another run. */
    void nextRound() {
        round++;
        beAnotherRun();
    }

    /** Returns the steps that a task goes through in the direction of this contract. */
    List<SwitchoverStep> steps(TaskRef task) {
        return readPresent(task).type().switchoverSteps(direction);
    }

    /** Returns how a step is called in the direction of this contract. */
    String title(SwitchoverStep step) {
        return step.title(direction);
    }

    Answer step(TaskRef task, SwitchoverStep step, StepCommand.Action action, long token) {
        return step(task, step, round, action, token);
    }

    Answer step(TaskRef task, SwitchoverStep step, int round, StepCommand.Action action, long token) {
        StepCommand command = new StepCommand(task, step, round, action, context(newKey(), token));
        return Answer.of(title(step), () -> bench.gateway().command(command));
    }

    Answer run(TaskRef task, SwitchoverStep step) {
        return step(task, step, StepCommand.Action.RUN, 1);
    }

    Answer undo(TaskRef task, SwitchoverStep step) {
        return step(task, step, StepCommand.Action.UNDO, 1);
    }

    @Nullable
    SwitchoverSnapshot observe(TaskRef task) {
        Map<TaskRef, SwitchoverSnapshot> shown = bench.gateway().observe(Set.of(task));
        if (shown == null) {
            throw new AssertionError("RUN-6: observe returned null. Look at: every path of observe");
        }
        return shown.get(task);
    }

    SwitchoverSnapshot observePresent(TaskRef task) {
        SwitchoverSnapshot shown = observe(task);
        if (shown == null) {
            throw new AssertionError("SW-1: an observation of " + task + ", which is in its switchover, shows nothing."
                    + " Look at: the keys of the map that observe returns, and how it finds tasks in the switchover");
        }
        return shown;
    }
}
