package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.ANN;
import static io.omsbatch.core.EngineHarness.LONG;
import static io.omsbatch.core.EngineHarness.entered;
import static io.omsbatch.core.EngineHarness.running;
import static io.omsbatch.core.OutageWorld.TASKS;
import static io.omsbatch.core.OutageWorld.advance;
import static io.omsbatch.core.OutageWorld.confirm;
import static io.omsbatch.core.OutageWorld.requireAllOnce;
import static io.omsbatch.core.OutageWorld.requireNoTrace;
import static io.omsbatch.core.OutageWorld.requireNothingTwice;
import static io.omsbatch.core.OutageWorld.world;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.ControlAnswer.Refusal;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.engine.RunStoppedException;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalRecord.Kind;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.OutageJournal.Fate;
import io.omsbatch.core.settings.EngineSettings;
import io.omsbatch.core.settings.OutageSettings;
import io.omsbatch.testkit.history.RecordedEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("DUR-5: While the journal does not answer a run")
class JournalOutageTest {

    private static final Duration PATIENCE = OutageSettings.defaults().patience();

    static Stream<Arguments> outages() {
        return Stream.of(0, 1, 130, 400, 900, 2_000, 2_600, 3_000)
                .flatMap(from -> Stream.of(100, 4_000, 45_000, 200_000).map(length -> Arguments.of(from, length)));
    }

    @ParameterizedTest
    @MethodSource("outages")
    @DisplayName("begins nothing new, keeps its results, and ends as if nothing had been once it answers")
    void shortOutage(int from, int length) {
        try (EngineHarness world = world()) {
            OutageJournal journal = OutageJournal.in(world);
            BatchRun run = world.start(BatchOperation.stop(), world.add(TASKS, running()));
            advance(world, from);
            journal.down();
            int facts = world.journal.entries().size();
            advance(world, 1); // what was intended before may be sent
            int commands = world.commands().size();
            advance(world, length);
            assertThat(world.commands().size() - commands)
                    .as("commands whose intent was written before")
                    .isLessThanOrEqualTo(EngineSettings.defaults().calls().concurrency());
            assertThat(world.journal.entries()).hasSize(facts);
            assertThat(run.state()).isEqualTo(RunState.RUNNING);
            journal.up();
            requireNoTrace(world, world.await(run));
        }
    }

