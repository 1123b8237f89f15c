package io.omsbatch.core.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.omsbatch.api.eligibility.DenialCode;
import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.HealthGate.Health;
import io.omsbatch.api.engine.PlanRefusedException;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.operation.Waves;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.outcome.Waiver;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.core.EngineBuilder;
import io.omsbatch.core.OmsBatch;
import io.omsbatch.core.settings.EngineSettings;
import io.omsbatch.core.settings.PlanSettings;
import io.omsbatch.core.settings.SwitchoverSettings;
import io.omsbatch.testkit.assertion.OmsAssertions;
import io.omsbatch.testkit.fake.FakePlatform;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fake.VirtualEnvironment;
import io.omsbatch.testkit.fault.CallPattern;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultScript;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The code of the guides")
class GuidesTest {

    private final Actor ann = new Actor("ann");
    private final Actor ben = new Actor("ben");
    private final VirtualEnvironment world = new VirtualEnvironment(1);
    private final List<String> pages = new ArrayList<>();
    private FakePlatform platform = platform(FaultScript.none());

    private FakePlatform platform(FaultScript faults) {
        return new FakePlatform(
                world, PlatformSettings.of(1).withCapabilities(GatewayCapabilities.of(GatewayCapability.UNDO)), faults);
    }

    @AfterEach
    void end() {
        world.close();
    }

    private EngineBuilder engineFor(TaskGateway gateway) {
        return OmsBatch.engine(gateway).environment(world);
    }

    private List<TaskRef> running(int number) {
        List<TaskRef> tasks = new ArrayList<>();
        for (int i = 1; i <= number; i++) {
            TaskRef ref = new TaskRef("oms", "orders-" + i);
            platform.add(MigrationTask.builder(ref)
                    .status(TaskStatus.RUNNING)
                    .stage(Stage.INCREMENTAL_SYNC, StageProgress.State.MONITORING)
                    .build());
            tasks.add(ref);
        }
        return tasks;
    }

    private List<TaskRef> inSwitchover(int number) {
        List<TaskRef> tasks = new ArrayList<>();
        for (int i = 1; i <= number; i++) {
            TaskRef ref = new TaskRef("oms", "shop-" + i);
            platform.add(MigrationTask.builder(ref)
                    .type(MigrationType.complete())
                    .status(TaskStatus.RUNNING)
                    .stage(Stage.FORWARD_SWITCHOVER, StageProgress.State.RUNNING)
                    .switchover(new SwitchoverProgress(
                            SwitchoverStep.START_FORWARD_SWITCHOVER, SwitchoverProgress.State.WAITING))
                    .build());
            tasks.add(ref);
        }
        return tasks;
    }

    private SwitchoverWorkflow cutover(BatchEngine engine, List<TaskRef> tasks) {
        BatchPlan plan = engine.plan(BatchRequest.of("req-1", ann, BatchOperation.forwardSwitchover(), tasks));
        return engine.switchover(plan.confirm(ann, "window 17"));
    }

    private void confirm(SwitchoverWorkflow cutover, SwitchoverStep step) {
        world.advance(Duration.ofMinutes(1));
        long version = cutover.board().version();
        ControlAnswer answer = cutover.act(Control.all(SwitchoverAction.CONFIRM, step, 1, version, ann, "ready"));
        assertThat(answer).isInstanceOf(ControlAnswer.Accepted.class);
        world.advance(Duration.ofMinutes(1));
    }

    @Test
    @DisplayName("stands in the documents as it is here, each piece in one of them")
    void committed() throws IOException {
        List<String> shown =
                List.of("canary", "abort", "waive", "four-eyes", "report", "switch-back", "test-your-host");
        for (String name : shown) {
            new RenderedDocument("guides/" + name + ".md")
                    .code(name, "java", GuideCode.of(name))
                    .check();
        }
        assertThat(GuideCode.names()).containsExactlyInAnyOrderElementsOf(shown);
    }

