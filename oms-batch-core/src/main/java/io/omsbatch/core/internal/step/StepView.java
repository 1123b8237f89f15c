package io.omsbatch.core.internal.step;

import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.workflow.StepSpec;
import java.util.List;

/** A task of a run at its current step, as the rules of that step see it. */
public interface StepView {

    /** Returns the task. */
    TaskRef ref();

    /** Returns the task as it was planned; only for a task that was eligible. */
    MigrationTask planned();

    /** Returns the steps it goes through. */
    List<StepSpec> rows();

    /** Returns the current step. */
    StepSpec row();

    /** Returns what is commanded of its current step, in a switchover. */
    default StepCommand.Action action() {
        if (row().undoes()) {
            return StepCommand.Action.UNDO;
        }
        return member().skipping ? StepCommand.Action.SKIP : StepCommand.Action.RUN;
    }

    /** Returns which way it goes, in a switchover. */
    default SwitchoverDirection direction() {
        return member().lane().lane().direction();
    }

    /** Returns whether no command was sent for it yet. */
    boolean untouched();

    /** Returns how often an operator asked for the current step again. */
    int round();

    /** Returns how many commands of the current round were intended. */
    int attempt();

    /** Returns whether a command of the current step may have had its effect without anybody knowing. */
    boolean ambiguous();

    /** Returns what it has besides in a switchover; only for a task of one. */
    LaneMember member();
}
