package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.FailureBudget;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.CallPattern;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultScript;
import io.omsbatch.testkit.history.CallKind;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RUN-7: A run with a failure budget")
class FailureBudgetRunTest {

    private static final FaultScript ALL_FAIL =
            FaultScript.none().always(CallPattern.of(CallKind.COMMAND), Fault.of(FaultKind.REFUSE));

    private static BatchPlan plan(EngineHarness world, List<TaskRef> tasks, RunPolicy policy) {
        return world.engine()
                .plan(BatchRequest.of("r", ANN, BatchOperation.stop(), tasks).with(policy));
    }

    private static BatchReport run(EngineHarness world, List<TaskRef> tasks, RunPolicy policy) {
        return world.await(world.engine().run(plan(world, tasks, policy).confirm(ANN, "x")));
    }

    @Test
    @DisplayName("stops once more fail than it allows, and the rest is NOT_ATTEMPTED with the cause")
    void stops() {
        for (int budget = 0; budget <= 4; budget++) {
            try (EngineHarness world = EngineHarness.with(ALL_FAIL)) {
                List<TaskRef> tasks = world.add(30, EngineHarness.running());
                BatchReport report = run(world, tasks, RunPolicy.none().withBudget(FailureBudget.tasks(budget)));
                assertThat(report.count(TaskOutcome.Kind.FAILED)).isEqualTo(budget + 1);
                assertThat(report.count(TaskOutcome.Kind.NOT_ATTEMPTED)).isEqualTo(29 - budget);
                assertThat(report.render()).contains("BUDGET_SPENT").contains("allows " + budget + " of 30");
                assertThat(world.commands()).hasSize(budget + 1);
                assertThat(world.facts(JournalRecord.Kind.BUDGET_SPENT)).hasSize(1);
            }
        }
    }

    @Test
    @DisplayName("that is soft may overshoot by what was in flight")
    void soft() {
        try (EngineHarness world = EngineHarness.with(ALL_FAIL)) {
            List<TaskRef> tasks = world.add(100, EngineHarness.running());
            RunPolicy policy =
                    RunPolicy.none().withBudget(FailureBudget.percent(3).soft());
            BatchReport report = run(world, tasks, policy);
            assertThat(report.count(TaskOutcome.Kind.FAILED)).isBetween(4, 3 + 16);
            assertThat(report.count(TaskOutcome.Kind.NOT_ATTEMPTED)).isPositive();
        }
    }

    @Test
    @DisplayName("that is not spent ends as without it, and so does one with a ramp")
    void healthy() {
        for (RunPolicy policy : List.of(
                RunPolicy.none().withBudget(FailureBudget.tasks(0)),
                RunPolicy.none().withRamp(),
                RunPolicy.none().withBudget(FailureBudget.percent(10)).withRamp())) {
            try (EngineHarness world = EngineHarness.healthy()) {
                List<TaskRef> tasks = world.add(50, EngineHarness.running());
                assertThat(run(world, tasks, policy).count(TaskOutcome.Kind.SUCCEEDED))
                        .isEqualTo(50);
            }
        }
    }

    @Test
    @DisplayName("counts what nobody knows as a failure")
    void counts() {
        FaultScript lost =
                FaultScript.none().always(CallPattern.of(CallKind.COMMAND), Fault.of(FaultKind.NEVER_SETTLES));
        try (EngineHarness world = EngineHarness.with(lost)) {
            List<TaskRef> tasks = world.add(10, EngineHarness.running());
            BatchReport report = run(world, tasks, RunPolicy.none().withBudget(FailureBudget.tasks(1)));
            assertThat(report.count(TaskOutcome.Kind.UNKNOWN)).isEqualTo(2);
            assertThat(report.count(TaskOutcome.Kind.NOT_ATTEMPTED)).isEqualTo(8);
        }
    }

