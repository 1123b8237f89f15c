package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.engine.DryRun;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.operation.Waves;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.switchover.PrecheckItem;
import io.omsbatch.api.task.AlertLevel;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.CallPattern;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultScript;
import io.omsbatch.testkit.history.CallKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("PLAN-1: A dry run")
class DryRunTest {

    private static EngineHarness checking(FaultScript faults) {
        return new EngineHarness(
                PlatformSettings.of(3)
                        .withCapabilities(GatewayCapabilities.of(
                                GatewayCapability.PRECHECK_READ_ONLY, GatewayCapability.DEDUPLICATION)),
                faults,
                UnaryOperator.identity());
    }

    private static DryRun dryRun(EngineHarness world, BatchOperation operation, List<TaskRef> tasks, RunPolicy policy) {
        return world.engine()
                .dryRun(BatchRequest.of("dry", ANN, operation, tasks).with(policy));
    }

    private static void requireNothingDone(EngineHarness world) {
        assertThat(world.commands()).isEmpty();
        assertThat(world.journal.entries()).isEmpty();
        assertThat(world.engine().runs()).isEmpty();
    }

    @Test
    @DisplayName("of any operation only looks, writes nothing, and leaves the id of its request free")
    void onlyLooks() {
        FaultScript failing = FaultScript.none().byChance(0.2, 20, List.of(Fault.of(FaultKind.TRANSIENT)));
        for (BatchOperation operation : BatchOperation.all()) {
            try (EngineHarness world = checking(failing)) {
                List<TaskRef> tasks = new ArrayList<>(world.add(150, EngineHarness.running()));
                for (int i = 0; i < 150; i++) {
                    tasks.add(world.add("s" + i, EngineHarness.entered(MigrationType.complete())));
                }
                DryRun run = dryRun(world, operation, tasks, RunPolicy.none());
                assertThat(run.plan().entries()).hasSize(300);
                assertThat(run.tasks())
                        .extracting(DryRun.Check::ref)
                        .containsExactlyElementsOf(run.plan().eligible().stream()
                                .map(task -> task.ref())
                                .toList());
                requireNothingDone(world);
                assertThatThrownBy(() -> world.engine().run(run.plan().confirm(ANN, "x")))
                        .hasMessageContaining("no plan has the fingerprint");
                world.engine().plan(BatchRequest.of("dry", ANN, operation, tasks));
            }
        }
    }

    @Test
    @DisplayName("of a switchover makes the prechecks, and says what blocks whom")
    void prechecks() {
        try (EngineHarness world = checking(FaultScript.none())) {
            List<TaskRef> tasks = world.add(3, EngineHarness.entered(MigrationType.complete()));
            world.platform.precheckFinds(
                    tasks.get(1),
                    List.of(new PrecheckItem(
                            "space", PrecheckItem.Severity.BLOCKING, "the disk is \u001b[31mfull", "make room")));
            DryRun run = dryRun(world, BatchOperation.forwardSwitchover(), tasks, RunPolicy.none());
            assertThat(run.clear()).isFalse();
            assertThat(run.check(tasks.get(0)).orElseThrow().clear()).isTrue();
            assertThat(run.check(tasks.get(1)).orElseThrow().clear()).isFalse();
            assertThat(run.steps())
                    .extracting(DryRun.Step::name)
                    .containsExactly(
                            "start forward switchover",
                            "switchover precheck",
                            "start target store",
                            "confirm writing stopped at source",
                            "confirm sync timestamp",
                            "stop forward sync",
                            "process database objects",
                            "start reverse increment");
            assertThat(run.render())
                    .contains(
                            "3 of 3 tasks would take part. Nothing was changed.",
                            "Precheck: t2: BLOCKING space: the disk is \\u{1b}[31mfull (make room)",
                            "Precheck made for 3 tasks.",
                            "start forward switchover, once an operator confirms",
                            "No estimate")
                    .doesNotContain("\u001b");
            requireNothingDone(world);
        }
    }

