package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.settings.GateSettings;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.FaultScript;
import io.omsbatch.testkit.history.GatewayCall;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SW-2: A gate")
class GateTest {

    private static final Actor BEN = new Actor("ben");
    private static final SwitchoverStep WRITE_STOP = SwitchoverStep.CONFIRM_WRITES_STOPPED;
    private static final Duration HOLDS = Duration.ofMinutes(2);

    private static EngineHarness world(GateSettings gates) {
        return new EngineHarness(
                PlatformSettings.of(3),
                FaultScript.none(),
                settings -> settings.withSwitchover(settings.switchover().withGates(gates)));
    }

    private static SwitchoverWorkflow atWriteStop(EngineHarness world) {
        SwitchoverWorkflow workflow = world.switchover(world.add(2, EngineHarness.entered(MigrationType.complete())));
        Operator.settle(world, workflow);
        Operator.all(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.START_FORWARD_SWITCHOVER);
        Operator.settle(world, workflow);
        return workflow;
    }

    private static Control confirmation(SwitchoverWorkflow workflow, Actor actor) {
        return Control.all(
                SwitchoverAction.CONFIRM, WRITE_STOP, 1, workflow.board().version(), actor, "load balancer drained");
    }

    private static void assertNotCommanded(EngineHarness world) {
        assertThat(world.commands())
                .extracting(GatewayCall::ordered)
                .extracting(GatewayCall.Order::what)
                .doesNotContain(WRITE_STOP.name());
    }

    private static void assertRefused(ControlAnswer answer, String text) {
        assertThat(answer).isInstanceOfSatisfying(ControlAnswer.Refused.class, refused -> {
            assertThat(refused.why()).isEqualTo(ControlAnswer.Refusal.WRONG_CONSENT);
            assertThat(refused.text()).contains(text);
        });
    }

    @Test
    @DisplayName("that needs two persons opens when another one agrees with what the first asked for")
    void twoPersons() {
        try (EngineHarness world = world(GateSettings.none().withTwoPersons(Set.of(WRITE_STOP)))) {
            SwitchoverWorkflow workflow = atWriteStop(world);
            ControlAnswer.ConsentNeeded asked = (ControlAnswer.ConsentNeeded) workflow.act(confirmation(workflow, ANN));
            assertThat(asked.text()).contains("another person than ann has to agree");
            assertRefused(
                    workflow.act(confirmation(workflow, ANN).consenting(asked.token())),
                    "ann asked for it; another person has to agree");
            assertRefused(workflow.act(confirmation(workflow, BEN).consenting("t")), "let the first person ask again");
            world.environment.advance(Duration.ofMinutes(1));
            assertNotCommanded(world);
            assertThat(workflow.act(confirmation(workflow, BEN).consenting(asked.token())))
                    .isInstanceOf(ControlAnswer.Accepted.class);
            BatchReport report = Operator.drive(world, workflow);
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(2);
            assertThat(world.engine()
                            .explain(report.runId(), report.results().get(0).ref())
                            .orElseThrow()
                            .render())
                    .contains("ben confirmed", ", as ann had asked: load balancer drained");
        }
    }

    @Test
    @DisplayName("takes no agreement to what was asked too long ago")
    void oldToken() {
        try (EngineHarness world =
                world(GateSettings.none().withTwoPersons(Set.of(WRITE_STOP)).withHolds(HOLDS))) {
            SwitchoverWorkflow workflow = atWriteStop(world);
            ControlAnswer.ConsentNeeded asked = (ControlAnswer.ConsentNeeded) workflow.act(confirmation(workflow, ANN));
            world.environment.advance(HOLDS.plusSeconds(1));
            assertRefused(workflow.act(confirmation(workflow, BEN).consenting(asked.token())), "more than PT2M ago");
            assertNotCommanded(world);
        }
    }

    @Test
    @DisplayName(
            "closes again when its confirmation was not acted on in time, and then the source does not count as frozen")
    void expires() {
        try (EngineHarness world = world(GateSettings.none().withHolds(HOLDS))) {
            SwitchoverWorkflow workflow = atWriteStop(world);
            workflow.act(confirmation(workflow, ANN));
            workflow.control(new RunControl(RunAction.PAUSE, workflow.version(), ANN, "wait"));
            boolean sent = world.commands().stream()
                    .anyMatch(call -> call.ordered().what().equals(WRITE_STOP.name()));
            assertThat(sent).as("paused before anything was sent").isFalse();
            world.environment.advance(HOLDS.plusSeconds(1));
            workflow.control(new RunControl(RunAction.RESUME, workflow.version(), ANN, "go on"));
            SwitchoverBoard board = Operator.settle(world, workflow);
            assertThat(board.tasks()).allSatisfy(task -> {
                assertThat(task.current().step()).isEqualTo(WRITE_STOP);
                assertThat(task.current().state()).isEqualTo(StepStanding.State.GATED);
            });
            assertThat(board.render()).doesNotContain("frozen");
            assertNotCommanded(world);
            assertThat(Operator.drive(world, workflow).count(TaskOutcome.Kind.SUCCEEDED))
                    .isEqualTo(2);
        }
    }

    @Test
    @DisplayName("SW-3: that is confirmed for a lane opens for no task of another lane")
    void otherLane() {
        MigrationType other = MigrationType.all().stream()
                .filter(type -> !type.equals(MigrationType.complete()))
                .filter(type -> type.switchoverSteps().contains(SwitchoverStep.START_FORWARD_SWITCHOVER))
                .findFirst()
                .orElseThrow();
        try (EngineHarness world = world(GateSettings.none())) {
            List<TaskRef> tasks = List.of(
                    world.add("a", EngineHarness.entered(MigrationType.complete())),
                    world.add("b", EngineHarness.entered(other)));
            SwitchoverWorkflow workflow = world.switchover(tasks);
            SwitchoverBoard before = Operator.settle(world, workflow);
            assertThat(before.lanes()).hasSize(2);
            Operator.all(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.START_FORWARD_SWITCHOVER);
            SwitchoverBoard board = workflow.board();
            assertThat(board.lanes().get(0).tasks())
                    .allMatch(task -> task.current().state() != StepStanding.State.GATED);
            assertThat(board.lanes().get(1).tasks())
                    .hasSize(1)
                    .allMatch(task -> task.current().state() == StepStanding.State.GATED);
        }
    }

    @Test
    @DisplayName("stays closed while its run is paused, unless a task is to leave it")
    void paused() {
        try (EngineHarness world = world(GateSettings.none())) {
            SwitchoverWorkflow workflow = atWriteStop(world);
            workflow.control(new RunControl(RunAction.PAUSE, workflow.version(), ANN, "wait"));
            assertThat(workflow.act(confirmation(workflow, ANN)))
                    .isInstanceOfSatisfying(ControlAnswer.Refused.class, refused -> {
                        assertThat(refused.why()).isEqualTo(ControlAnswer.Refusal.PAUSED);
                        assertThat(refused.text()).contains("resume it first");
                    });
            assertNotCommanded(world);
            TaskRef task = workflow.board().tasks().get(0).ref();
            assertThat(Operator.one(workflow, SwitchoverAction.LEAVE, WRITE_STOP, task))
                    .isInstanceOf(ControlAnswer.Accepted.class);
        }
    }
}
