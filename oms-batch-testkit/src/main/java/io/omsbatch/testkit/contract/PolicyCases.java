package io.omsbatch.testkit.contract;

import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.MigrationType.Part;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** Every status, stage, state, switchover step and operation, with the types that make a difference. */
final class PolicyCases {

    private static final TaskRef REF = new TaskRef("any", "task");
    private static final List<MigrationType> TYPES = List.of(
            MigrationType.of(),
            MigrationType.of(Part.SCHEMA),
            MigrationType.of(Part.FULL),
            MigrationType.of(Part.SCHEMA, Part.FULL, Part.INCREMENTAL),
            MigrationType.of(Part.SCHEMA, Part.FULL, Part.FULL_VERIFICATION),
            MigrationType.of(Part.INCREMENTAL, Part.FULL_VERIFICATION),
            MigrationType.of(Part.FULL, Part.REVERSE_INCREMENT),
            MigrationType.complete());

    private static final Set<Stage> SWITCHING =
            EnumSet.of(Stage.FORWARD_SWITCHOVER, Stage.REVERSE_INCREMENT, Stage.SWITCH_BACK);

    private static final List<MigrationTask> TASKS = tasks();

    private PolicyCases() {}

    static void each(BiConsumer<MigrationTask, BatchOperation> check) {
        List<BatchOperation> operations = BatchOperation.all();
        for (MigrationTask task : TASKS) {
            for (BatchOperation operation : operations) {
                check.accept(task, operation);
            }
        }
    }

    private static List<MigrationTask> tasks() {
        List<SwitchoverProgress> steps = new ArrayList<>();
        for (SwitchoverStep step : SwitchoverStep.values()) {
            for (SwitchoverProgress.State state : SwitchoverProgress.State.values()) {
                steps.add(new SwitchoverProgress(step, state));
                steps.add(new SwitchoverProgress(step, state, 2));
            }
        }
        List<MigrationTask> tasks = new ArrayList<>();
        for (MigrationType type : TYPES) {
            for (TaskStatus status : TaskStatus.values()) {
                for (Stage stage : Stage.values()) {
                    for (StageProgress.State state : StageProgress.State.values()) {
                        MigrationTask.Builder task = MigrationTask.builder(REF)
                                .type(type)
                                .status(status)
                                .stage(stage, state);
                        tasks.add(task.build());
                        tasks.add(task.switchover(steps.get(0)).build());
                        if (SWITCHING.contains(stage)) {
                            steps.forEach(
                                    step -> tasks.add(task.switchover(step).build()));
                        }
                    }
                }
            }
        }
        return List.copyOf(tasks);
    }
}
