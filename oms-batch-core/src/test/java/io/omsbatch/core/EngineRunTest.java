package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.Environment;
import io.omsbatch.api.engine.PlanRefusedException;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.engine.RunStoppedException;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.AlertLevel;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.core.settings.CallSettings;
import io.omsbatch.core.settings.PlanSettings;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.CallPattern;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultRule;
import io.omsbatch.testkit.fault.FaultScript;
import io.omsbatch.testkit.history.CallKind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A run of a plain operation")
class EngineRunTest {

    private static FaultScript atStop(FaultKind kind, String task) {
        return FaultScript.none()
                .always(CallPattern.of(OperationKind.STOP).on(EngineHarness.ref(task)), Fault.of(kind));
    }

    @Test
    @DisplayName("stops all tasks, and succeeds only once each was seen STOPPED (RUN-4)")
    void stopsAll() {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<TaskRef> tasks = world.add(250, EngineHarness.running());
            BatchReport report = world.run(BatchOperation.stop(), tasks);
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(250);
            assertThat(report.results()).extracting(result -> result.ref()).isEqualTo(tasks);
            assertThat(world.platform.tasks().values()).allMatch(task -> task.status() == TaskStatus.STOPPED);
            assertThat(world.commands()).hasSize(250);
            assertThat(world.facts(JournalRecord.Kind.INTENT)).hasSize(250);
            assertThat(world.platform.breaches()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultKind.class,
            names = {
                "REFUSE",
                "REJECT",
                "AMBIGUOUS_BEFORE_EFFECT",
                "BLOCK_BEFORE_EFFECT",
                "THROW_BEFORE_EFFECT",
                "THROW_ERROR",
                "NEVER_SETTLES",
                "LIE_NO_EFFECT",
                "LATE_WITHOUT_EFFECT",
                "TRANSIENT",
                "REFUSE_RETRYABLE"
            })
    @DisplayName("harms only the task whose command never has an effect, and never calls it done (RUN-3, RUN-6)")
    void faultsHarmOnlyTheirTask(FaultKind kind) {
        try (EngineHarness world = EngineHarness.with(atStop(kind, "t7"))) {
            List<TaskRef> tasks = world.add(20, EngineHarness.running());
            BatchReport report = world.run(BatchOperation.stop(), tasks);
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(19);
            TaskOutcome broken = world.outcome(report, EngineHarness.ref("t7"));
            boolean certain = Set.of(
                            FaultKind.REFUSE, FaultKind.REJECT, FaultKind.TRANSIENT, FaultKind.REFUSE_RETRYABLE)
                    .contains(kind);
            assertThat(broken.kind()).isEqualTo(certain ? TaskOutcome.Kind.FAILED : TaskOutcome.Kind.UNKNOWN);
            assertThat(broken.text()).isNotBlank();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultKind.class,
            names = {
                "AMBIGUOUS_AFTER_EFFECT",
                "BLOCK_AFTER_EFFECT",
                "THROW_AFTER_EFFECT",
                "RETURN_NULL",
                "LATE_AFTER_EFFECT",
                "NEVER_RETURN_AFTER_EFFECT",
                "AMBIGUOUS_EFFECT_LATER",
                "LIE_EFFECT_LATER"
            })
    @DisplayName("settles a lost reply by looking, and sends nothing twice (RUN-3)")
    void settlesLostReplies(FaultKind kind) {
        try (EngineHarness world = EngineHarness.with(atStop(kind, "t7"))) {
            List<TaskRef> tasks = world.add(20, EngineHarness.running());
            BatchReport report = world.run(BatchOperation.stop(), tasks);
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(20);
            assertThat(world.commands()).hasSize(20);
        }
    }

    @Test
    @DisplayName("repeats an ambiguous command with the same key once the declared effect delay has passed (RUN-3)")
    void repeatsAfterTheEffectDelay() {
        PlatformSettings settings = PlatformSettings.of(1)
                .withCapabilities(GatewayCapabilities.of().withMaximumEffectDelay(Duration.ofSeconds(30)));
        FaultScript once = FaultScript.none()
                .once(CallPattern.of(OperationKind.STOP), Fault.of(FaultKind.AMBIGUOUS_BEFORE_EFFECT));
        try (EngineHarness world = new EngineHarness(settings, once, UnaryOperator.identity())) {
            List<TaskRef> tasks = world.add(1, EngineHarness.running());
            assertThat(world.run(BatchOperation.stop(), tasks).count(TaskOutcome.Kind.SUCCEEDED))
                    .isEqualTo(1);
            assertThat(world.commands()).hasSize(2);
            assertThat(world.commands().stream()
                            .map(call -> call.order().context().key()))
                    .containsOnly(world.commands().get(0).order().context().key());
            assertThat(Duration.between(
                            world.commands().get(0).timing().ended().at(),
                            world.commands().get(1).timing().begun().at()))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(30));
        }
    }

    @Test
    @DisplayName(
            "ends with every task NOT_ATTEMPTED or UNKNOWN when the platform never answers a command (RUN-8, RUN-10)")
    void deadGateway() {
        FaultScript dead = FaultScript.none()
                .always(CallPattern.of(OperationKind.STOP), Fault.of(FaultKind.NEVER_RETURN_BEFORE_EFFECT));
        try (EngineHarness world = EngineHarness.with(dead)) {
            BatchReport report = world.run(BatchOperation.stop(), world.add(100, EngineHarness.running()));
            assertThat(report.count(TaskOutcome.Kind.UNKNOWN)).isEqualTo(16);
            assertThat(report.count(TaskOutcome.Kind.NOT_ATTEMPTED)).isEqualTo(84);
            assertThat(world.commands()).hasSize(16);
            assertThat(world.environment.elapsed()).isLessThan(Duration.ofMinutes(12));
        }
    }

    @Test
    @DisplayName("is planned without any command, also on a platform that fails (PLAN-1)")
    void planningOnlyReads() {
        FaultScript failing = FaultScript.none()
                .byChance(0.3, 20, List.of(Fault.of(FaultKind.TRANSIENT), Fault.of(FaultKind.THROW_BEFORE_EFFECT)));
        for (BatchOperation operation : BatchOperation.all()) {
            try (EngineHarness world = EngineHarness.with(failing)) {
                assertThat(world.plan(operation, world.add(30, EngineHarness.running()))
                                .entries())
                        .hasSize(30);
                assertThat(world.commands()).isEmpty();
                assertThat(world.journal.entries()).isEmpty();
            }
        }
    }

    @Test
    @DisplayName("leaves alone what another run holds, and names it (RUN-5)")
    void claims() {
        try (EngineHarness world = new EngineHarness(
                PlatformSettings.of(1).withSettle(Duration.ofMinutes(5)),
                FaultScript.none(),
                UnaryOperator.identity())) {
            List<TaskRef> tasks = world.add(3, EngineHarness.running());
            BatchRun first = world.start(BatchOperation.stop(), tasks.subList(0, 2));
            world.environment.advance(Duration.ofSeconds(10));
            BatchReport second = world.run(BatchOperation.modifyAlertLevel(AlertLevel.HIGH), tasks);
            assertThat(second.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(1);
            assertThat(world.outcome(second, tasks.get(0)).text()).contains("CLAIMED_BY_ANOTHER_RUN", first.id());
            assertThat(world.await(first).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("leaves alone what an earlier run left UNKNOWN, until an actor acknowledges that (RUN-5)")
    void acknowledgement() {
        try (EngineHarness world = EngineHarness.with(
                FaultScript.none().once(CallPattern.of(OperationKind.STOP), Fault.of(FaultKind.NEVER_SETTLES)))) {
            List<TaskRef> tasks = world.add(1, EngineHarness.running());
            assertThat(world.run(BatchOperation.stop(), tasks).count(TaskOutcome.Kind.UNKNOWN))
                    .isEqualTo(1);
            BatchReport second = world.run(BatchOperation.stop(), tasks);
            assertThat(world.outcome(second, tasks.get(0)).text()).contains("UNSETTLED_BEFORE");
            BatchPlan plan = world.plan(BatchOperation.stop(), tasks);
            BatchReport third = world.await(
                    world.engine().run(plan.confirm(ANN, "looked at it").acknowledging(Set.copyOf(tasks))));
            assertThat(third.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("judges each task again before its command: done already, or stale (PLAN-3)")
    void judgesAgain() {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<TaskRef> tasks = world.add(3, EngineHarness.running());
            BatchPlan plan = world.plan(BatchOperation.stop(), tasks);
            world.platform.change(tasks.get(0), task -> task.status(TaskStatus.STOPPED));
            world.platform.change(tasks.get(1), task -> task.status(TaskStatus.ENDED));
            BatchReport report = world.await(world.engine().run(plan.confirm(ANN, "because")));
            assertThat(report.results())
                    .extracting(result -> result.outcome().kind())
                    .containsExactly(TaskOutcome.Kind.ALREADY_DONE, TaskOutcome.Kind.STALE, TaskOutcome.Kind.SUCCEEDED);
        }
    }

    @Test
    @DisplayName("leaves a changed task alone before an end, even if it is still eligible (PLAN-3)")
    void endNeedsAnUnchangedTask() {
        try (EngineHarness world = EngineHarness.healthy()) {
            TaskRef task = world.add("t1", builder -> builder.status(TaskStatus.STOPPED));
            BatchPlan plan = world.plan(BatchOperation.end(), List.of(task));
            world.platform.change(task, builder -> builder.status(TaskStatus.FAILED));
            BatchReport report = world.await(world.engine().run(plan.confirm(ANN, "because")));
            assertThat(world.outcome(report, task).kind()).isEqualTo(TaskOutcome.Kind.STALE);
            assertThat(world.commands()).isEmpty();
        }
    }

    @Test
    @DisplayName("is the same for the same request, and a conflict for another with its id (RUN-11)")
    void idempotentRequests() {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<TaskRef> tasks = world.add(2, EngineHarness.running());
            BatchRequest request = BatchRequest.of("same", ANN, BatchOperation.stop(), tasks);
            BatchPlan plan = world.engine().plan(request);
            BatchRun run = world.engine().run(plan.confirm(ANN, "because"));
            assertThat(world.engine().run(plan.confirm(ANN, "because"))).isSameAs(run);
            BatchPlan again = world.engine().plan(request);
            assertThat(world.engine().run(again.confirm(ANN, "because"))).isSameAs(run);
            BatchRequest other = BatchRequest.of("same", ANN, BatchOperation.resume(), tasks);
            assertThatThrownBy(() -> world.engine().plan(other))
                    .isInstanceOf(PlanRefusedException.class)
                    .hasMessageContaining(run.id());
            world.await(run);
            assertThat(world.commands()).hasSize(2);
        }
    }

    @Test
    @DisplayName("of more tasks than the engine allows is refused with the limit, before anything is read (SEC-3)")
    void tooManyTasks() {
        try (EngineHarness world = new EngineHarness(
                PlatformSettings.of(1),
                FaultScript.none(),
                settings -> settings.withPlan(PlanSettings.defaults().withMaximumTasks(10)))) {
            List<TaskRef> tasks = world.add(11, EngineHarness.running());
            assertThatThrownBy(() -> world.plan(BatchOperation.stop(), tasks))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContainingAll("BatchRequest.tasks", "11", "10");
            assertThat(world.platform.calls()).isEmpty();
        }
    }

    @Test
    @DisplayName("is refused for a plan that was altered or has expired (PLAN-3)")
    void refusedPlans() {
        try (EngineHarness world = EngineHarness.healthy()) {
            BatchPlan plan = world.plan(BatchOperation.stop(), world.add(1, EngineHarness.running()));
            world.environment.advance(Duration.ofMinutes(11));
            assertThatThrownBy(() -> world.engine().run(plan.confirm(ANN, "late")))
                    .isInstanceOf(PlanRefusedException.class)
                    .hasMessageContaining("plan again");
            assertThat(world.commands()).isEmpty();
        }
    }

    @Test
    @DisplayName("retries what had no effect, and gives up after the set number of attempts")
    void retries() {
        FaultScript faults = FaultScript.none()
                .times(CallPattern.of(OperationKind.STOP).on(EngineHarness.ref("t1")), 3, Fault.of(FaultKind.TRANSIENT))
                .always(CallPattern.of(OperationKind.STOP).on(EngineHarness.ref("t2")), Fault.of(FaultKind.TRANSIENT));
        try (EngineHarness world = EngineHarness.with(faults)) {
            BatchReport report = world.run(BatchOperation.stop(), world.add(2, EngineHarness.running()));
            assertThat(report.results().get(0).attempts()).isEqualTo(4);
            assertThat(report.results().get(0).outcome().kind()).isEqualTo(TaskOutcome.Kind.SUCCEEDED);
            assertThat(report.results().get(1).attempts()).isEqualTo(6);
            assertThat(report.results().get(1).outcome().text()).contains("RETRIES_EXHAUSTED");
        }
    }

    @Test
    @DisplayName("never repeats an effect for a key with a platform that deduplicates, whatever is lost")
    void deduplicates() {
        PlatformSettings settings =
                PlatformSettings.of(3).withCapabilities(GatewayCapabilities.of(GatewayCapability.DEDUPLICATION));
        FaultScript lost = FaultScript.none()
                .times(CallPattern.of(OperationKind.STOP), 5, Fault.of(FaultKind.AMBIGUOUS_BEFORE_EFFECT));
        try (EngineHarness world = new EngineHarness(settings, lost, UnaryOperator.identity())) {
            BatchReport report = world.run(BatchOperation.stop(), world.add(4, EngineHarness.running()));
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(4);
            assertThat(world.platform.breaches()).isEmpty();
        }
    }

    @Test
    @DisplayName("is parked when the journal does not take its facts, and sends nothing more (RUN-2)")
    void journalDown() {
        try (EngineHarness world = EngineHarness.healthy()) {
            world.journal.failWhen(facts -> facts.stream().anyMatch(fact -> fact.kind() == JournalRecord.Kind.INTENT));
            BatchRun run = world.start(BatchOperation.stop(), world.add(5, EngineHarness.running()));
            assertThatThrownBy(() -> run.await(EngineHarness.LONG)).isInstanceOf(RunStoppedException.class);
            assertThat(run.state()).isEqualTo(RunState.PARKED);
            assertThat(world.commands()).isEmpty();
        }
    }

    @Test
    @DisplayName("is parked when its engine is closed, after what is in flight had its time (RUN-8)")
    void closing() {
        try (EngineHarness world = new EngineHarness(
                PlatformSettings.of(1).withLatency(Duration.ofSeconds(5)),
                FaultScript.none(),
                settings -> settings.withCalls(CallSettings.defaults().withConcurrency(2)))) {
            BatchRun run = world.start(BatchOperation.stop(), world.add(50, EngineHarness.running()));
            world.environment.advance(Duration.ofSeconds(20));
            world.engine().close();
            assertThat(run.state()).isEqualTo(RunState.PARKED);
            assertThat(run.results())
                    .hasSizeBetween(1, 20)
                    .allMatch(result -> result.outcome().successful());
            assertThat(run.results().size()).isEqualTo(world.commands().size());
        }
    }

    /** A wall clock that can be set. */
    private record Settable(Environment world, AtomicReference<Duration> off) implements Through {

        @Override
        public InstantSource clock() {
            return () -> world.clock().instant().plus(off.get());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, 86_400})
    @DisplayName("reports how long it took, also when the wall clock was set meanwhile")
    void clockSet(long seconds) {
        try (EngineHarness world = EngineHarness.healthy()) {
            AtomicReference<Duration> off = new AtomicReference<>(Duration.ZERO);
            world.builder().environment(new Settable(world.environment, off));
            BatchRun run = world.start(BatchOperation.stop(), world.add(5, EngineHarness.running()));
            Duration before = world.environment.elapsed();
            world.environment.advance(Duration.ofMillis(1));
            off.set(Duration.ofSeconds(seconds));
            BatchReport report = world.await(run);
            assertThat(Duration.between(report.startedAt(), report.endedAt()))
                    .isBetween(Duration.ofMillis(1), world.environment.elapsed().minus(before));
        }
    }

    @Test
    @DisplayName("denies what the access policy denies, at plan and before the command (SEC-1)")
    void access() {
        boolean[] open = {true};
        try (EngineHarness world = EngineHarness.healthy()) {
            world.builder()
                    .access((actor, operation, task) -> open[0] && !task.id().equals("t1"));
            List<TaskRef> tasks = world.add(2, EngineHarness.running());
            BatchPlan plan = world.plan(BatchOperation.stop(), tasks);
            assertThat(plan.eligible()).hasSize(1);
            open[0] = false;
            BatchReport report = world.await(world.engine().run(plan.confirm(ANN, "because")));
            assertThat(report.count(TaskOutcome.Kind.DENIED)).isEqualTo(2);
            assertThat(world.commands()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultKind.class,
            names = {"TRANSIENT", "REJECT"})
    @DisplayName("sees the others of a page that one task breaks, whether or not that may pass (RUN-6)")
    void brokenPage(FaultKind kind) {
        TaskRef broken = EngineHarness.ref("t3");
        FaultRule fromTheRunOn =
                new FaultRule(CallPattern.of(CallKind.READ).on(broken), 1, Integer.MAX_VALUE, Fault.of(kind));
        try (EngineHarness world = EngineHarness.with(FaultScript.of(fromTheRunOn))) {
            BatchReport report = world.run(BatchOperation.stop(), world.add(9, EngineHarness.running()));
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(8);
            assertThat(world.outcome(report, broken).kind()).isEqualTo(TaskOutcome.Kind.NOT_ATTEMPTED);
        }
    }

    @Test
    @DisplayName("does not ask a platform that is down about every single task (RUN-8)")
    void platformDown() {
        FaultRule fromTheRunOn =
                new FaultRule(CallPattern.of(CallKind.READ), 6, Integer.MAX_VALUE, Fault.of(FaultKind.TRANSIENT));
        try (EngineHarness world = EngineHarness.with(FaultScript.of(fromTheRunOn))) {
            BatchReport report = world.run(BatchOperation.stop(), world.add(512, EngineHarness.running()));
            assertThat(report.count(TaskOutcome.Kind.NOT_ATTEMPTED)).isEqualTo(512);
            assertThat(world.platform.calls())
                    .filteredOn(call -> call.kind() == CallKind.READ)
                    .hasSizeLessThan(50);
        }
    }

    @Test
    @DisplayName("commands nothing that an earlier run left UNKNOWN while that run's call is still out (RUN-3, RUN-5)")
    void callStillOut() {
        PlatformSettings settings = PlatformSettings.of(1)
                .withCapabilities(GatewayCapabilities.of().withMaximumEffectDelay(Duration.ofSeconds(10)));
        Fault late = new Fault(FaultKind.LATE_WITHOUT_EFFECT, Duration.ofHours(1));
        try (EngineHarness world = new EngineHarness(
                settings,
                FaultScript.none().once(CallPattern.of(OperationKind.STOP), late),
                UnaryOperator.identity())) {
            List<TaskRef> tasks = world.add(1, EngineHarness.running());
            assertThat(world.run(BatchOperation.stop(), tasks).count(TaskOutcome.Kind.UNKNOWN))
                    .isEqualTo(1);
            world.environment.advance(Duration.ofMinutes(5));
            BatchReport second = world.run(BatchOperation.stop(), tasks);
            assertThat(world.outcome(second, tasks.get(0)).text()).contains("UNSETTLED_BEFORE");
            world.environment.advance(Duration.ofHours(1));
            assertThat(world.run(BatchOperation.stop(), tasks).count(TaskOutcome.Kind.SUCCEEDED))
                    .isEqualTo(1);
        }
    }

    @Test
    @DisplayName("RUN-3: is not commanded again once a repetition was accepted, however long the platform then takes")
    void acceptedRepetition() {
        PlatformSettings slow = PlatformSettings.of(1)
                .withSettle(Duration.ofSeconds(90))
                .withCapabilities(GatewayCapabilities.of(GatewayCapability.DEDUPLICATION));
        FaultScript faults = FaultScript.none()
                .once(CallPattern.of(OperationKind.STOP), Fault.of(FaultKind.AMBIGUOUS_BEFORE_EFFECT));
        try (EngineHarness world = new EngineHarness(slow, faults, UnaryOperator.identity())) {
            List<TaskRef> tasks = world.add(1, EngineHarness.running());
            BatchReport report = world.run(BatchOperation.stop(), tasks);
            assertThat(world.outcome(report, tasks.get(0)).kind()).isEqualTo(TaskOutcome.Kind.SUCCEEDED);
            assertThat(report.results().get(0).attempts()).isEqualTo(2);
        }
    }
}
