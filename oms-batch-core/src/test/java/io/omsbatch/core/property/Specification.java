package io.omsbatch.core.property;

import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.MigrationType.Part;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The rows of the specification as plain sentences in code, written without a look at the engine's table: which operation each
 * task allows. Nothing here is shared with what it judges.
 */
final class Specification {

    private Specification() {}

    static boolean allows(MigrationTask task, BatchOperation operation) {
        TaskStatus status = task.status();
        return switch (operation.kind()) {
            // tasks in the Not Started state can be started
            case START -> status == TaskStatus.NOT_STARTED;
            // tasks in the Running state can be stopped, in any stage
            case STOP -> status == TaskStatus.RUNNING;
            // tasks in the Stopped or Failed state can be resumed
            case RESUME -> stoppedOrFailed(status);
            // tasks in the Stopped, Failed or Completed state can be ended
            case END -> stoppedOrFailed(status) || status == TaskStatus.COMPLETED;
            // tasks in the Not Started or Ended state can be deleted
            case DELETE -> status == TaskStatus.NOT_STARTED || status == TaskStatus.ENDED;
            // Not Started, Running, Stopped and Failed; and while the objects of a running task are being changed
            case MODIFY_ALERT_LEVEL ->
                status == TaskStatus.NOT_STARTED
                        || status == TaskStatus.RUNNING
                        || status == TaskStatus.MODIFYING
                        || status == TaskStatus.INTEGRATING
                        || stoppedOrFailed(status);
            // Running, Stopped or Failed, during the full verification stage
            case SKIP_FULL_VERIFICATION ->
                (status == TaskStatus.RUNNING || stoppedOrFailed(status)) && duringVerification(task.stage());
            // Running, after the full verification stage; without one, after the stage that is the last before the
            // switchover
            case ENTER_FORWARD_SWITCHOVER -> status == TaskStatus.RUNNING && readyToSwitch(task);
            // Running, at a step of its forward switchover that is not the end of it
            case FORWARD_SWITCHOVER ->
                status == TaskStatus.RUNNING
                        && switching(task, Stage.FORWARD_SWITCHOVER, Set.of(1, 3), stepsOf(task.type(), false));
            // Running, once the forward switchover is over and changes flow back
            case ENTER_SWITCH_BACK -> status == TaskStatus.RUNNING && flowsBack(task);
            // Running, at a step of its switch back that is not the end of it
            case SWITCH_BACK ->
                status == TaskStatus.RUNNING
                        && switching(task, Stage.SWITCH_BACK, Set.of(2), stepsOf(task.type(), true));
        };
    }

    private static boolean stoppedOrFailed(TaskStatus status) {
        return status == TaskStatus.STOPPED || status == TaskStatus.FAILED;
    }

    private static boolean duringVerification(StageProgress progress) {
        boolean entered = progress.state() == StageProgress.State.RUNNING
                || progress.state() == StageProgress.State.MONITORING
                || progress.state() == StageProgress.State.SUSPENDED
                || progress.state() == StageProgress.State.FAILED;
        return progress.stage() == Stage.FULL_VERIFICATION && entered;
    }

    private static boolean readyToSwitch(MigrationTask task) {
        StageProgress.State state = task.stage().state();
        boolean finished = state == StageProgress.State.FINISHED || state == StageProgress.State.SKIPPED;
        boolean caughtUp = state == StageProgress.State.MONITORING;
        if (task.type().has(Part.FULL_VERIFICATION)) {
            return task.stage().stage() == Stage.FULL_VERIFICATION && finished;
        }
        if (task.type().has(Part.INCREMENTAL)) {
            return task.stage().stage() == Stage.INCREMENTAL_SYNC && (finished || caughtUp);
        }
        Stage last = task.type().has(Part.FULL)
                ? Stage.FULL_MIGRATION
                : task.type().has(Part.SCHEMA) ? Stage.SCHEMA_MIGRATION : Stage.PRECHECK;
        return task.stage().stage() == last && finished;
    }

    private static boolean flowsBack(MigrationTask task) {
        SwitchoverProgress progress = task.switchover();
        boolean over = progress != null
                && Set.of(1, 3).contains(progress.round())
                && progress.step() == SwitchoverStep.START_REVERSE_INCREMENT
                && progress.state() == SwitchoverProgress.State.DONE;
        Stage stage = task.stage().stage();
        return over
                && task.type().has(Part.REVERSE_INCREMENT)
                && (stage == Stage.FORWARD_SWITCHOVER || stage == Stage.REVERSE_INCREMENT);
    }

    private static boolean switching(MigrationTask task, Stage stage, Set<Integer> rounds, List<SwitchoverStep> steps) {
        SwitchoverProgress progress = task.switchover();
        if (progress == null || task.stage().stage() != stage || !rounds.contains(progress.round())) {
            return false;
        }
        boolean known = steps.contains(progress.step()) && progress.state() != SwitchoverProgress.State.UNRECOGNIZED;
        boolean atTheEnd =
                progress.step() == steps.get(steps.size() - 1) && progress.state() == SwitchoverProgress.State.DONE;
        return known && !atTheEnd;
    }

    /** The steps that the published step sets give a type; on the way back the two directions change places. */
    private static List<SwitchoverStep> stepsOf(MigrationType type, boolean back) {
        boolean incremental = type.has(back ? Part.REVERSE_INCREMENT : Part.INCREMENTAL);
        boolean reverse = type.has(back ? Part.INCREMENTAL : Part.REVERSE_INCREMENT);
        List<SwitchoverStep> steps = new ArrayList<>();
        steps.add(SwitchoverStep.START_FORWARD_SWITCHOVER);
        steps.add(SwitchoverStep.SWITCHOVER_PRECHECK);
        if (reverse) {
            steps.add(SwitchoverStep.START_TARGET_STORE);
        }
        if (incremental) {
            steps.add(SwitchoverStep.CONFIRM_WRITES_STOPPED);
            steps.add(SwitchoverStep.CONFIRM_SYNC_TIMESTAMP);
            steps.add(SwitchoverStep.STOP_FORWARD_SYNC);
        }
        steps.add(SwitchoverStep.PROCESS_DATABASE_OBJECTS);
        if (reverse) {
            steps.add(SwitchoverStep.START_REVERSE_INCREMENT);
        }
        return steps;
    }
}
