package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.settings.Rate;
import io.omsbatch.core.settings.ResourceLimit;
import io.omsbatch.testkit.check.Promises;
import io.omsbatch.testkit.check.RunBounds;
import io.omsbatch.testkit.check.RunBounds.Pace;
import io.omsbatch.testkit.check.RunBounds.Shared;
import io.omsbatch.testkit.check.RunHistory;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.CallPattern;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultScript;
import io.omsbatch.testkit.history.CallKind;
import io.omsbatch.testkit.history.GatewayCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RUN-10: An engine with limits for what its tasks share")
class ResourceLimitTest {

    private static final Pace TWICE_IN_FIVE_SECONDS = new Pace(2, Duration.ofSeconds(5));

    /** Tasks a1, a2, … share source a. */
    private static String source(MigrationTask task) {
        return source(task.ref());
    }

    private static String source(TaskRef task) {
        return task.id().substring(0, 1);
    }

    private static ResourceLimit bySource(int tasks) {
        return ResourceLimit.of("source instance", ResourceLimitTest::source, tasks);
    }

    private static EngineHarness slow(FaultScript faults) {
        return new EngineHarness(
                PlatformSettings.of(7).withSettle(Duration.ofSeconds(20)).withLatency(Duration.ofMillis(50)),
                faults,
                UnaryOperator.identity());
    }

    private static List<TaskRef> add(EngineHarness world, String source, int number) {
        return add(world, source, number, EngineHarness.running());
    }

    private static List<TaskRef> add(
            EngineHarness world, String source, int number, UnaryOperator<MigrationTask.Builder> how) {
        List<TaskRef> tasks = new ArrayList<>();
        for (int i = 1; i <= number; i++) {
            tasks.add(world.add(source + i, how));
        }
        return tasks;
    }

    private static void require(EngineHarness world, BatchRun run, BatchReport report, RunBounds bounds) {
        Promises.run10(new RunHistory(
                world.journal.run(run.id()).orElseThrow(),
                report,
                world.platform.recording(world.journal),
                world.platform.capabilities(),
                bounds));
    }

    private static RunBounds bounds(int tasks, Pace pace) {
        return RunBounds.defaults().withShared(List.of(new Shared("source", ResourceLimitTest::source, tasks, pace)));
    }

    @Test
    @DisplayName(
            "never has more tasks of one source in flight, until it is known what came of them, nor begins them more often")
    void neverExceeded() {
        try (EngineHarness world = slow(FaultScript.none())) {
            world.builder().limit(bySource(3).withRate(new Rate(2, Duration.ofSeconds(5))));
            List<TaskRef> tasks = add(world, "a", 20);
            tasks.addAll(add(world, "b", 7));
            tasks.addAll(add(world, "c", 1));
            BatchRun run = world.start(BatchOperation.stop(), tasks);
            BatchReport report = world.await(run);
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(28);
            require(world, run, report, bounds(3, TWICE_IN_FIVE_SECONDS));
            assertThat(world.environment.elapsed())
                    .as("20 tasks, two in five seconds")
                    .isBetween(Duration.ofSeconds(45), Duration.ofMinutes(5));
        }
    }

