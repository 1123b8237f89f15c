package io.omsbatch.core.internal.durable;

import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.TaskStatus;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a task says about an operation that was commanded (RUN-4), as one table: which statuses are wanted, and from
 * which the wanted state can no longer follow. Every other status means that it may still come. Pure.
 */
public final class SettleTable {

    private record Row(Set<TaskStatus> wanted, Set<TaskStatus> hopeless) {}

    private static final Set<TaskStatus> NONE = EnumSet.noneOf(TaskStatus.class);
    private static final Set<TaskStatus> OVER = EnumSet.of(TaskStatus.ENDING, TaskStatus.ENDED);

    /** A task that was started or resumed may be completed at the first look already. */
    private static final Set<TaskStatus> AT_WORK =
            EnumSet.of(TaskStatus.RUNNING, TaskStatus.MODIFYING, TaskStatus.INTEGRATING, TaskStatus.COMPLETED);

    private static final Set<TaskStatus> AWAY = with(OVER, TaskStatus.FAILED, TaskStatus.STOPPED, TaskStatus.COMPLETED);

    private static final Map<OperationKind, Row> ROWS = new EnumMap<>(Map.of(
            OperationKind.START,
            new Row(AT_WORK, with(OVER, TaskStatus.FAILED)),
            OperationKind.STOP,
            new Row(EnumSet.of(TaskStatus.STOPPED), with(OVER, TaskStatus.FAILED, TaskStatus.COMPLETED)),
            OperationKind.RESUME,
            new Row(AT_WORK, OVER),
            OperationKind.END,
            new Row(EnumSet.of(TaskStatus.ENDED), NONE),
            OperationKind.DELETE,
            new Row(NONE, NONE),
            OperationKind.MODIFY_ALERT_LEVEL,
            new Row(NONE, OVER),
            OperationKind.SKIP_FULL_VERIFICATION,
            new Row(NONE, OVER),
            OperationKind.ENTER_FORWARD_SWITCHOVER,
            new Row(NONE, AWAY),
            OperationKind.ENTER_SWITCH_BACK,
            new Row(NONE, AWAY)));

    private SettleTable() {}

    /**
     * Says what a look means.
     *
     * @param operation what was commanded
     * @param task the task as it was read, or null if the platform said that it does not exist
     * @param eligible whether the operation could be commanded (again) now, so that there is no trace of an effect
     * @return what the look means
     */
    public static Settlement judge(BatchOperation operation, @Nullable MigrationTask task, boolean eligible) {
        OperationKind kind = operation.kind();
        if (task == null) {
            return kind == OperationKind.DELETE || kind == OperationKind.END
                    ? Settlement.wanted()
                    : Settlement.failed(Problem.of(ProblemCode.TASK_GONE, "the platform no longer has the task"));
        }
        Row row = row(kind);
        if (row.wanted.contains(task.status()) || otherwiseThere(operation, task)) {
            return Settlement.wanted();
        }
        if (row.hopeless.contains(task.status())) {
            return Settlement.failed(
                    Problem.of(ProblemCode.SETTLED_ELSEWHERE, "the task became " + task.status() + " instead"));
        }
        return Settlement.going("the task is " + task.status() + " in " + task.stage(), eligible);
    }

    private static Row row(OperationKind kind) {
        Row row = ROWS.get(kind);
        if (row == null) {
            throw new IllegalArgumentException(kind + " settles step by step, not by status");
        }
        return row;
    }

    /** The operations whose wanted state is not a status. */
    private static boolean otherwiseThere(BatchOperation operation, MigrationTask task) {
        return switch (operation.kind()) {
            case MODIFY_ALERT_LEVEL -> task.alertLevel() == ((BatchOperation.ModifyAlertLevel) operation).level();
            case SKIP_FULL_VERIFICATION -> leftVerification(task);
            case ENTER_FORWARD_SWITCHOVER -> inOrAfterSwitchover(task);
            case ENTER_SWITCH_BACK -> task.stage().stage() == Stage.SWITCH_BACK;
            case START, STOP, RESUME, END, DELETE, FORWARD_SWITCHOVER, SWITCH_BACK -> false;
        };
    }

    private static boolean leftVerification(MigrationTask task) {
        Stage stage = task.stage().stage();
        return stage == Stage.FULL_VERIFICATION ? task.stage().done() : inOrAfterSwitchover(task);
    }

    private static boolean inOrAfterSwitchover(MigrationTask task) {
        return switch (task.stage().stage()) {
            case FORWARD_SWITCHOVER, REVERSE_INCREMENT, SWITCH_BACK -> true;
            case PRECHECK, SCHEMA_MIGRATION, FULL_MIGRATION, INCREMENTAL_SYNC, FULL_VERIFICATION, UNRECOGNIZED -> false;
        };
    }

    private static Set<TaskStatus> with(Set<TaskStatus> set, TaskStatus... more) {
        Set<TaskStatus> all = EnumSet.copyOf(set);
        all.addAll(Set.of(more));
        return all;
    }
}
