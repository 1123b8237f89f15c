package io.omsbatch.testkit.contract;

import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Enters, steps and observes tasks on a bench. */
final class SwitchoverProbe extends Probe {

    private final SwitchoverBench bench;

    SwitchoverProbe(SwitchoverBench bench) {
        super(bench);
        this.bench = bench;
    }

    SwitchoverBench bench() {
        return bench;
    }

    /** Creates a task that has entered the switchover, or skips the test. */
    TaskRef enter() {
        return keep(bench.enter(), "a task that has entered the forward switchover");
    }

    Answer step(TaskRef task, SwitchoverStep step, StepCommand.Action action, long token) {
        StepCommand command = new StepCommand(task, step, action, context(newKey(), token));
        return Answer.of(step.title(), () -> bench.gateway().command(command));
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
