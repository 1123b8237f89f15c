package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.FaultScript;
import io.omsbatch.testkit.history.GatewayCall;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SEC-1: An access policy")
class AccessPolicyTest {

    private static final Actor EVE = new Actor("eve");

    private final Set<Actor> without = ConcurrentHashMap.newKeySet();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    private EngineHarness world() {
        EngineHarness world = new EngineHarness(
                PlatformSettings.of(2).withCapabilities(GatewayCapabilities.of(GatewayCapability.UNDO)),
                FaultScript.none(),
                UnaryOperator.identity());
        world.builder().access((actor, operation, task) -> {
            asked.add(actor.name());
            return !without.contains(actor);
        });
        return world;
    }

    private static ControlAnswer confirm(SwitchoverWorkflow workflow, SwitchoverStep step, Actor actor) {
        return workflow.act(
                Control.all(SwitchoverAction.CONFIRM, step, 1, workflow.board().version(), actor, "ready"));
    }

    private static SwitchoverWorkflow atWriteStop(EngineHarness world, int tasks) {
        SwitchoverWorkflow workflow =
                world.switchover(world.add(tasks, EngineHarness.entered(MigrationType.complete())));
        Operator.settle(world, workflow);
        confirm(workflow, SwitchoverStep.START_FORWARD_SWITCHOVER, ANN);
        Operator.settle(world, workflow);
        return workflow;
    }

    @Test
    @DisplayName("is asked about the operator who confirms a gate, whose step is not commanded without access")
    void gate() {
        try (EngineHarness world = world()) {
            without.add(EVE);
            SwitchoverWorkflow workflow = atWriteStop(world, 2);
            confirm(workflow, SwitchoverStep.CONFIRM_WRITES_STOPPED, EVE);
            SwitchoverBoard board = Operator.settle(world, workflow);
            assertThat(asked).contains("ann", "eve");
            assertThat(board.tasks()).allSatisfy(task -> {
                assertThat(task.current().state()).isEqualTo(StepStanding.State.FAILED);
                assertThat(task.current().waitsFor())
                        .contains("ACCESS_DENIED: eve has no access to the task, by the access policy");
            });
            assertThat(world.commands())
                    .extracting(GatewayCall::ordered)
                    .extracting(GatewayCall.Order::what)
                    .doesNotContain(SwitchoverStep.CONFIRM_WRITES_STOPPED.name());
            Operator.all(workflow, SwitchoverAction.RETRY, SwitchoverStep.CONFIRM_WRITES_STOPPED);
            BatchReport report = Operator.drive(world, workflow);
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(2);
        }
    }

    @Test
    @DisplayName(
            "is asked again before each later step, so that access that was taken away stops a switchover where it stands")
    void laterStep() {
        try (EngineHarness world = world()) {
            SwitchoverWorkflow workflow = atWriteStop(world, 1);
            int before = world.commands().size();
            without.add(ANN);
            confirm(workflow, SwitchoverStep.CONFIRM_WRITES_STOPPED, ANN);
            SwitchoverBoard board = Operator.settle(world, workflow);
            assertThat(board.tasks().get(0).current().waitsFor()).contains("ACCESS_DENIED");
            assertThat(world.commands()).hasSize(before);
        }
    }

    @Test
    @DisplayName("does not keep a source frozen: what is taken back is not asked about")
    void takingBack() {
        try (EngineHarness world = world()) {
            SwitchoverWorkflow workflow = atWriteStop(world, 1);
            confirm(workflow, SwitchoverStep.CONFIRM_WRITES_STOPPED, ANN);
            SwitchoverBoard board = Operator.settle(world, workflow);
            TaskRef task = board.tasks().get(0).ref();
            without.add(ANN);
            Operator.one(workflow, SwitchoverAction.ABORT, Operator.stepOf(board, task), task);
            assertThat(world.await(workflow).count(TaskOutcome.Kind.UNDONE)).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("that denies from the beginning ends each task DENIED, and nothing is commanded")
    void denied() {
        try (EngineHarness world = world()) {
            List<TaskRef> tasks = world.add(3, EngineHarness.running());
            BatchPlan plan = world.plan(BatchOperation.stop(), tasks);
            without.add(ANN);
            BatchReport report = world.await(world.engine().run(plan.confirm(ANN, "x")));
            assertThat(report.count(TaskOutcome.Kind.DENIED)).isEqualTo(3);
            assertThat(world.commands()).isEmpty();
        }
    }
}