    @Test
    @DisplayName("says where prechecks were not made: the platform cannot without an effect, or one of them failed")
    void unchecked() {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<TaskRef> tasks = world.add(2, EngineHarness.entered(MigrationType.complete()));
            DryRun run = dryRun(world, BatchOperation.forwardSwitchover(), tasks, RunPolicy.none());
            assertThat(run.render())
                    .contains("Precheck not made for 2 tasks: the platform makes it only as a step of the switchover.");
            requireNothingDone(world);
        }
        FaultScript broken = FaultScript.none()
                .always(
                        CallPattern.of(CallKind.PRECHECK).on(EngineHarness.ref("t2")),
                        Fault.of(FaultKind.THROW_BEFORE_EFFECT));
        try (EngineHarness world = checking(broken)) {
            List<TaskRef> tasks = world.add(3, EngineHarness.entered(MigrationType.complete()));
            DryRun run = dryRun(world, BatchOperation.forwardSwitchover(), tasks, RunPolicy.none());
            assertThat(run.check(tasks.get(0)).orElseThrow().precheck()).isNotEmpty();
            assertThat(run.check(tasks.get(1)).orElseThrow().precheck()).isNull();
            assertThat(run.check(tasks.get(1)).orElseThrow().unchecked()).contains("GATEWAY_BROKEN");
            requireNothingDone(world);
        }
    }

    @Test
    @DisplayName("shows what stands in the way, what need not be done, and the waves")
    void obstacles() {
        try (EngineHarness world = checking(FaultScript.none())) {
            List<TaskRef> tasks = world.add(10, EngineHarness.running());
            world.run(BatchOperation.modifyAlertLevel(AlertLevel.HIGH), tasks.subList(0, 2));
            int before = world.commands().size();
            DryRun run = dryRun(
                    world,
                    BatchOperation.modifyAlertLevel(AlertLevel.HIGH),
                    tasks,
                    RunPolicy.none().withWaves(Waves.parse("1, 50%").withSoak(Duration.ofMinutes(10))));
            assertThat(run.steps()).extracting(DryRun.Step::tasks).containsExactly(1, 4, 5);
            assertThat(run.check(tasks.get(0)).orElseThrow().obstacle().code()).isEqualTo("ALREADY_DONE");
            assertThat(run.check(tasks.get(2)).orElseThrow().obstacle()).isNull();
            assertThat(run.estimate().typical()).isGreaterThanOrEqualTo(Duration.ofMinutes(20));
            assertThat(run.estimate().runs()).isEqualTo(1);
            assertThat(world.commands()).hasSize(before);
        }
    }

    @Test
    @DisplayName("estimates by the runs that ended, step by step")
    void estimate() {
        try (EngineHarness world = checking(FaultScript.none())) {
            List<TaskRef> tasks = world.add(5, EngineHarness.entered(MigrationType.complete()));
            SwitchoverWorkflow workflow = world.switchover(tasks);
            assertThat(Operator.drive(world, workflow).count(TaskOutcome.Kind.SUCCEEDED))
                    .isEqualTo(5);
            List<TaskRef> others = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                others.add(world.add("n" + i, EngineHarness.entered(MigrationType.complete())));
            }
            DryRun run = dryRun(world, BatchOperation.forwardSwitchover(), others, RunPolicy.none());
            assertThat(run.steps())
                    .allSatisfy(step ->
                            assertThat(step.timing().samples()).as(step.name()).isEqualTo(5));
            DryRun.Estimate estimate = run.estimate();
            assertThat(estimate.typical()).isPositive().isLessThanOrEqualTo(estimate.p90());
            assertThat(estimate.p90()).isLessThan(Duration.ofMinutes(2));
            assertThat(run.render()).contains("by 1 ended run; waits for operators, lags and gates not counted.");
        }
    }

    @Test
    @DisplayName("refuses what a plan would, and a platform that does not answer is told as for a plan")
    void refusals() {
        FaultScript dead = FaultScript.none().always(CallPattern.of(CallKind.READ), Fault.of(FaultKind.TRANSIENT));
        try (EngineHarness world = checking(dead)) {
            List<TaskRef> tasks = world.add(2, EngineHarness.running());
            assertThatThrownBy(() -> dryRun(world, BatchOperation.stop(), tasks, RunPolicy.none()))
                    .isInstanceOf(GatewayException.class);
            assertThatThrownBy(() -> dryRun(
                            world,
                            BatchOperation.stop(),
                            tasks,
                            RunPolicy.none().withWaves(Waves.parse("1").withGateWithin(Duration.ofHours(1)))))
                    .isInstanceOf(InvalidInputException.class);
            assertThatThrownBy(() -> world.engine().dryRun(null)).hasMessage("dryRun.request");
        }
    }
}
