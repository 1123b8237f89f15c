package io.omsbatch.api.eligibility;

import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType.Part;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must hold of a task, beside its status, for a cell of the matrix to say yes. */
enum Condition {
    /** The status alone decides. */
    ALWAYS("yes", "yes"),

    /** The task has entered the full verification stage and not left it. */
    IN_FULL_VERIFICATION("yes (1)", "within the full verification stage") {
        @Override
        @Nullable
        DenialCode denial(MigrationTask task) {
            return task.stage().stage() == Stage.FULL_VERIFICATION
                            && begun(task.stage())
                            && !task.stage().done()
                    ? null
                    : DenialCode.NOT_IN_FULL_VERIFICATION;
        }

        private boolean begun(StageProgress stage) {
            return stage.state() != StageProgress.State.WAITING && stage.state() != StageProgress.State.UNRECOGNIZED;
        }

        @Override
        String sentence(MigrationTask task) {
            return "is in stage " + task.stage() + "; it needs to have entered, and not yet left, FULL_VERIFICATION";
        }
    },

    /** The last stage before the switchover is done; a skipped verification counts as done. */
    READY_FOR_SWITCHOVER(
            "yes (2)", "full verification done or skipped (without one: the last stage before the switchover done)") {
        @Override
        @Nullable
        DenialCode denial(MigrationTask task) {
            return task.stage().stage() == task.type().lastStageBeforeSwitchover()
                            && task.stage().done()
                    ? null
                    : DenialCode.NOT_READY_FOR_SWITCHOVER;
        }

        @Override
        String sentence(MigrationTask task) {
            String wanted = task.type().has(Part.FULL_VERIFICATION)
                    ? "FULL_VERIFICATION to be finished or skipped"
                    : task.type().lastStageBeforeSwitchover() + " to be done";
            return "is in stage " + task.stage() + "; it needs " + wanted;
        }
    },

    /** The task stands at a step of its forward switchover. */
    IN_SWITCHOVER("yes (3)", "in the forward switchover stage") {
        @Override
        @Nullable
        DenialCode denial(MigrationTask task) {
            return notWithin(task, Stage.FORWARD_SWITCHOVER, SwitchoverDirection.FORWARD);
        }

        @Override
        String sentence(MigrationTask task) {
            return where(task, Stage.FORWARD_SWITCHOVER, SwitchoverDirection.FORWARD);
        }
    },

    /** The forward switchover is over, and changes flow back. */
    READY_FOR_SWITCH_BACK("yes (4)", "forward switchover over, its reverse increment started") {
        @Override
        @Nullable
        DenialCode denial(MigrationTask task) {
            SwitchoverProgress progress = task.switchover();
            Stage stage = task.stage().stage();
            boolean over = progress != null
                    && progress.direction() == SwitchoverDirection.FORWARD
                    && task.type().switchoverSteps().contains(SwitchoverStep.START_REVERSE_INCREMENT)
                    && progress.isOver(SwitchoverStep.START_REVERSE_INCREMENT);
            return over && (stage == Stage.FORWARD_SWITCHOVER || stage == Stage.REVERSE_INCREMENT)
                    ? null
                    : DenialCode.NOT_READY_FOR_SWITCH_BACK;
        }

        @Override
        String sentence(MigrationTask task) {
            return "is in stage " + task.stage() + at(task)
                    + "; it needs a forward switchover that is over, START_REVERSE_INCREMENT:DONE, in FORWARD_SWITCHOVER or"
                    + " REVERSE_INCREMENT";
        }
    },

    /** The task stands at a step of its switch back. */
    IN_SWITCH_BACK("yes (5)", "in the switch back stage") {
        @Override
        @Nullable
        DenialCode denial(MigrationTask task) {
            return notWithin(task, Stage.SWITCH_BACK, SwitchoverDirection.BACK);
        }

        @Override
        String sentence(MigrationTask task) {
            return where(task, Stage.SWITCH_BACK, SwitchoverDirection.BACK);
        }
    };

    private final String mark;
    private final String text;

    Condition(String mark, String text) {
        this.mark = mark;
        this.text = text;
    }

    private static @Nullable DenialCode notWithin(MigrationTask task, Stage stage, SwitchoverDirection direction) {
        SwitchoverProgress progress = task.switchover();
        if (task.stage().stage() != stage || progress == null || progress.direction() != direction) {
            return DenialCode.NOT_IN_SWITCHOVER;
        }
        List<SwitchoverStep> steps = task.type().switchoverSteps(direction);
        if (!steps.contains(progress.step()) || progress.state() == SwitchoverProgress.State.UNRECOGNIZED) {
            return DenialCode.SWITCHOVER_STEP_UNKNOWN;
        }
        return progress.isOver(steps.get(steps.size() - 1)) ? DenialCode.SWITCHOVER_FINISHED : null;
    }

    private static String where(MigrationTask task, Stage stage, SwitchoverDirection direction) {
        return "is in stage " + task.stage() + at(task) + "; it needs to be at an unfinished step of " + stage
                + " that its type has: " + task.type().switchoverSteps(direction);
    }

    private static String at(MigrationTask task) {
        return task.switchover() == null ? "" : " at step " + task.switchover();
    }

    /** Returns the mark of a cell with this condition in the rendered table. */
    String mark() {
        return mark;
    }

    /** Returns the condition as the rendered table shows it. */
    String text() {
        return text;
    }

    /** Returns why the condition does not hold, or null if it does. */
    @Nullable
    DenialCode denial(MigrationTask task) {
        return null;
    }

    /** Returns the actual values and what is needed, as the end of a sentence about the task. */
    String sentence(MigrationTask task) {
        return "is eligible";
    }
}
