package io.omsbatch.testkit.contract;

import static io.omsbatch.api.task.TaskStatus.COMPLETED;
import static io.omsbatch.api.task.TaskStatus.ENDED;
import static io.omsbatch.api.task.TaskStatus.ENDING;
import static io.omsbatch.api.task.TaskStatus.FAILED;
import static io.omsbatch.api.task.TaskStatus.INTEGRATING;
import static io.omsbatch.api.task.TaskStatus.MODIFYING;
import static io.omsbatch.api.task.TaskStatus.RUNNING;
import static io.omsbatch.api.task.TaskStatus.STOPPED;

import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.TaskStatus;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a task may become by itself, and by which signs one knows that an operation had its effect. */
final class LifeCycleTable {

    private LifeCycleTable() {}

    /** Returns what a task of a status may be shown as later if nobody commands anything. */
    static Set<TaskStatus> byItself(TaskStatus status) {
        return switch (status) {
            case NOT_STARTED, STOPPED, FAILED, COMPLETED, ENDED -> EnumSet.of(status);
            case RUNNING, MODIFYING, INTEGRATING -> EnumSet.of(RUNNING, MODIFYING, INTEGRATING, FAILED, COMPLETED);
            case ENDING -> EnumSet.of(ENDING, ENDED);
            case UNRECOGNIZED -> EnumSet.allOf(TaskStatus.class);
        };
    }

    /** Returns the stages to which a task went on by itself from one look to the next, if it goes on at all. */
    static Set<Stage> stagesOnTheWay(MigrationTask before, MigrationTask after) {
        Stage left = before.stage().stage();
        Stage reached = after.stage().stage();
        if (byItself(before.status()).size() == 1 || reached.compareTo(left) <= 0) {
            return EnumSet.noneOf(Stage.class);
        }
        Set<Stage> stages = EnumSet.range(left, reached);
        stages.remove(left);
        return stages;
    }

    /** Returns whether two looks at a task, before and after a command, show an effect that only that operation can have. */
    static boolean hadEffect(OperationKind operation, MigrationTask before, @Nullable MigrationTask after) {
        if (after == null) {
            return operation == OperationKind.DELETE;
        }
        return switch (operation) {
            case START -> before.status() == TaskStatus.NOT_STARTED && after.status() != TaskStatus.NOT_STARTED;
            case STOP -> before.status() != STOPPED && after.status() == STOPPED;
            case RESUME -> stands(before.status()) && !stands(after.status()) && !over(after.status());
            case END -> !over(before.status()) && over(after.status());
            case DELETE -> false;
            case MODIFY_ALERT_LEVEL -> before.alertLevel() != after.alertLevel();
            case SKIP_FULL_VERIFICATION -> !skipped(before) && skipped(after);
            case ENTER_FORWARD_SWITCHOVER ->
                !in(before, Stage.FORWARD_SWITCHOVER) && in(after, Stage.FORWARD_SWITCHOVER);
            case ENTER_SWITCH_BACK -> !in(before, Stage.SWITCH_BACK) && in(after, Stage.SWITCH_BACK);
            case FORWARD_SWITCHOVER, SWITCH_BACK -> throw new IllegalArgumentException("is commanded step by step");
        };
    }

    private static boolean stands(TaskStatus status) {
        return status == STOPPED || status == FAILED || status == COMPLETED;
    }

    private static boolean over(TaskStatus status) {
        return status == ENDING || status == ENDED;
    }

    private static boolean skipped(MigrationTask task) {
        return task.stage().state() == StageProgress.State.SKIPPED;
    }

    private static boolean in(MigrationTask task, Stage stage) {
        return task.stage().stage() == stage;
    }
}