    @Test
    @DisplayName("sends no command whose intent was not written, and tries again after pauses, without a busy loop")
    void noBusyLoop() {
        try (EngineHarness world = world()) {
            OutageJournal journal = OutageJournal.in(world);
            BatchRun run = world.start(BatchOperation.stop(), world.add(TASKS, running()));
            journal.down();
            advance(world, 1_000);
            long tried = journal.calls("renew");
            int steps = world.environment.steps();
            advance(world, 200_000);
            assertThat(world.commands()).isEmpty();
            // pauses of up to 5 s, evenly drawn, and the renewal of all leases each 8 s
            assertThat(journal.calls("renew") - tried).isBetween(200L / 5 + 200 / 8, 4 * (200L / 5 + 200 / 8));
            assertThat(journal.calls("append")).isZero();
            assertThat(world.environment.steps() - steps).isLessThan(2_000);
            assertThat(run.progress().inFlight()).isZero();
            journal.up();
            requireNoTrace(world, world.await(run));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 900, 3_000})
    @DisplayName("is parked with the reason once it took too long, and an engine that shares the journal finishes it")
    void longOutage(int from) {
        try (EngineHarness world = world()) {
            OutageJournal journal = OutageJournal.in(world);
            BatchRun run = world.start(BatchOperation.stop(), world.add(TASKS, running()));
            advance(world, from);
            journal.down();
            advance(world, PATIENCE.minusSeconds(1).toMillis());
            assertThat(run.state()).isEqualTo(RunState.RUNNING);
            advance(world, 10_000);
            assertThat(run.state()).isEqualTo(RunState.PARKED);
            assertThatThrownBy(() -> run.await(LONG))
                    .isInstanceOf(RunStoppedException.class)
                    .hasMessageContaining("JOURNAL_UNAVAILABLE")
                    .hasMessageContaining("took nothing for PT5M")
                    .hasMessageContaining("the database is away");
            journal.up();
            advance(world, 60_000);
            assertThat(world.facts(Kind.PARKED))
                    .as("nobody needs to decide anything")
                    .isEmpty();
            BatchRun taken = world.engine().recover().get(0);
            assertThat(taken.id()).isEqualTo(run.id());
            BatchReport report = world.await(taken);
            int unknown = report.count(TaskOutcome.Kind.UNKNOWN);
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED) + unknown).isEqualTo(TASKS);
            assertThat(unknown).as(report::render).isZero();
            requireNothingTwice(world);
        }
    }

    @Test
    @DisplayName("is lost, and writes nothing, if another engine has taken it over meanwhile")
    void anotherOwner() {
        try (EngineHarness world = world()) {
            OutageJournal journal = OutageJournal.in(world);
            BatchRun run = world.start(BatchOperation.stop(), world.add(TASKS, running()));
            advance(world, 900);
            journal.down();
            advance(world, 40_000);
            assertThat(run.state()).isEqualTo(RunState.RUNNING);
            BatchEngine other = OmsBatch.engine(world.platform)
                    .environment(world.environment)
                    .journal(world.journal)
                    .build();
            BatchRun taken = other.recover().get(0);
            journal.up();
            BatchReport report = world.await(taken);
            advance(world, 10_000);
            assertThat(run.state()).isEqualTo(RunState.LOST);
            assertThat(run.results()).hasSizeLessThan(TASKS);
            requireAllOnce(world, report);
            boolean after = false;
            for (RecordedEntry entry : world.journal.entries()) {
                after |= entry.entry().record().kind() == Kind.TAKEN_OVER;
                assertThat(entry.entry().token().value()).isEqualTo(after ? 2 : 1);
            }
            other.close();
        }
    }

    @Test
    @DisplayName(
            "is not taken from itself by its own engine, which looks for runs whose lease is over before it renews it (DUR-3)")
    void ownEngine() {
        try (EngineHarness world = world()) {
            OutageJournal journal = OutageJournal.in(world);
            assertThat(world.engine().recover()).isEmpty();
            BatchRun run = world.start(BatchOperation.stop(), world.add(TASKS, running()));
            advance(world, 900);
            journal.down();
            advance(world, 40_000);
            journal.script((method, facts) -> method.equals("renew") ? Fate.UNAVAILABLE : Fate.WORKS);
            long looks = journal.calls("abandoned");
            advance(world, 10_000);
            assertThat(journal.calls("abandoned")).isGreaterThan(looks);
            assertThat(run.state()).isEqualTo(RunState.RUNNING);
            journal.up();
            requireNoTrace(world, world.await(run));
            assertThat(world.facts(Kind.TAKEN_OVER)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("says, if another engine has it, that its ownership is lost, and not that the journal is away (DUR-2)")
    void saysThatItIsLost(boolean byItsLease) {
        try (EngineHarness world = world()) {
            OutageJournal journal = OutageJournal.in(world);
            BatchRun run = world.start(BatchOperation.stop(), world.add(TASKS, running()));
            assertThat(run.control(new RunControl(RunAction.PAUSE, run.version(), ANN, "wait")))
                    .isInstanceOf(ControlAnswer.Accepted.class);
            journal.script((method, facts) -> method.equals("renew") ? Fate.UNAVAILABLE : Fate.WORKS);
            advance(world, 40_000);
            try (BatchEngine other = OmsBatch.engine(world.platform)
                    .environment(world.environment)
                    .journal(world.journal)
                    .build()) {
                assertThat(other.recover()).hasSize(1);
                if (byItsLease) {
                    journal.up();
                    advance(world, 10_000);
                } else {
                    assertThat(run.control(new RunControl(RunAction.RESUME, run.version(), ANN, "go on")))
                            .isInstanceOf(ControlAnswer.Refused.class);
                }
                assertThat(run.state()).isEqualTo(RunState.LOST);
                assertThatThrownBy(() -> run.await(LONG))
                        .isInstanceOf(RunStoppedException.class)
                        .hasMessageContaining("OWNERSHIP_LOST")
                        .hasMessageContaining("goes on with it")
                        .hasMessageNotContaining("JOURNAL_UNAVAILABLE");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RunAction.class,
            names = {"RESUME", "RELEASE_CLAIMS", "CLOSE_AS_UNKNOWN"})
    @DisplayName("is, once it is parked, in the hands of operators like any parked run (RUN-8)")
    void parkedInOperatorsHands(RunAction action) {
        try (EngineHarness world = world()) {
            OutageJournal journal = OutageJournal.in(world);
            BatchRun run = world.start(BatchOperation.stop(), world.add(TASKS, running()));
            advance(world, 900);
            journal.down();
            advance(world, PATIENCE.plusMinutes(1).toMillis());
            assertThat(run.state()).isEqualTo(RunState.PARKED);
            journal.up();
            assertThat(run.control(new RunControl(action, run.version(), ANN, "the database is back")))
                    .isInstanceOf(ControlAnswer.Accepted.class);
            if (action == RunAction.RELEASE_CLAIMS) {
                assertThat(world.facts(Kind.PARKED)).hasSize(1);
                assertThat(run.state()).isEqualTo(RunState.PARKED);
            } else {
                BatchReport report = world.await(run);
                assertThat(report.results()).hasSize(TASKS);
                requireNothingTwice(world);
            }
        }
    }

    @Test
    @DisplayName("that it is about to take over, an engine lets go of it and tries again, and nobody needs to decide")
    void takeoverMeetsOutage() {
        try (EngineHarness world = world()) {
            BatchRun run = world.start(BatchOperation.stop(), world.add(TASKS, running()));
            advance(world, 130);
            world.engine().close();
            OutageJournal journal = new OutageJournal();
            journal.script((method, facts) -> method.equals("read") ? Fate.UNAVAILABLE : Fate.WORKS);
            try (BatchEngine other = OmsBatch.engine(world.platform)
                    .environment(world.environment)
                    .journal(journal.before(world.journal))
                    .build()) {
                assertThat(other.recover()).extracting(BatchRun::state).containsExactly(RunState.PARKED);
                advance(world, 60_000);
                assertThat(world.facts(Kind.PARKED)).isEmpty();
                journal.up();
                advance(world, 60_000);
                requireAllOnce(world, world.await(other.find(run.id()).orElseThrow()));
            }
        }
    }

    @Test
    @DisplayName("does not count its renewed lease as an answer: a journal that takes no fact parks it all the same")
    void onlyRenews() {
        try (EngineHarness world = world()) {
            OutageJournal journal = OutageJournal.in(world);
            journal.script((method, facts) ->
                    method.equals("append") || method.equals("claim") ? Fate.UNAVAILABLE : Fate.WORKS);
            BatchRun run = world.start(BatchOperation.stop(), world.add(TASKS, running()));
            advance(world, PATIENCE.minusSeconds(10).toMillis());
            assertThat(run.state()).isEqualTo(RunState.RUNNING);
            assertThat(journal.calls("claim")).isLessThan(300);
            advance(world, 20_000);
            assertThat(run.state()).isEqualTo(RunState.PARKED);
        }
    }

    @Test
    @DisplayName("is parked when more results would have to be kept than it may")
    void tooMany() {
        OutageSettings few = new OutageSettings(PATIENCE, Duration.ofMillis(200), Duration.ofSeconds(5), 10);
        try (EngineHarness world = world(few)) {
            OutageJournal journal = OutageJournal.in(world);
            BatchRun run = world.start(BatchOperation.stop(), world.add(TASKS, running()));
            while (world.facts(Kind.INTENT).size() < TASKS) {
                advance(world, 10);
            }
            assertThat(run.results()).hasSizeLessThan(TASKS - 11);
            journal.down();
            advance(world, 15_000);
            assertThat(run.state()).isEqualTo(RunState.PARKED);
            assertThatThrownBy(() -> run.await(LONG))
                    .hasMessageContaining("more than 10 results would have to be kept")
                    .hasMessageContaining("the database is away");
        }
    }

    @Test
    @DisplayName("writes what it kept in the order in which it came to know it")
    void inOrder() {
        try (EngineHarness world = world()) {
            OutageJournal journal = OutageJournal.in(world);
            BatchRun run = world.start(BatchOperation.stop(), world.add(TASKS, running()));
            advance(world, 900);
            int known = world.facts(Kind.OUTCOME).size();
            journal.down();
            advance(world, 20_000);
            assertThat(world.facts(Kind.OUTCOME)).hasSize(known);
            Instant answers = world.environment.clock().instant();
            journal.up();
            requireNoTrace(world, world.await(run));
            List<Instant> kept = world.facts(Kind.OUTCOME).stream()
                    .map(JournalRecord::at)
                    .filter(at -> at.isBefore(answers))
                    .skip(known)
                    .toList();
            assertThat(Set.copyOf(kept))
                    .as("the times at which it came to know something")
                    .hasSizeGreaterThan(1);
            assertThat(kept).isSorted();
        }
    }

    @Test
    @DisplayName("counts only what waits: results that were written make room for those of the next outage")
    void makesRoom() {
        OutageSettings few = new OutageSettings(PATIENCE, Duration.ofMillis(200), Duration.ofMillis(200), 60);
        try (EngineHarness world = world(few)) {
            OutageJournal journal = OutageJournal.in(world);
            BatchRun run = world.start(BatchOperation.stop(), world.add(5 * TASKS, running()));
            int kept = 0;
            while (run.state() == RunState.RUNNING && run.results().size() < 5 * TASKS) {
                int known = world.facts(Kind.OUTCOME).size();
                journal.down();
                advance(world, 200);
                Instant answers = world.environment.clock().instant();
                journal.up();
                advance(world, 250);
                kept += (int) world.facts(Kind.OUTCOME).stream()
                        .skip(known)
                        .filter(outcome -> outcome.at().isBefore(answers))
                        .count();
            }
            requireAllOnce(world, world.await(run));
            assertThat(kept).as("results that were kept in all").isGreaterThan(few.mostResults());
        }
    }

    @Test
    @DisplayName("forgets what it kept once it is parked, also while it is at writing it")
    void forgets() {
        try (EngineHarness world = world()) {
            OutageJournal journal = OutageJournal.in(world);
            BatchRun run = world.start(BatchOperation.stop(), world.add(TASKS, running()));
            advance(world, 900);
            journal.down();
            advance(world, 20_000);
            long tried = journal.calls("append");
            journal.script((method, facts) -> {
                if (method.equals("append")) {
                    TroubledJournal.slow(world, Duration.ofMinutes(1)).accept(facts);
                }
                return Fate.WORKS;
            });
            advance(world, 6_000);
            assertThat(journal.calls("append") - tried).as("it is at writing").isEqualTo(1);
            world.engine().close();
            assertThat(run.state()).isEqualTo(RunState.PARKED);
            advance(world, PATIENCE.toMillis());
            assertThat(journal.calls("append") - tried).isEqualTo(1);
            assertThat(world.facts(Kind.ENDED)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 900, 3_000})
    @DisplayName("is parked when its engine is closed, which returns in time, and goes on elsewhere (RUN-8)")
    void closed(int from) {
        try (EngineHarness world = world()) {
            OutageJournal journal = OutageJournal.in(world);
            BatchRun run = world.start(BatchOperation.stop(), world.add(TASKS, running()));
            advance(world, from);
            journal.down();
            advance(world, 5_000);
            Duration before = world.environment.elapsed();
            world.engine().close();
            assertThat(world.environment.elapsed().minus(before))
                    .isLessThanOrEqualTo(
                            EngineSettings.defaults().closeTimeout().plusSeconds(2));
            assertThat(run.state()).isEqualTo(RunState.PARKED);
            advance(world, 60_000);
            try (BatchEngine other = OmsBatch.engine(world.platform)
                    .environment(world.environment)
                    .journal(world.journal)
                    .build()) {
                BatchReport report = world.await(other.recover().get(0));
                assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(TASKS);
                requireNothingTwice(world);
            }
        }
    }

    @Test
    @DisplayName("writes its results when the journal answers while its engine is being closed")
    void closedInTime() {
        try (EngineHarness world = world()) {
            OutageJournal journal = OutageJournal.in(world);
            BatchRun run = world.start(BatchOperation.stop(), world.add(3, running()));
            while (world.facts(Kind.INTENT).size() < 3) {
                advance(world, 10);
            }
            journal.down();
            advance(world, 10_000);
            assertThat(world.facts(Kind.OUTCOME)).isEmpty();
            var unused = world.environment.schedule(Duration.ofSeconds(10), journal::up);
            world.engine().close();
            assertThat(run.state()).isEqualTo(RunState.ENDED);
            assertThat(world.facts(Kind.OUTCOME)).hasSize(3);
        }
    }

    @Test
    @DisplayName("answers operators at once that nothing was done, and does what they ask once it answers")
    void operators() {
        try (EngineHarness world = world()) {
            OutageJournal journal = OutageJournal.in(world);
            List<TaskRef> tasks = world.add(3, entered(MigrationType.complete()));
            SwitchoverWorkflow workflow = world.switchover(tasks);
            var unused = Operator.settle(world, workflow);
            journal.down();
            for (int i = 0; i < 3; i++) {
                Duration before = world.environment.elapsed();
                assertThat(confirm(workflow))
                        .isInstanceOfSatisfying(
                                ControlAnswer.Refused.class,
                                refused -> assertThat(refused.why()).isEqualTo(Refusal.NOT_RECORDED));
                assertThat(world.environment.elapsed()).isEqualTo(before);
                advance(world, 3_000);
            }
            assertThat(world.commands()).isEmpty();
            assertThat(workflow.state()).isEqualTo(RunState.RUNNING);
            journal.up();
            advance(world, 10_000);
            assertThat(confirm(workflow)).isInstanceOf(ControlAnswer.Accepted.class);
            requireAllOnce(world, Operator.drive(world, workflow));
        }
    }

    @Test
    @DisplayName("is parked at once if its host wants no patience")
    void noPatience() {
        OutageSettings none = new OutageSettings(Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(1), 1);
        try (EngineHarness world = world(none)) {
            OutageJournal journal = OutageJournal.in(world);
            BatchRun run = world.start(BatchOperation.stop(), world.add(TASKS, running()));
            advance(world, 900);
            journal.script((method, facts) -> facts.isEmpty() ? Fate.WORKS : Fate.UNAVAILABLE);
            advance(world, 3_000);
            assertThat(run.state()).isEqualTo(RunState.PARKED);
        }
    }
}
