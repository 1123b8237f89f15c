package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.ControlAnswer.Refusal;
import io.omsbatch.api.engine.PlanRefusedException;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.RunFilter;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.fake.FakePlatform;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.FaultScript;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An engine whose journal holds runs of a platform that its gateway does not serve")
class OtherPlatformTest {

    private static final TaskRef ELSEWHERE = new TaskRef("oms-us", "t1");

    private static PlatformSettings serving(String platform) {
        return PlatformSettings.of(1)
                .withLatency(Duration.ofSeconds(1))
                .withCapabilities(
                        GatewayCapabilities.of(GatewayCapability.FENCING).withPlatforms(platform));
    }

    private static EngineHarness world() {
        return new EngineHarness(
                serving("oms"), FaultScript.none(), settings -> settings.withCloseTimeout(Duration.ZERO));
    }

    /** An engine of another platform, over the same journal. */
    private static BatchEngine foreign(EngineHarness world) {
        return OmsBatch.engine(new FakePlatform(world.environment, serving("oms-us"), FaultScript.none()))
                .environment(world.environment)
                .journal(world.journal)
                .build();
    }

    @Test
    @DisplayName("DUR-3: leaves them to engines of their platform, at once and later, and still shows them")
    void leavesAlone() {
        try (EngineHarness world = world();
                BatchEngine other = foreign(world)) {
            List<TaskRef> tasks = world.add(20, EngineHarness.running());
            BatchRun run = world.start(BatchOperation.stop(), tasks);
            world.environment.advance(Duration.ofSeconds(2));
            world.engine().close();
            int facts = world.journal.entries().size();
            assertThat(other.recover()).isEmpty();
            world.environment.advance(Duration.ofMinutes(5));
            assertThat(other.runs()).isEmpty();
            assertThat(world.journal.entries()).hasSize(facts);
            assertThat(other.list(RunFilter.all(), null, 10).runs())
                    .extracting(RunSummary::runId)
                    .containsExactly(run.id());
            assertThat(other.find(run.id()).orElseThrow().state()).isEqualTo(RunState.RUNNING);
            assertThat(other.explain(run.id(), tasks.get(0))).isPresent();
            try (BatchEngine same = world.builder().build()) {
                BatchRun taken = same.recover().get(0);
                assertThat(world.await(taken).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(20);
            }
        }
    }

    @Test
    @DisplayName("plans no task of it, and confirms no plan of it")
    void plansNothing() {
        try (EngineHarness world = world();
                BatchEngine other = foreign(world)) {
            BatchPlan plan = world.plan(BatchOperation.stop(), world.add(1, EngineHarness.running()));
            assertThatThrownBy(() -> other.run(plan.confirm(ANN, "over here")))
                    .isInstanceOfSatisfying(
                            PlanRefusedException.class,
                            refused -> assertThat(refused.why()).isEqualTo(PlanRefusedException.Why.OTHER_PLATFORM))
                    .hasMessageContaining("oms/t1")
                    .hasMessageContaining("[oms-us]");
            BatchRequest both =
                    BatchRequest.of("both", ANN, BatchOperation.stop(), List.of(EngineHarness.ref("t1"), ELSEWHERE));
            assertThatThrownBy(() -> world.engine().plan(both))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("oms-us/t1")
                    .hasMessageContaining("[oms]");
            assertThat(world.await(world.engine().run(plan.confirm(ANN, "over there")))
                            .count(TaskOutcome.Kind.SUCCEEDED))
                    .isEqualTo(1);
        }
    }

    /** An engine whose gateway knows no switchovers, and says nothing of platforms. */
    private static BatchEngine simple(EngineHarness world) {
        TaskGateway simple = new TaskGateway() {
            @Override
            public GatewayCapabilities capabilities() {
                return GatewayCapabilities.of();
            }

            @Override
            public Map<TaskRef, MigrationTask> read(Set<TaskRef> tasks) {
                return world.platform.read(tasks);
            }

            @Override
            public TaskPage list(@Nullable String from, int size) {
                return world.platform.list(from, size);
            }

            @Override
            public GatewayReply command(TaskCommand command) {
                return world.platform.command(command);
            }
        };
        return OmsBatch.engine(simple)
                .environment(world.environment)
                .journal(world.journal)
                .build();
    }

    @Test
    @DisplayName("DUR-4: shows a switchover though its gateway knows none, and parks it instead of taking it over half")
    void knowsNoSwitchover() {
        try (EngineHarness world = world();
                BatchEngine simple = simple(world)) {
            List<TaskRef> tasks = world.add(1, EngineHarness.entered(MigrationType.complete()));
            BatchPlan plan = world.plan(BatchOperation.forwardSwitchover(), tasks);
            assertThatThrownBy(() -> simple.run(plan.confirm(ANN, "over here")))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("no SwitchoverGateway");
            SwitchoverWorkflow run = world.engine().switchover(plan.confirm(ANN, "over there"));
            SwitchoverBoard board = Operator.settle(world, run);
            SwitchoverWorkflow there =
                    (SwitchoverWorkflow) simple.find(run.id()).orElseThrow();
            assertThat(there.board().version()).isEqualTo(board.version());
            world.engine().close();
            assertThat(simple.recover()).extracting(BatchRun::state).containsExactly(RunState.PARKED);
            world.environment.advance(Duration.ofMinutes(1));
            assertThat(world.facts(JournalRecord.Kind.PARKED))
                    .extracting(JournalRecord::code)
                    .containsExactly("NOT_RECOVERABLE");
            RunControl resume = new RunControl(RunAction.RESUME, there.version(), ANN, "mended");
            assertThat(there.control(resume))
                    .isInstanceOfSatisfying(
                            ControlAnswer.Refused.class,
                            refused -> assertThat(refused.why()).isEqualTo(Refusal.NOT_UNDERSTOOD));
            try (BatchEngine same = world.builder().build()) {
                BatchRun here = same.find(run.id()).orElseThrow();
                assertThat(here.control(new RunControl(RunAction.RESUME, here.version(), ANN, "here")))
                        .isInstanceOf(ControlAnswer.Accepted.class);
                assertThat(here.state()).isEqualTo(RunState.RUNNING);
            }
        }
    }

    @Test
    @DisplayName("RUN-8: decides nothing about a parked one, which goes on where its platform is served")
    void parked() {
        try (EngineHarness world = world();
                BatchEngine other = foreign(world);
                BatchEngine same = world.builder().build()) {
            BatchRun run = world.start(BatchOperation.stop(), world.add(2, EngineHarness.running()));
            JournalRecord parked = new JournalRecord(
                    world.environment.clock().instant(),
                    JournalRecord.Kind.PARKED,
                    null,
                    "ENGINE_DEFECT",
                    Map.of("message", "a defect"));
            world.journal.append(run.id(), new FencingToken(1), List.of(parked));
            world.engine().close();
            world.environment.advance(Duration.ofMinutes(1));
            BatchRun there = other.find(run.id()).orElseThrow();
            RunControl resume = new RunControl(RunAction.RESUME, there.version(), ANN, "mended");
            assertThat(there.control(resume))
                    .isInstanceOfSatisfying(
                            ControlAnswer.Refused.class,
                            refused -> assertThat(refused.why()).isEqualTo(Refusal.OTHER_PLATFORM));
            assertThat(there.state()).isEqualTo(RunState.PARKED);
            BatchRun here = same.find(run.id()).orElseThrow();
            assertThat(here.control(resume)).isInstanceOf(ControlAnswer.Accepted.class);
            assertThat(world.await(here).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(2);
        }
    }
}
