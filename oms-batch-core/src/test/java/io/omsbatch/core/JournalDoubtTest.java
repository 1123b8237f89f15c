package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.entered;
import static io.omsbatch.core.EngineHarness.running;
import static io.omsbatch.core.OutageWorld.TASKS;
import static io.omsbatch.core.OutageWorld.advance;
import static io.omsbatch.core.OutageWorld.confirm;
import static io.omsbatch.core.OutageWorld.requireAllOnce;
import static io.omsbatch.core.OutageWorld.requireNoTrace;
import static io.omsbatch.core.OutageWorld.world;
import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.ControlAnswer.Refusal;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.journal.JournalRecord.Kind;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.OutageJournal.Fate;
import io.omsbatch.core.settings.OutageSettings;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.CallPattern;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultScript;
import io.omsbatch.testkit.history.GatewayCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("DUR-5: When nobody knows whether the journal took something, a run")
class JournalDoubtTest {

    static Stream<Arguments> doubts() {
        return Stream.of(Kind.INTENT, Kind.OUTCOME, Kind.ENDED)
                .flatMap(kind -> Stream.of(Fate.LOST, Fate.ANSWER_LOST, Fate.BROKEN_AFTERWARDS)
                        .flatMap(fate -> Stream.of(1, 3, 1_000).map(times -> Arguments.of(kind, fate, times))));
    }