    @Test
    @DisplayName(
            "for a canary: one that fails keeps the others from being begun, and the run goes on once somebody accepts it")
    void canary() throws InterruptedException {
        TaskRef first = new TaskRef("oms", "orders-1");
        platform = platform(
                FaultScript.none().always(CallPattern.of(OperationKind.STOP).on(first), Fault.of(FaultKind.REFUSE)));
        List<TaskRef> tasks = running(20);
        // guide: canary
        BatchEngine engine = engineFor(platform)
                .healthGate(question -> pages.isEmpty() ? Health.healthy() : Health.unhealthy(pages.get(0)))
                .build();
        Waves waves = Waves.parse("1, 50%") // one task; then half of all; then the rest
                .withSoak(Duration.ofMinutes(10)) // how long each wave is watched
                .withGateWithin(Duration.ofHours(1)); // the health gate must be content by then
        BatchPlan plan = engine.plan(BatchRequest.of("req-1", ann, BatchOperation.stop(), tasks)
                .with(RunPolicy.none().withWaves(waves)));
        BatchRun run = engine.run(plan.confirm(ann, "window 17"));
        if (run.await(Duration.ofHours(2)).isEmpty() && run.state() == RunState.PAUSED) {
            TaskResult failed = run.results().get(0); // the canary, and why it failed
            pages.add("canary: " + failed);
        }
        // end
        try (engine) {
            assertThat(run.state()).isEqualTo(RunState.PAUSED);
            assertThat(pages).singleElement().asString().contains("orders-1");
            assertThat(platform.calls().stream().filter(call -> call.kind().mutates()))
                    .hasSize(1);
            pages.clear();
            run.control(new RunControl(RunAction.RESUME, run.version(), ben, "its disk was full"));
            BatchReport report = run.await(Duration.ofHours(5)).orElseThrow();
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(19);
        }
    }

    @Test
    @DisplayName("for an abort: the task is taken back, the others go on")
    void abort() throws InterruptedException {
        List<TaskRef> tasks = inSwitchover(3);
        try (BatchEngine engine = engineFor(platform).build()) {
            SwitchoverWorkflow cutover = cutover(engine, tasks);
            confirm(cutover, SwitchoverStep.START_FORWARD_SWITCHOVER);
            confirm(cutover, SwitchoverStep.CONFIRM_WRITES_STOPPED);
            TaskRef task = tasks.get(1);
            // guide: abort
            SwitchoverBoard board = cutover.board();
            SwitchoverStep step = board.tasks().stream()
                    .filter(each -> each.ref().equals(task))
                    .map(each -> each.current().step())
                    .findFirst()
                    .orElseThrow();
            ControlAnswer answer =
                    cutover.act(Control.one(SwitchoverAction.ABORT, step, task, board.version(), ben, "slow queries"));
            if (answer instanceof ControlAnswer.Refused refused) { // past its point of no return, or the board is old
                pages.add(refused.text());
            }
            // end
            assertThat(pages).isEmpty();
            world.advance(Duration.ofMinutes(5));
            BatchReport report = finish(cutover);
            assertThat(report.count(TaskOutcome.Kind.UNDONE)).isEqualTo(1);
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(2);
        }
    }

    private BatchReport finish(SwitchoverWorkflow cutover) throws InterruptedException {
        for (int i = 0; i < 20 && cutover.state() == RunState.RUNNING; i++) {
            SwitchoverBoard board = cutover.board();
            for (SwitchoverBoard.LaneBoard lane : board.lanes()) {
                lane.openForAll()
                        .forEach((step, actions) -> EnumSet.of(SwitchoverAction.CONFIRM, SwitchoverAction.MARK).stream()
                                .filter(actions::contains)
                                .forEach(action -> cutover.act(Control.all(
                                        action,
                                        step,
                                        lane.lane().number(),
                                        cutover.board().version(),
                                        ann,
                                        "done"))));
            }
            world.advance(Duration.ofMinutes(1));
        }
        return cutover.await(Duration.ofHours(1)).orElseThrow();
    }

