package io.omsbatch.examples.benchmarks.decide;

import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.task.AlertLevel;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random pairs of a task and an operation, the same every time. */
final class Pairs {

    /** So few that the caches of a processor hold them: the verdict is measured, not the memory. */
    private static final int TASKS = 1_000;

    private static final long SEED = 4711;

    /** All operations whose rules do not look into a switchover. */
    private static final List<BatchOperation> OPERATIONS = List.of(
            BatchOperation.start(),
            BatchOperation.stop(),
            BatchOperation.resume(),
            BatchOperation.end(),
            BatchOperation.delete(),
            BatchOperation.modifyAlertLevel(AlertLevel.NO_PROTECTION),
            BatchOperation.skipFullVerification(),
            BatchOperation.enterForwardSwitchover());

    private final List<MigrationTask> tasks = new ArrayList<>();
    private final int[] taskOf;
    private final int[] operationOf;

    Pairs(int pairs) {
        Random random = new Random(SEED);
        for (int i = 0; i < Math.min(TASKS, pairs); i++) {
            tasks.add(MigrationTask.builder(new TaskRef("fleet", "t" + i))
                    .status(any(random, TaskStatus.values()))
                    .stage(any(random, Stage.values()), any(random, StageProgress.State.values()))
                    .build());
        }
        taskOf = random.ints(pairs, 0, tasks.size()).toArray();
        operationOf = random.ints(pairs, 0, OPERATIONS.size()).toArray();
    }

    private static <T> T any(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    int size() {
        return taskOf.length;
    }

    MigrationTask task(int pair) {
        return tasks.get(taskOf[pair]);
    }

    BatchOperation operation(int pair) {
        return OPERATIONS.get(operationOf[pair]);
    }

    /** Returns the kinds of all operations in the pairs. */
    static List<OperationKind> kinds() {
        return OPERATIONS.stream().map(BatchOperation::kind).toList();
    }
}
