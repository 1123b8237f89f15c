package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.LONG;
import static io.omsbatch.core.EngineHarness.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.engine.RunStoppedException;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalRecord.Kind;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.settings.EngineSettings;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.FaultScript;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A run whose journal or executor fails in any way")
class TroubledRunTest {

    private static final Duration CLOSE = EngineSettings.defaults().closeTimeout();

    static Stream<Arguments> failures() {
        return Stream.of(
                        new IllegalStateException("the pool is exhausted"),
                        new JournalException(JournalException.Kind.UNAVAILABLE, "r", "down", null),
                        new StackOverflowError(),
                        new IOException("of another language"))
                .flatMap(thrown ->
                        Stream.of(Kind.INTENT, Kind.OUTCOME, Kind.ENDED).map(kind -> Arguments.of(thrown, kind)));
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /** Closes the engine and returns how long that took. */
    private static Duration close(EngineHarness world) {
        Duration before = world.environment.elapsed();
        world.engine().close();
        return world.environment.elapsed().minus(before);
    }

    @ParameterizedTest
    @MethodSource("failures")
    @DisplayName("is parked with the reason, whatever the journal throws at whatever it was to write (RUN-8)")
    void journalThrows(Throwable thrown, Kind from) {
        try (EngineHarness world = EngineHarness.healthy()) {
            TroubledJournal journal = TroubledJournal.in(world);
            AtomicBoolean down = new AtomicBoolean();
            journal.beforeAppend(facts -> {
                if (TroubledJournal.of(facts, from)) {
                    down.set(true);
                }
                if (down.get()) {
                    TroubledRunTest.<RuntimeException>sneak(thrown);
                }
            });
            BatchRun run = world.start(BatchOperation.stop(), world.add(3, running()));
            assertThatThrownBy(() -> run.await(LONG))
                    .isInstanceOf(RunStoppedException.class)
                    .hasMessageContaining("JOURNAL_UNAVAILABLE");
            assertThat(run.state()).isEqualTo(RunState.PARKED);
            assertThat(close(world)).isLessThanOrEqualTo(CLOSE);
        }
    }

    @Test
    @DisplayName("is handed to its host, parked, when not even what the plan left out can be written")
    void journalThrowsAtTheBeginning() {
        try (EngineHarness world = EngineHarness.healthy()) {
            TroubledJournal journal = TroubledJournal.in(world);
            List<TaskRef> tasks = new ArrayList<>(world.add(2, running()));
            tasks.add(EngineHarness.ref("gone"));
            journal.beforeAppend(facts -> {
                throw new IllegalStateException("the pool is exhausted");
            });
            BatchRun run = world.start(BatchOperation.stop(), tasks);
            assertThatThrownBy(() -> run.await(LONG)).isInstanceOf(RunStoppedException.class);
            assertThat(run.state()).isEqualTo(RunState.PARKED);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"INTENT", "OUTCOME", "ENDED", "PARKED"})
    @DisplayName(
            "is parked when its engine is closed while the journal does not answer, and closing is bounded (RUN-8)")
    void journalHangs(Kind from) {
        try (EngineHarness world = EngineHarness.healthy()) {
            TroubledJournal journal = TroubledJournal.in(world);
            AtomicBoolean down = new AtomicBoolean(from == Kind.PARKED);
            BatchRun run = world.start(BatchOperation.stop(), world.add(3, running()));
            journal.beforeAppend(facts -> {
                if (TroubledJournal.of(facts, from)) {
                    down.set(true);
                }
                if (down.get()) {
                    TroubledJournal.slow(world, LONG).accept(facts);
                }
            });
            world.environment.advance(Duration.ofSeconds(30));
            assertThat(close(world)).isLessThanOrEqualTo(CLOSE.plusSeconds(2));
            assertThatThrownBy(() -> run.await(Duration.ofSeconds(1))).isInstanceOf(RunStoppedException.class);
            world.environment.advance(LONG.multipliedBy(3));
            assertThat(run.state()).isEqualTo(RunState.PARKED);
            assertThat(run.completion().toCompletableFuture()).isCompletedExceptionally();
        }
    }

    @Test
    @DisplayName("ends all the same when its engine is closed while the end is being written (RUN-1)")
    void closedWhileItEnds() throws InterruptedException {
        try (EngineHarness world = EngineHarness.healthy()) {
            TroubledJournal journal = TroubledJournal.in(world);
            AtomicBoolean ending = new AtomicBoolean();
            journal.beforeAppend(facts -> {
                if (TroubledJournal.of(facts, Kind.ENDED)) {
                    ending.set(true);
                    TroubledJournal.slow(world, Duration.ofSeconds(3)).accept(facts);
                }
            });
            BatchRun run = world.start(BatchOperation.stop(), world.add(3, running()));
            while (!ending.get()) {
                world.environment.advance(Duration.ofMillis(100));
            }
            assertThat(run.state()).isEqualTo(RunState.RUNNING);
            assertThat(close(world)).isLessThan(Duration.ofSeconds(4));
            assertThat(run.state()).isEqualTo(RunState.ENDED);
            BatchReport report = run.await(Duration.ofSeconds(1)).orElseThrow();
            assertThat(report.results()).hasSize(3);
            assertThat(world.facts(Kind.PARKED)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 10, 50, 200, 1_000, 5_000})
    @DisplayName(
            "comes to an end or is parked when executor and timers fail at any time, and its engine can be closed (RUN-8)")
    void executorFails(int millis) {
        PlatformSettings settings = PlatformSettings.of(millis).withLatency(Duration.ofMillis(20));
        try (EngineHarness world = new EngineHarness(settings, FaultScript.none(), UnaryOperator.identity())) {
            AtomicBoolean broken = new AtomicBoolean();
            world.builder().environment(new BreakableEnvironment(world.environment, broken));
            BatchRun run = world.start(BatchOperation.stop(), world.add(30, running()));
            world.environment.advance(Duration.ofMillis(millis));
            broken.set(true);
            world.environment.advance(LONG);
            assertThat(run.state()).isIn(RunState.PARKED, RunState.ENDED);
            assertThat(run.completion().toCompletableFuture()).isDone();
            assertThat(close(world)).isLessThanOrEqualTo(CLOSE.plusSeconds(2));
        }
    }
}
