package io.omsbatch.testkit.check;

import io.omsbatch.api.eligibility.EligibilityPolicy;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.TaskStatus;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What each operation is to lead to, written down independently of the engine.
 *
 * @since 0.1.0
 */
public final class WantedState {

    private static final Set<TaskStatus> AT_WORK =
            EnumSet.of(TaskStatus.RUNNING, TaskStatus.MODIFYING, TaskStatus.INTEGRATING, TaskStatus.COMPLETED);
    private static final Set<Stage> SWITCHING =
            EnumSet.of(Stage.FORWARD_SWITCHOVER, Stage.REVERSE_INCREMENT, Stage.SWITCH_BACK);

    private WantedState() {}

    /**
     * Returns whether a look at a task shows what an operation is to lead to.
     *
     * @param operation the operation
     * @param shown the task as it was seen; empty if it is not there
     * @return whether it is as the operation wants it
     */
    public static boolean reached(BatchOperation operation, Optional<MigrationTask> shown) {
        if (shown.isEmpty()) {
            return operation instanceof BatchOperation.Delete || operation instanceof BatchOperation.End;
        }
        MigrationTask task = shown.get();
        return switch (operation.kind()) {
            case START, RESUME -> AT_WORK.contains(task.status());
            case STOP -> task.status() == TaskStatus.STOPPED;
            case END -> task.status() == TaskStatus.ENDED;
            case DELETE -> false;
            case MODIFY_ALERT_LEVEL ->
                operation instanceof BatchOperation.ModifyAlertLevel wanted && task.alertLevel() == wanted.level();
            case SKIP_FULL_VERIFICATION ->
                SWITCHING.contains(task.stage().stage())
                        || (task.stage().stage() == Stage.FULL_VERIFICATION
                                && task.stage().done());
            case ENTER_FORWARD_SWITCHOVER -> SWITCHING.contains(task.stage().stage());
            case ENTER_SWITCH_BACK -> task.stage().stage() == Stage.SWITCH_BACK;
            case FORWARD_SWITCHOVER, SWITCH_BACK -> {
                SwitchoverDirection direction = operation.kind().direction();
                var steps = task.type().switchoverSteps(direction);
                SwitchoverProgress progress = task.switchover();
                yield progress != null
                        && progress.direction() == direction
                        && progress.isOver(steps.get(steps.size() - 1));
            }
        };
    }

    /** Returns whether a look at a task shows that the operation cannot lead there any more. */
    static boolean outOfReach(BatchOperation operation, Optional<MigrationTask> shown) {
        boolean stillGoing = operation instanceof BatchOperation.End
                && shown.map(MigrationTask::status)
                        .filter(TaskStatus.ENDING::equals)
                        .isPresent();
        return !stillGoing
                && !reached(operation, shown)
                && (shown.isEmpty()
                        || !EligibilityPolicy.documented()
                                .judge(shown.get(), operation)
                                .eligible());
    }
}
