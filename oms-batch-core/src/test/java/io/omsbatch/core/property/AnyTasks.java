package io.omsbatch.core.property;

import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.testkit.arbitraries.TaskArbitraries;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Tasks whose status, stage, step and type need not fit together: at random, or all of them. */
final class AnyTasks {

    private static final TaskRef REF = new TaskRef("oms", "orders");

    private AnyTasks() {}

    /** Returns consistent tasks, and others in every combination, with whatever names and identities. */
    static Arbitrary<MigrationTask> atRandom() {
        Arbitrary<MigrationTask> mixed = Combinators.combine(
                        TaskArbitraries.tasks(),
                        Arbitraries.of(TaskStatus.class),
                        Arbitraries.of(MigrationType.all()),
                        Arbitraries.of(Stage.class),
                        Arbitraries.of(StageProgress.State.class),
                        steps().injectNull(0.3))
                .as((task, status, type, stage, state, step) -> task.toBuilder()
                        .status(status)
                        .type(type)
                        .stage(stage, state)
                        .switchover(step)
                        .build());
        return Arbitraries.oneOf(TaskArbitraries.tasks(), mixed);
    }

    static Arbitrary<SwitchoverProgress> steps() {
        return Combinators.combine(
                        Arbitraries.of(SwitchoverStep.class),
                        Arbitraries.of(SwitchoverProgress.State.class),
                        Arbitraries.of(1, 2, 3))
                .as(SwitchoverProgress::new);
    }

    /** Hands over every status, stage, stage state, and switchover step and state, forward and back, or none, of every type given. */
    static void forEach(Collection<MigrationType> types, Consumer<MigrationTask> check) {
        List<SwitchoverProgress> places = new ArrayList<>();
        places.add(null);
        for (SwitchoverStep step : SwitchoverStep.values()) {
            for (SwitchoverProgress.State state : SwitchoverProgress.State.values()) {
                places.add(new SwitchoverProgress(step, state));
                places.add(new SwitchoverProgress(step, state, 2));
            }
        }
        for (MigrationType type : types) {
            MigrationTask.Builder task = MigrationTask.builder(REF).type(type);
            for (TaskStatus status : TaskStatus.values()) {
                for (Stage stage : Stage.values()) {
                    for (StageProgress.State state : StageProgress.State.values()) {
                        task.status(status).stage(stage, state);
                        places.forEach(
                                place -> check.accept(task.switchover(place).build()));
                    }
                }
            }
        }
    }

    /** Returns a type for each way in which types differ in their steps or in their last stage before the switchover. */
    static Collection<MigrationType> typesThatDiffer() {
        return MigrationType.all().stream()
                .collect(Collectors.toMap(
                        type -> List.of(
                                type.switchoverSteps(),
                                type.switchoverSteps(SwitchoverDirection.BACK),
                                type.lastStageBeforeSwitchover()),
                        type -> type,
                        (first, next) -> first))
                .values();
    }
}