    @Test
    @DisplayName("for a waiver: one rule is passed over for one task, by name, and the report says so")
    void waive() throws InterruptedException {
        List<TaskRef> tasks = inSwitchover(2);
        EngineSettings settings = EngineSettings.defaults()
                .withSwitchover(SwitchoverSettings.defaults().withMaximumVerificationAge(Duration.ofHours(12)));
        try (BatchEngine engine = engineFor(platform).settings(settings).build()) {
            SwitchoverWorkflow cutover = cutover(engine, tasks);
            confirm(cutover, SwitchoverStep.START_FORWARD_SWITCHOVER);
            confirm(cutover, SwitchoverStep.CONFIRM_WRITES_STOPPED);
            assertThat(cutover.board().render()).contains("VERIFICATION_TOO_OLD");
            TaskRef task = tasks.get(0);
            // guide: waive
            SwitchoverStep step = SwitchoverStep.CONFIRM_WRITES_STOPPED;
            long version = cutover.board().version();
            cutover.act(Control.one(SwitchoverAction.RETRY, step, task, version, ben, "compared by hand, ticket 4711"));
            // end
            world.advance(Duration.ofMinutes(1));
            version = cutover.board().version();
            cutover.act(Control.one(SwitchoverAction.LEAVE, step, tasks.get(1), version, ann, "tomorrow"));
            BatchReport report = finish(cutover);
            assertThat(report.waivers())
                    .extracting(Waiver::task, Waiver::rule, Waiver::actor)
                    .containsExactly(tuple(task, "VERIFIED_LATELY", ben));
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("for a switch back: the same workflow, mirrored, and not too soon without a word")
    void switchBack() throws InterruptedException {
        List<TaskRef> tasks = inSwitchover(2);
        SwitchoverSettings cautious = SwitchoverSettings.defaults().withCoolDown(Duration.ofHours(1));
        BatchEngine engine = engineFor(platform)
                .settings(EngineSettings.defaults().withSwitchover(cautious))
                .build();
        try (engine) {
            assertThat(finish(cutover(engine, tasks)).count(TaskOutcome.Kind.SUCCEEDED))
                    .isEqualTo(2);
            // guide: switch-back
            BatchPlan entering = engine.plan(BatchRequest.of("req-2", ann, BatchOperation.enterSwitchBack(), tasks));
            BatchReport entered = engine.run(entering.confirm(ann, "go back, change 4712"))
                    .await(Duration.ofMinutes(10))
                    .orElseThrow();
            BatchPlan back = engine.plan(BatchRequest.of("req-3", ann, BatchOperation.switchBack(), tasks));
            SwitchoverWorkflow wayBack = engine.switchover(back.confirm(ann, "go back, change 4712"));
            // end
            assertThat(entered.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(2);
            world.advance(Duration.ofMinutes(1));
            confirm(wayBack, SwitchoverStep.START_FORWARD_SWITCHOVER);
            assertThat(wayBack.board().render()).contains("SWITCHED_LATELY");
            SwitchoverStep first = SwitchoverStep.START_FORWARD_SWITCHOVER;
            long version = wayBack.board().version();
            wayBack.act(Control.all(SwitchoverAction.RETRY, first, 1, version, ben, "it cannot wait an hour"));
            world.advance(Duration.ofMinutes(1));
            BatchReport report = finish(wayBack);
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(2);
            assertThat(report.waivers()).extracting(Waiver::rule).containsOnly("COOLED_DOWN");
        }
    }

    @Test
    @DisplayName("for four eyes: nothing is run that only one person saw")
    void fourEyes() throws InterruptedException {
        List<TaskRef> tasks = running(3);
        BatchRequest request = BatchRequest.of("req-1", ann, BatchOperation.stop(), tasks);
        EngineSettings settings = EngineSettings.defaults()
                .withPlan(PlanSettings.defaults().withFourEyes(Set.of(OperationKind.STOP), Duration.ofHours(1)));
        try (BatchEngine engine = engineFor(platform).settings(settings).build()) {
            assertThatThrownBy(() -> engine.run(engine.plan(request).confirm(ann, "window 17")))
                    .isInstanceOf(PlanRefusedException.class);
            // guide: four-eyes
            BatchPlan plan = engine.plan(request); // ann asks
            engine.approve(plan.fingerprint(), ben, "checked against change 4711"); // ben has looked at it
            BatchRun run = engine.run(plan.confirm(ann, "window 17")); // refused with APPROVAL_NEEDED without ben
            // end
            BatchReport report = run.await(Duration.ofHours(1)).orElseThrow();
            assertThat(report.approval().actor()).isEqualTo(ben);
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(3);
        }
    }

    @Test
    @DisplayName("for a report: what failed is taken up again, and what is not known is looked at first")
    void report() throws InterruptedException {
        FaultScript faults = FaultScript.none()
                .once(
                        CallPattern.of(OperationKind.STOP).on(new TaskRef("oms", "orders-1")),
                        Fault.of(FaultKind.REFUSE));
        platform = platform(faults);
        List<TaskRef> tasks = running(5);
        try (BatchEngine engine = engineFor(platform).build()) {
            BatchPlan plan = engine.plan(BatchRequest.of("req-1", ann, BatchOperation.stop(), tasks));
            BatchRun run = engine.run(plan.confirm(ann, "window 17"));
            // guide: report
            BatchReport report = run.await(Duration.ofHours(1)).orElseThrow();
            for (TaskResult result : report.results()) {
                switch (result.outcome().kind()) {
                    case SUCCEEDED, ALREADY_DONE -> {} // seen to be in the wanted state
                    case FAILED, NOT_ATTEMPTED, STALE -> pages.add("again: " + result); // nothing is left half-way
                    case INELIGIBLE, DENIED, NOT_FOUND -> pages.add("left out: " + result); // nothing was tried
                    case UNKNOWN -> pages.add("look at it: " + result); // it may have happened, or may yet
                    case LEFT_AT, UNDONE, UNDO_INCOMPLETE -> pages.add("taken out: " + result); // of a switchover
                }
            }
            if (report.count(TaskOutcome.Kind.FAILED) > 0) {
                Set<TaskOutcome.Kind> wanted = EnumSet.of(TaskOutcome.Kind.FAILED, TaskOutcome.Kind.NOT_ATTEMPTED);
                BatchPlan again = engine.plan(engine.redrive("req-2", ann, run.id(), wanted));
                BatchRun second = engine.run(again.confirm(ann, "repaired"));
                report = second.await(Duration.ofHours(1)).orElseThrow();
            }
            // end
            assertThat(pages).singleElement().asString().startsWith("again: orders-1");
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(1);
        }
    }

    @Test
    @DisplayName(
            "for the tests of a host: what a plan, a board and a report say is asserted, and shown when it is not so")
    void testYourHost() throws InterruptedException {
        List<TaskRef> tasks = inSwitchover(2);
        TaskRef orders = tasks.get(0);
        TaskRef stock = running(1).get(0);
        EngineBuilder host = engineFor(platform);
        tasks.add(stock);
        // guide: test-your-host
        try (BatchEngine engine = host.build()) {
            BatchPlan plan = engine.plan(BatchRequest.of("req-1", ann, BatchOperation.forwardSwitchover(), tasks));
            OmsAssertions.assertThat(plan).eligible(orders).ineligible(stock, DenialCode.NOT_IN_SWITCHOVER);
            SwitchoverWorkflow cutover = engine.switchover(plan.confirm(ann, "window 17"));
            world.advance(Duration.ofMinutes(1)); // the virtual time of the testkit
            OmsAssertions.assertThat(cutover.board())
                    .at(orders, SwitchoverStep.START_FORWARD_SWITCHOVER, StepStanding.State.GATED)
                    .offers(SwitchoverAction.CONFIRM, SwitchoverAction.ABORT);
            OmsAssertions.assertThat(finish(cutover)) // what your operators do
                    .succeeded(orders)
                    .outcome(stock, TaskOutcome.Kind.INELIGIBLE)
                    .nothingWaived();
        }
        // end
    }
}