    @Test
    @DisplayName("that is spent once it was canceled still looks for every command in doubt, and ends (RUN-8)")
    void canceled() {
        FaultScript lost = FaultScript.none()
                .always(CallPattern.of(CallKind.COMMAND), Fault.of(FaultKind.AMBIGUOUS_BEFORE_EFFECT));
        PlatformSettings knowsKeys =
                PlatformSettings.of(1).withCapabilities(GatewayCapabilities.of(GatewayCapability.DEDUPLICATION));
        try (EngineHarness world = new EngineHarness(knowsKeys, lost, UnaryOperator.identity())) {
            List<TaskRef> tasks = world.add(3, EngineHarness.running());
            BatchPlan plan = plan(world, tasks, RunPolicy.none().withBudget(FailureBudget.tasks(0)));
            BatchRun run = world.engine().run(plan.confirm(ANN, "x"));
            while (world.facts(JournalRecord.Kind.INTENT).size() < 3) {
                world.environment.advance(Duration.ofMillis(100));
            }
            RunControl cancel = new RunControl(RunAction.CANCEL, run.version(), ANN, "the night is over");
            assertThat(run.control(cancel)).isInstanceOf(ControlAnswer.Accepted.class);
            assertThat(world.await(run).count(TaskOutcome.Kind.UNKNOWN)).isEqualTo(3);
        }
    }

    @Test
    @DisplayName("is spent after a takeover as well, without anything new in between (DUR-1)")
    void survives() {
        try (EngineHarness world = EngineHarness.with(ALL_FAIL)) {
            List<TaskRef> tasks = world.add(30, EngineHarness.running());
            BatchPlan plan = plan(world, tasks, RunPolicy.none().withBudget(FailureBudget.tasks(2)));
            BatchRun run = world.engine().run(plan.confirm(ANN, "x"));
            world.journal.failWhen(
                    facts -> facts.stream().anyMatch(fact -> fact.kind() == JournalRecord.Kind.BUDGET_SPENT));
            world.environment.advance(Duration.ofMinutes(30));
            int commanded = world.commands().size();
            world.engine().close();
            world.journal.failWhen(facts -> false);
            world.environment.advance(Duration.ofMinutes(1));
            try (BatchEngine next = world.builder().build()) {
                BatchRun taken = next.recover().get(0);
                assertThat(taken.id()).isEqualTo(run.id());
                BatchReport report = world.await(taken);
                assertThat(report.count(TaskOutcome.Kind.FAILED)).isEqualTo(3);
                assertThat(world.commands()).hasSize(commanded);
            }
        }
    }

    @Test
    @DisplayName("of a switchover pauses it for an operator: what had not begun ends, what had begun can go on")
    void switchover() {
        FaultScript fails = FaultScript.none()
                .times(CallPattern.of(SwitchoverStep.SWITCHOVER_PRECHECK), 1, Fault.of(FaultKind.STEP_FAILS));
        try (EngineHarness world = EngineHarness.with(fails)) {
            List<TaskRef> tasks = world.add(3, EngineHarness.entered(MigrationType.complete()));
            BatchPlan plan = world.engine()
                    .plan(BatchRequest.of("r", ANN, BatchOperation.forwardSwitchover(), tasks)
                            .with(RunPolicy.none().withBudget(FailureBudget.tasks(0))));
            SwitchoverWorkflow workflow = world.engine().switchover(plan.confirm(ANN, "x"));
            Operator.settle(world, workflow);
            SwitchoverStep first = SwitchoverStep.START_FORWARD_SWITCHOVER;
            Operator.one(workflow, SwitchoverAction.CONFIRM, first, tasks.get(0));
            world.environment.advance(Duration.ofMinutes(1));
            assertThat(workflow.state()).isEqualTo(RunState.PAUSED);
            assertThat(workflow.results())
                    .extracting(result -> result.outcome().kind())
                    .containsExactly(TaskOutcome.Kind.NOT_ATTEMPTED, TaskOutcome.Kind.NOT_ATTEMPTED);
            ControlAnswer resumed =
                    workflow.control(new RunControl(RunAction.RESUME, workflow.version(), ANN, "mended"));
            assertThat(resumed).isInstanceOf(ControlAnswer.Accepted.class);
            Operator.one(workflow, SwitchoverAction.RETRY, SwitchoverStep.SWITCHOVER_PRECHECK, tasks.get(0));
            BatchReport report = Operator.drive(world, workflow);
            assertThat(world.outcome(report, tasks.get(0))).isInstanceOf(TaskOutcome.Succeeded.class);
        }
    }
}