    @ParameterizedTest
    @MethodSource("doubts")
    @DisplayName("reads back what may have been written, and writes it again only if it was not")
    void inDoubt(Kind kind, Fate fate, int times) {
        try (EngineHarness world = world()) {
            OutageJournal journal = OutageJournal.in(world);
            AtomicInteger left = new AtomicInteger(times);
            AtomicInteger happened = new AtomicInteger();
            journal.script((method, facts) -> {
                boolean hit = TroubledJournal.of(facts, kind) && left.getAndDecrement() > 0;
                happened.addAndGet(hit ? 1 : 0);
                return hit ? fate : Fate.WORKS;
            });
            BatchRun run = world.start(BatchOperation.stop(), world.add(TASKS, running()));
            BatchReport report;
            if (times > 100) {
                advance(world, 100_000);
                journal.up();
            }
            report = world.await(run);
            assertThat(happened.get()).isPositive();
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED))
                    .as(report::render)
                    .isEqualTo(TASKS);
            requireAllOnce(world, report);
        }
    }

    @Test
    @DisplayName("takes claims up again that could not be made, or may have been")
    void claims() {
        for (Fate fate : List.of(Fate.UNAVAILABLE, Fate.LOST, Fate.ANSWER_LOST)) {
            try (EngineHarness world = world()) {
                OutageJournal journal = OutageJournal.in(world);
                AtomicInteger left = new AtomicInteger(3);
                journal.script(
                        (method, facts) -> method.equals("claim") && left.getAndDecrement() > 0 ? fate : Fate.WORKS);
                BatchRun run = world.start(BatchOperation.stop(), world.add(TASKS, running()));
                requireNoTrace(world, world.await(run));
                assertThat(left.get()).isNegative();
            }
        }
    }

    @Test
    @DisplayName(
            "ends a task whose intents stay in doubt beyond its patience as NOT_ATTEMPTED, after few attempts, and the others as usual")
    void alwaysInDoubt() {
        try (EngineHarness world = world();
                BatchEngine other = world.builder().build()) {
            List<TaskRef> tasks = world.add(TASKS, running());
            OutageJournal journal = OutageJournal.in(world);
            journal.script(doubting(tasks.get(0), 1));
            BatchRun run = world.start(BatchOperation.stop(), tasks);
            BatchReport report = world.await(run);
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED))
                    .as(report::render)
                    .isEqualTo(TASKS - 1);
            assertThat(report.results().get(0).outcome())
                    .isInstanceOfSatisfying(
                            TaskOutcome.NotAttempted.class,
                            left -> assertThat(left.problem().code()).isEqualTo("JOURNAL_UNAVAILABLE"));
            assertThat(report.results().get(0).attempts()).isZero();
            assertThat(world.commands()).noneMatch(call -> call.tasks().contains(tasks.get(0)));
            assertThat(world.environment.elapsed())
                    .isGreaterThan(OutageSettings.defaults().patience());
            assertThat(attempts(world, tasks.get(0))).isBetween(6, 60);
            assertThat(other.find(run.id()).orElseThrow().results()).isEqualTo(report.results());
        }
    }

    @Test
    @DisplayName("ends it as UNKNOWN if a command before them may have had its effect")
    void alwaysInDoubtAfterAmbiguity() {
        FaultScript lost = FaultScript.none()
                .times(CallPattern.of(OperationKind.STOP), 1, Fault.of(FaultKind.AMBIGUOUS_BEFORE_EFFECT));
        PlatformSettings repeatable =
                PlatformSettings.of(11).withCapabilities(GatewayCapabilities.of(GatewayCapability.DEDUPLICATION));
        try (EngineHarness world = new EngineHarness(repeatable, lost, UnaryOperator.identity())) {
            List<TaskRef> tasks = world.add(1, running());
            OutageJournal journal = OutageJournal.in(world);
            journal.script(doubting(tasks.get(0), 2));
            BatchReport report = world.await(world.start(BatchOperation.stop(), tasks));
            assertThat(report.count(TaskOutcome.Kind.UNKNOWN))
                    .as(report::render)
                    .isEqualTo(1);
            assertThat(report.results().get(0).attempts()).isEqualTo(1);
            assertThat(attempts(world, tasks.get(0))).isBetween(2, 60);
        }
    }

    /** From an attempt on each intent of a task is written, and nobody is told. */
    private static OutageJournal.Script doubting(TaskRef task, int from) {
        return (method, facts) -> facts.stream()
                        .anyMatch(fact -> fact.kind() == Kind.INTENT
                                && fact.subject().task().equals(task)
                                && fact.subject().attempt() >= from)
                ? Fate.ANSWER_LOST
                : Fate.WORKS;
    }

    private static int attempts(EngineHarness world, TaskRef task) {
        return (int) world.facts(Kind.INTENT).stream()
                .filter(intent -> intent.subject().task().equals(task))
                .count();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("tells operators that it does not know, and does what they asked if it turns out to be written")
    void operatorsInDoubt(boolean written) {
        try (EngineHarness world = world()) {
            OutageJournal journal = OutageJournal.in(world);
            List<TaskRef> tasks = world.add(3, entered(MigrationType.complete()));
            SwitchoverWorkflow workflow = world.switchover(tasks);
            var unused = Operator.settle(world, workflow);
            AtomicBoolean once = new AtomicBoolean(true);
            journal.script((method, facts) -> TroubledJournal.of(facts, Kind.CONTROL) && once.getAndSet(false)
                    ? (written ? Fate.ANSWER_LOST : Fate.LOST)
                    : Fate.WORKS);
            assertThat(confirm(workflow))
                    .isInstanceOfSatisfying(
                            ControlAnswer.Refused.class,
                            refused -> assertThat(refused.why()).isEqualTo(Refusal.IN_DOUBT));
            advance(world, 10_000);
            assertThat(world.facts(Kind.CONTROL)).hasSize(written ? 3 : 0);
            if (written) {
                assertThat(world.commands()).isNotEmpty();
            } else {
                assertThat(world.commands()).isEmpty();
                assertThat(confirm(workflow)).isInstanceOf(ControlAnswer.Accepted.class);
            }
            requireAllOnce(world, Operator.drive(world, workflow));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 8, 13, 21, 34})
    @DisplayName("loses nothing of a switchover, and does nothing of it twice, when every so many writes fail")
    void switchover(int every) {
        for (Fate fate : List.of(Fate.UNAVAILABLE, Fate.LOST, Fate.ANSWER_LOST)) {
            try (EngineHarness world = world()) {
                OutageJournal journal = OutageJournal.in(world);
                List<TaskRef> tasks = new ArrayList<>(world.add(4, entered(MigrationType.complete())));
                SwitchoverWorkflow workflow = world.switchover(tasks);
                AtomicInteger writes = new AtomicInteger();
                journal.script((method, facts) -> !facts.isEmpty()
                                && !TroubledJournal.of(facts, Kind.CONTROL)
                                && writes.incrementAndGet() % every == 1
                        ? fate
                        : Fate.WORKS);
                BatchReport report = Operator.drive(world, workflow);
                assertThat(report.count(TaskOutcome.Kind.SUCCEEDED))
                        .as(() -> fate + report.render())
                        .isEqualTo(4);
                Map<String, Integer> commands = new HashMap<>();
                for (GatewayCall call : world.commands()) {
                    commands.merge(call.order().what() + " " + call.tasks(), 1, Integer::sum);
                }
                assertThat(commands.values()).allMatch(times -> times == 1);
            }
        }
    }
}
