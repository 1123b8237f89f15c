package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.running;
import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.Environment;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.OutageJournal.Fate;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.FaultScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An engine that is closed, and then its environment, while its journal does not answer")
class CloseDuringOutageTest {

    /** Threads and timers as Java's own pools have them: once shut down they refuse everything. */
    private record Pools(Environment world, AtomicBoolean shutDown) implements Through {
        private void requireOpen() {
            if (shutDown.get()) {
                throw new RejectedExecutionException("the pool was shut down");
            }
        }

        @Override
        public Executor executor() {
            return task -> {
                requireOpen();
                world.executor().execute(task);
            };
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            requireOpen();
            return world.schedule(delay, task);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"renew", "commands", "abandoned", "read", "append"})
    @DisplayName("throws nothing in a thread that hung in the journal meanwhile")
    void hangs(String method) {
        try (EngineHarness world = new EngineHarness(
                        PlatformSettings.of(1)
                                .withLatency(Duration.ofSeconds(1))
                                .withSettle(Duration.ofSeconds(30)),
                        FaultScript.none(),
                        settings -> settings.withCloseTimeout(Duration.ofSeconds(1)));
                BatchEngine other = world.builder().build()) {
            List<TaskRef> tasks = new ArrayList<>(world.add(40, running()));
            BatchRequest elsewhere =
                    BatchRequest.of("elsewhere", EngineHarness.ANN, BatchOperation.stop(), tasks.subList(0, 20));
            BatchRun followed = other.run(other.plan(elsewhere).confirm(EngineHarness.ANN, "over there"));
            OutageJournal journal = OutageJournal.in(world);
            AtomicBoolean shutDown = new AtomicBoolean();
            world.builder().environment(new Pools(world.environment, shutDown));
            assertThat(world.engine().recover()).isEmpty();
            BatchRun run = world.start(BatchOperation.stop(), tasks.subList(20, 40));
            world.engine().find(followed.id()).orElseThrow().listen(event -> {});
            journal.script((called, facts) -> called.equals(method) ? hangs(world) : Fate.WORKS);
            world.environment.advance(Duration.ofMillis(8_500)); // every look at the journal has begun
            assertThat(journal.calls(method)).isPositive();
            world.engine().close();
            shutDown.set(true);
            world.environment.advance(Duration.ofMinutes(5));
            assertThat(run.state()).isIn(RunState.PARKED, RunState.ENDED);
            assertThat(world.environment.uncaught()).isEmpty();
        }
    }

    private static Fate hangs(EngineHarness world) {
        try {
            world.environment.sleep(Duration.ofMinutes(1));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return Fate.UNAVAILABLE;
    }
}
