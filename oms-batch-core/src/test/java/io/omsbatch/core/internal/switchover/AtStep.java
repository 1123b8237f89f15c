package io.omsbatch.core.internal.switchover;

import io.omsbatch.api.eligibility.Lane;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.outcome.Waiver;
import io.omsbatch.api.switchover.Invariant;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.core.internal.step.LaneMember;
import io.omsbatch.core.internal.step.LaneState;
import io.omsbatch.core.internal.step.StepView;
import io.omsbatch.core.workflow.StepSpec;
import io.omsbatch.core.workflow.StepTable;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;

/** A complete migration at a step of its forward switchover, as the rules see it. */
record AtStep(List<StepSpec> rows, StepSpec row, LaneMember member, int round, int attempt, boolean ambiguous)
        implements StepView {

    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final TaskRef TASK = new TaskRef("p", "orders");

    static AtStep at(SwitchoverStep step) {
        List<StepSpec> rows = StepTable.switchover(SwitchoverDirection.FORWARD, MigrationType.complete())
                .rows();
        return at(rows, step);
    }

    /** Where every step was commanded, and all of them are taken back. */
    static AtStep undoing(SwitchoverStep step, int attempt) {
        List<StepSpec> forward = StepTable.switchover(SwitchoverDirection.FORWARD, MigrationType.complete())
                .rows();
        AtStep view = at(StepTable.undoing(forward, EnumSet.allOf(SwitchoverStep.class)), step);
        return new AtStep(view.rows, view.row, view.member, 0, attempt, false);
    }

    private static AtStep at(List<StepSpec> rows, SwitchoverStep step) {
        StepSpec row = rows.stream()
                .filter(one -> one.step() == step)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no row of " + step + " in " + rows));
        Lane lane = new Lane(
                1,
                MigrationType.complete(),
                SwitchoverDirection.FORWARD,
                SwitchoverStep.START_FORWARD_SWITCHOVER,
                List.of(TASK));
        return new AtStep(rows, row, new LaneMember(new LaneState(lane), false, false), 0, 0, false);
    }

    AtStep doubtful() {
        return new AtStep(rows, row, member, round, attempt, true);
    }

    AtStep again() {
        return new AtStep(rows, row, member, 1, attempt, ambiguous);
    }

    AtStep skipping() {
        member.skipping = true;
        return this;
    }

    AtStep after(SwitchoverStep step) {
        member.markOver(step, NOW);
        return this;
    }

    AtStep waiving(Invariant rule) {
        member.waive(new Waiver(TASK, rule.name(), new Actor("ann"), "known", NOW));
        return this;
    }

    @Override
    public TaskRef ref() {
        return TASK;
    }

    @Override
    public MigrationTask planned() {
        return MigrationTask.builder(TASK)
                .status(TaskStatus.RUNNING)
                .type(MigrationType.complete())
                .stage(Stage.FORWARD_SWITCHOVER, StageProgress.State.RUNNING)
                .switchover(new SwitchoverProgress(
                        SwitchoverStep.START_FORWARD_SWITCHOVER, SwitchoverProgress.State.WAITING))
                .build();
    }

    @Override
    public boolean untouched() {
        return attempt == 0;
    }
}
