package io.omsbatch.examples.benchmarks.decide;

import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.TaskStatus;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The documented rules as somebody writes them who has an afternoon: a set of statuses for each operation, and two conditions. */
final class HandWritten {

    /**
     * What was decided, with all that a sentence about it needs.
     *
     * @param task about which task, or null if it may
     * @param operation and which operation
     * @param code why not, or null if it may
     */
    record Decision(
            @Nullable MigrationTask task,
            @Nullable BatchOperation operation,
            @Nullable String code) {

        private static final Decision YES = new Decision(null, null, null);

        boolean eligible() {
            return code == null;
        }

        String sentence() {
            return task == null || operation == null
                    ? "may"
                    : "task " + task.ref().id() + " is " + task.status() + " in " + task.stage() + "; "
                            + operation.kind().title() + " needs " + ALLOWED.get(operation.kind());
        }
    }

    /**
     * A decision and its sentence.
     *
     * @param decision the decision
     * @param sentence why not, or null if it may
     */
    record Explained(Decision decision, @Nullable String sentence) {

        static Explained of(Decision decision) {
            return new Explained(decision, decision.eligible() ? null : decision.sentence());
        }

        boolean eligible() {
            return decision.eligible();
        }
    }

    private static final Map<OperationKind, Set<TaskStatus>> ALLOWED = new EnumMap<>(OperationKind.class);

    static {
        allow(OperationKind.START, TaskStatus.NOT_STARTED);
        allow(OperationKind.STOP, TaskStatus.RUNNING);
        allow(OperationKind.RESUME, TaskStatus.STOPPED, TaskStatus.FAILED);
        allow(OperationKind.END, TaskStatus.STOPPED, TaskStatus.FAILED, TaskStatus.COMPLETED);
        allow(OperationKind.DELETE, TaskStatus.NOT_STARTED, TaskStatus.ENDED);
        allow(
                OperationKind.MODIFY_ALERT_LEVEL,
                TaskStatus.NOT_STARTED,
                TaskStatus.RUNNING,
                TaskStatus.MODIFYING,
                TaskStatus.INTEGRATING,
                TaskStatus.STOPPED,
                TaskStatus.FAILED);
        allow(OperationKind.SKIP_FULL_VERIFICATION, TaskStatus.RUNNING, TaskStatus.STOPPED, TaskStatus.FAILED);
        allow(OperationKind.ENTER_FORWARD_SWITCHOVER, TaskStatus.RUNNING);
    }

    private HandWritten() {}

    private static void allow(OperationKind kind, TaskStatus first, TaskStatus... more) {
        ALLOWED.put(kind, EnumSet.of(first, more));
    }

    static Decision decide(MigrationTask task, BatchOperation operation) {
        Set<TaskStatus> allowed = ALLOWED.get(operation.kind());
        if (allowed == null || !allowed.contains(task.status())) {
            return new Decision(task, operation, "WRONG_STATUS");
        }
        return holds(task, operation.kind()) ? Decision.YES : new Decision(task, operation, "WRONG_STAGE");
    }

    /** Tells whether a status allows an operation. */
    static boolean allows(TaskStatus status, OperationKind kind) {
        Set<TaskStatus> allowed = ALLOWED.get(kind);
        return allowed != null && allowed.contains(status);
    }

    /** Tells whether what an operation needs besides its status holds. */
    static boolean holds(MigrationTask task, OperationKind kind) {
        StageProgress stage = task.stage();
        if (kind == OperationKind.SKIP_FULL_VERIFICATION) {
            return stage.stage() == Stage.FULL_VERIFICATION
                    && stage.state() != StageProgress.State.WAITING
                    && stage.state() != StageProgress.State.UNRECOGNIZED
                    && !stage.done();
        }
        return kind != OperationKind.ENTER_FORWARD_SWITCHOVER
                || (stage.stage() == task.type().lastStageBeforeSwitchover() && stage.done());
    }
}