    @Test
    @DisplayName("lets tasks of another source begin though those of a full one came first")
    void fullSourceDelaysNoOther() {
        try (EngineHarness world = slow(FaultScript.none())) {
            world.builder().limit(bySource(1));
            List<TaskRef> tasks = add(world, "a", 200);
            tasks.addAll(add(world, "b", 1));
            BatchRun run = world.start(BatchOperation.stop(), tasks);
            world.environment.advance(Duration.ofSeconds(30));
            assertThat(world.commands())
                    .extracting(call -> source(call.tasks().get(0)))
                    .contains("b");
            assertThat(world.await(run).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(201);
        }
    }

    @Test
    @DisplayName("takes the sources in turns while the calls at once are what is scarce")
    void turns() {
        try (EngineHarness world = slow(FaultScript.none())) {
            world.builder().limit(bySource(1_000));
            List<TaskRef> tasks = add(world, "a", 300);
            tasks.addAll(add(world, "b", 10));
            BatchReport report = world.run(BatchOperation.stop(), tasks);
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(310);
            assertThat(world.commands().subList(0, 30).stream()
                            .filter(call -> source(call.tasks().get(0)).equals("b")))
                    .as("of the first 30 commands")
                    .hasSize(10);
        }
    }

    @Test
    @DisplayName(
            "ends what waits for a source whose every place is held by a call that does not return, and goes on with the others")
    void stuckSource() {
        FaultScript dead = FaultScript.none()
                .always(
                        CallPattern.of(CallKind.COMMAND).on(EngineHarness.ref("a1")),
                        Fault.of(FaultKind.NEVER_RETURN_BEFORE_EFFECT));
        try (EngineHarness world = slow(dead)) {
            world.builder().limit(bySource(1));
            List<TaskRef> tasks = add(world, "a", 5);
            tasks.addAll(add(world, "b", 5));
            BatchReport report = world.run(BatchOperation.stop(), tasks);
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(5);
            assertThat(report.count(TaskOutcome.Kind.UNKNOWN)).isEqualTo(1);
            assertThat(report.count(TaskOutcome.Kind.NOT_ATTEMPTED)).isEqualTo(4);
            assertThat(world.outcome(report, EngineHarness.ref("a5")).text())
                    .contains("GATEWAY_UNRESPONSIVE", "room at the source instance a: 1 task at once");
            BatchReport later = world.run(BatchOperation.stop(), List.of(EngineHarness.ref("a5")));
            assertThat(later.count(TaskOutcome.Kind.NOT_ATTEMPTED))
                    .as("the call has still not returned")
                    .isEqualTo(1);
        }
    }

    @Test
    @DisplayName("keeps no place for a run that is paused, whose tasks go on once it is resumed")
    void pausedRun() {
        try (EngineHarness world = slow(FaultScript.none())) {
            world.builder().limit(bySource(1));
            List<TaskRef> tasks = add(world, "a", 30);
            BatchRun paused = world.start(BatchOperation.stop(), tasks.subList(0, 20));
            BatchRun other = world.start(BatchOperation.stop(), tasks.subList(20, 30));
            world.environment.advance(Duration.ofSeconds(31));
            paused.control(new RunControl(RunAction.PAUSE, paused.version(), ANN, "wait"));
            assertThat(world.await(other).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(10);
            assertThat(paused.progress().ended()).isLessThan(20);
            paused.control(new RunControl(RunAction.RESUME, paused.version(), ANN, "go on"));
            BatchReport report = world.await(paused);
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(20);
            require(world, paused, report, bounds(1, null));
        }
    }

    @Test
    @DisplayName("gives runs that wait for one source their turns")
    void runsInTurns() {
        try (EngineHarness world = slow(FaultScript.none())) {
            world.builder().limit(bySource(1));
            List<TaskRef> tasks = add(world, "a", 60);
            BatchRun first = world.start(BatchOperation.stop(), tasks.subList(0, 50));
            BatchRun second = world.start(BatchOperation.stop(), tasks.subList(50, 60));
            assertThat(world.await(second).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(10);
            assertThat(first.progress().ended()).isBetween(8, 14);
            assertThat(world.await(first).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(50);
        }
    }

    @Test
    @DisplayName("begins a task under two limits when both have room, whoever else waits for one of them")
    void twoLimits() {
        try (EngineHarness world = slow(FaultScript.none())) {
            world.builder()
                    .limit(bySource(2))
                    .limit(ResourceLimit.of("target", task -> task.ref().id().substring(1), 1));
            List<TaskRef> tasks = add(world, "a", 9);
            tasks.addAll(add(world, "b", 9));
            tasks.addAll(add(world, "c", 9));
            BatchRun run = world.start(BatchOperation.stop(), tasks);
            BatchReport report = world.await(run);
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(27);
            require(world, run, report, bounds(2, null));
            require(
                    world,
                    run,
                    report,
                    RunBounds.defaults()
                            .withShared(List.of(
                                    new Shared("target", task -> task.id().substring(1), 1, null))));
        }
    }

    @Test
    @DisplayName("treats tasks whose key is not known as sharing one, and one without a key as sharing none")
    void failingKey() {
        try (EngineHarness world = slow(FaultScript.none())) {
            world.builder()
                    .limit(ResourceLimit.of(
                            "source",
                            task -> {
                                if (source(task).equals("n")) {
                                    return null;
                                }
                                throw new IllegalStateException("no source");
                            },
                            1));
            List<TaskRef> tasks = add(world, "a", 3);
            tasks.addAll(add(world, "b", 3));
            tasks.addAll(add(world, "n", 10));
            BatchRun run = world.start(BatchOperation.stop(), tasks);
            BatchReport report = world.await(run);
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(16);
            RunBounds one = RunBounds.defaults()
                    .withShared(List.of(
                            new Shared("any", task -> Set.of("a", "b").contains(source(task)) ? "" : null, 1, null)));
            require(world, run, report, one);
            assertThat(world.commands().subList(0, 11).stream()
                            .filter(call -> source(call.tasks().get(0)).equals("n")))
                    .hasSize(10);
        }
    }

    @Test
    @DisplayName("shows what a task waits for")
    void board() {
        try (EngineHarness world = slow(FaultScript.none())) {
            world.builder().limit(bySource(1));
            SwitchoverWorkflow workflow =
                    world.switchover(add(world, "a", 3, EngineHarness.entered(MigrationType.complete())));
            Operator.all(workflow, SwitchoverAction.CONFIRM, SwitchoverStep.START_FORWARD_SWITCHOVER);
            world.environment.advance(Duration.ofSeconds(2));
            assertThat(workflow.board().render()).contains("room at the source instance a: 1 task at once");
        }
    }

    @Test
    @DisplayName(
            "begins no more calls in any second than its rate allows, looks included, and all tasks come to their end")
    void rateOfCalls() {
        try (EngineHarness world = new EngineHarness(
                PlatformSettings.of(7).withSettle(Duration.ofSeconds(3)),
                FaultScript.none(),
                settings -> settings.withCalls(settings.calls().withRate(Rate.perSecond(3))))) {
            List<TaskRef> tasks = add(world, "a", 50);
            BatchRun run = world.start(BatchOperation.stop(), tasks);
            BatchReport report = world.await(run);
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(50);
            require(world, run, report, RunBounds.defaults().withPace(new Pace(3, Duration.ofSeconds(1))));
            List<GatewayCall> calls = world.platform.calls();
            assertThat(Duration.between(
                            calls.get(0).begun().at(),
                            calls.get(calls.size() - 1).begun().at()))
                    .as("%s calls", calls.size())
                    .isLessThan(Duration.ofMillis(1_000L * (calls.size() + 3) / 3 + 5_000));
        }
    }

    @Test
    @DisplayName("leaves nothing reserved for runs that stopped between their looks and their commands")
    void stoppedRuns() {
        try (EngineHarness world = new EngineHarness(
                PlatformSettings.of(7).withSettle(Duration.ofSeconds(3)),
                FaultScript.none(),
                settings -> settings.withCalls(settings.calls().withRate(Rate.perSecond(4))))) {
            AtomicBoolean fenced = new AtomicBoolean(true);
            TroubledJournal.in(world).beforeAppend(facts -> {
                if (fenced.get() && TroubledJournal.of(facts, JournalRecord.Kind.INTENT)) {
                    throw new JournalException(JournalException.Kind.FENCED, "-", "another owns it", null);
                }
            });
            List<TaskRef> tasks = add(world, "a", 20);
            for (int i = 0; i < 5; i++) {
                BatchRun stopped = world.start(BatchOperation.stop(), tasks.subList(4 * i, 4 * i + 4));
                world.environment.advance(Duration.ofMinutes(1));
                assertThat(stopped.state()).isEqualTo(RunState.LOST);
            }
            fenced.set(false);
            List<TaskRef> others = add(world, "b", 4);
            assertThat(world.run(BatchOperation.stop(), others).count(TaskOutcome.Kind.SUCCEEDED))
                    .isEqualTo(4);
        }
    }
}
