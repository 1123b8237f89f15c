package io.omsbatch.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.FreezeBudget;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.switchover.BoardTask;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.core.OmsBatch;
import io.omsbatch.core.journal.InMemoryJournalStore;
import io.omsbatch.testkit.fake.FakePlatform;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fake.VirtualEnvironment;
import io.omsbatch.testkit.fault.FaultScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SW-9: A write freeze whose engine died, and which is over its budget when another goes on,")
class FreezeRecoveryTest {

    private static final Actor ANN = new Actor("ann");
    private static final TaskRef TASK = new TaskRef("oms", "t1");

    private final VirtualEnvironment environment = new VirtualEnvironment(5);
    private final JournalStore journal = new InMemoryJournalStore(environment.clock());
    private final FakePlatform platform = new FakePlatform(
            environment,
            PlatformSettings.of(5)
                    .withCapabilities(GatewayCapabilities.of(GatewayCapability.UNDO, GatewayCapability.DEDUPLICATION)),
            FaultScript.none());
    private final List<BatchEngine> engines = new ArrayList<>();

    @AfterEach
    void close() {
        engines.forEach(BatchEngine::close);
        environment.close();
    }

    private BatchEngine engine(Doom doom) {
        BatchEngine engine = OmsBatch.engine(doom.gateway(platform))
                .environment(environment)
                .journal(doom.journal(journal))
                .build();
        engines.add(engine);
        return engine;
    }

    /** Freezes the source, lets the engine die, and the budget pass; returns the run as another engine has it. */
    private SwitchoverWorkflow outlived(FreezeBudget budget, SwitchoverStep diesAt) {
        platform.add(MigrationTask.builder(TASK)
                .type(MigrationType.complete())
                .status(TaskStatus.RUNNING)
                .stage(Stage.FORWARD_SWITCHOVER, StageProgress.State.RUNNING)
                .switchover(new SwitchoverProgress(
                        SwitchoverStep.START_FORWARD_SWITCHOVER, SwitchoverProgress.State.WAITING))
                .build());
        Doom doom = Doom.never();
        BatchEngine first = engine(doom);
        SwitchoverWorkflow workflow = first.switchover(
                first.plan(BatchRequest.of("request", ANN, BatchOperation.forwardSwitchover(), List.of(TASK))
                                .with(RunPolicy.none().withFreeze(budget)))
                        .confirm(ANN, "the window is open"));
        act(workflow, SwitchoverAction.CONFIRM);
        until(() -> current(workflow).step() == SwitchoverStep.CONFIRM_WRITES_STOPPED
                && current(workflow).state() == StepStanding.State.GATED);
        if (diesAt == SwitchoverStep.CONFIRM_SYNC_TIMESTAMP) {
            platform.lag(TASK, Duration.ofMinutes(10));
        }
        act(workflow, SwitchoverAction.CONFIRM);
        until(() -> current(workflow).step() == diesAt);
        doom.dieNow();
        environment.advance(budget.limit().plusSeconds(60));
        return (SwitchoverWorkflow) engine(Doom.never()).recover().get(0);
    }

    private void until(BooleanSupplier there) {
        for (int i = 0; i < 2_000 && !there.getAsBoolean(); i++) {
            environment.advance(Duration.ofMillis(200));
        }
        assertThat(there.getAsBoolean()).isTrue();
    }

    private static StepStanding current(SwitchoverWorkflow workflow) {
        BoardTask task = workflow.board().tasks().get(0);
        return Objects.requireNonNull(task.current(), "the task has ended");
    }

    private static void act(SwitchoverWorkflow workflow, SwitchoverAction action) {
        StepStanding current = current(workflow);
        ControlAnswer answer = workflow.act(
                Control.one(action, current.step(), TASK, workflow.board().version(), ANN, "seen"));
        assertThat(answer).isInstanceOf(ControlAnswer.Accepted.class);
    }

    private BatchReport ended(SwitchoverWorkflow workflow) throws InterruptedException {
        until(() -> workflow.state() == RunState.ENDED);
        return workflow.await(Duration.ofSeconds(1)).orElseThrow();
    }

    @Test
    @DisplayName("is undone by that one, if that is what the host chose")
    void undone() throws InterruptedException {
        SwitchoverWorkflow workflow =
                outlived(FreezeBudget.undoing(Duration.ofMinutes(1)), SwitchoverStep.PROCESS_DATABASE_OBJECTS);
        BatchReport report = ended(workflow);
        assertThat(report.count(TaskOutcome.Kind.UNDONE)).as(report.render()).isEqualTo(1);
        assertThat(platform.switchover(TASK).orElseThrow().stopPoint()).isNull();
        assertThat(platform.breaches()).isEmpty();
    }

    @Test
    @DisplayName(
            "waits for an operator, who makes sure anew that nothing writes to the source, before anything goes on")
    void asked() throws InterruptedException {
        SwitchoverWorkflow workflow =
                outlived(FreezeBudget.reporting(Duration.ofMinutes(1)), SwitchoverStep.CONFIRM_SYNC_TIMESTAMP);
        until(() -> current(workflow).state() == StepStanding.State.FAILED);
        assertThat(current(workflow).step()).isEqualTo(SwitchoverStep.CONFIRM_SYNC_TIMESTAMP);
        assertThat(current(workflow).waitsFor())
                .contains("FREEZE_SPENT", "make sure that nothing writes to the source");
        platform.lag(TASK, Duration.ZERO);
        act(workflow, SwitchoverAction.RETRY);
        until(() -> current(workflow).step() == SwitchoverStep.PROCESS_DATABASE_OBJECTS);
        act(workflow, SwitchoverAction.MARK);
        until(() -> current(workflow).state() == StepStanding.State.GATED);
        act(workflow, SwitchoverAction.CONFIRM);
        assertThat(ended(workflow).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(1);
    }
}
