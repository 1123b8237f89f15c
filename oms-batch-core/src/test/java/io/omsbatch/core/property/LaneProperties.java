package io.omsbatch.core.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.eligibility.DenialCode;
import io.omsbatch.api.eligibility.EligibilityPolicy;
import io.omsbatch.api.eligibility.Lane;
import io.omsbatch.api.eligibility.LaneRule;
import io.omsbatch.api.eligibility.Reason;
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
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

@Label("A lane holds one migration type at one step (SW-1)")
class LaneProperties {

    /** Fleets that stand at any steps, known or not, of a few types. */
    @Provide
    Arbitrary<List<MigrationTask>> fleets() {
        Arbitrary<MigrationType> types = Arbitraries.of(
                MigrationType.of(Part.FULL), MigrationType.of(Part.FULL, Part.INCREMENTAL), MigrationType.complete());
        return Combinators.combine(types, AnyTasks.steps())
                .as(MigrationTaskAt::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40)
                .map(places -> IntStream.range(0, places.size())
                        .mapToObj(number -> places.get(number).task(number))
                        .toList());
    }

    @Provide
    Arbitrary<MigrationTask> tasks() {
        return AnyTasks.atRandom();
    }

    private record MigrationTaskAt(MigrationType type, SwitchoverProgress step) {
        MigrationTask task(int number) {
            return MigrationTask.builder(new TaskRef("oms", "task-" + number))
                    .status(TaskStatus.RUNNING)
                    .type(type)
                    .stage(Stage.FORWARD_SWITCHOVER, StageProgress.State.RUNNING)
                    .switchover(step)
                    .build();
        }
    }

    @Property
    @Label("every accepted task is in exactly one lane, of its type and step, in the order of the selection")
    void lanesPartitionTheAccepted(@ForAll("fleets") List<MigrationTask> fleet) {
        List<MigrationTask> accepted =
                fleet.stream().filter(LaneProperties::mayEnter).toList();
        Map<TaskRef, MigrationTask> byRef =
                fleet.stream().collect(Collectors.toMap(MigrationTask::ref, Function.identity()));
        List<Lane> lanes = LaneRule.lanes(accepted);

        assertThat(lanes.stream().flatMap(lane -> lane.tasks().stream()))
                .containsExactlyInAnyOrderElementsOf(
                        accepted.stream().map(MigrationTask::ref).toList());
        for (Lane lane : lanes) {
            assertThat(lane.entryStep())
                    .isNotIn(SwitchoverStep.SWITCHOVER_PRECHECK, SwitchoverStep.UNRECOGNIZED)
                    .isIn(lane.type().switchoverSteps());
            assertThat(lane.tasks())
                    .isEqualTo(accepted.stream()
                            .filter(task -> task.type().equals(lane.type()) && stepOf(task) == lane.entryStep())
                            .map(MigrationTask::ref)
                            .toList());
            assertThat(lane.tasks())
                    .allSatisfy(ref -> assertThat(byRef.get(ref).type()).isEqualTo(lane.type()));
        }
    }

    @Property
    @Label("lanes are numbered from 1 in the order of their first tasks, and no two are alike")
    void lanesAreInOrder(@ForAll("fleets") List<MigrationTask> fleet) {
        List<TaskRef> order = fleet.stream().map(MigrationTask::ref).toList();
        List<Lane> lanes =
                LaneRule.lanes(fleet.stream().filter(LaneProperties::mayEnter).toList());
        for (int i = 0; i < lanes.size(); i++) {
            assertThat(lanes.get(i).number()).isEqualTo(i + 1);
        }
        assertThat(lanes.stream().map(lane -> order.indexOf(lane.tasks().get(0))))
                .isSorted();
        assertThat(lanes.stream().map(lane -> List.of(lane.type(), lane.entryStep())))
                .doesNotHaveDuplicates();
    }

    @Property
    @Label("a task is kept out of lanes at the precheck and outside of the switchover, with the reason")
    void refusals(@ForAll("tasks") MigrationTask task) {
        Reason refusal = LaneRule.refusal(task);
        SwitchoverProgress at = task.switchover();
        if (at == null) {
            assertThat(refusal).extracting(Reason::code).isEqualTo(DenialCode.NOT_IN_SWITCHOVER.name());
        } else if (at.step() == SwitchoverStep.SWITCHOVER_PRECHECK) {
            assertThat(refusal).extracting(Reason::code).isEqualTo(DenialCode.AT_SWITCHOVER_PRECHECK.name());
        } else {
            assertThat(refusal).isNull();
        }
    }

    private static boolean mayEnter(MigrationTask task) {
        return EligibilityPolicy.documented()
                        .judge(task, BatchOperation.forwardSwitchover())
                        .eligible()
                && LaneRule.refusal(task) == null;
    }

    private static SwitchoverStep stepOf(MigrationTask task) {
        SwitchoverProgress progress = task.switchover();
        return progress == null ? SwitchoverStep.UNRECOGNIZED : progress.step();
    }
}
