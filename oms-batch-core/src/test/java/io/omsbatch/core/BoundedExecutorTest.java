package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.Environment;
import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.CallPattern;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultScript;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A host's executor with fewer threads than calls")
class BoundedExecutorTest {

    /** Runs calls on so many threads; the others wait for one. */
    private static final class Bounded implements Environment {

        private final Environment world;
        private final Deque<Runnable> waiting = new ArrayDeque<>();
        private int threads;

        Bounded(Environment world, int threads) {
            this.world = world;
            this.threads = threads;
        }

        @Override
        public Executor calls() {
            return task -> {
                waiting.add(task);
                if (threads > 0) {
                    threads--;
                    world.executor().execute(this::drain);
                }
            };
        }

        private void drain() {
            while (!waiting.isEmpty()) {
                waiting.remove().run();
            }
            threads++;
        }

        @Override
        public Executor executor() {
            return world.executor();
        }

        @Override
        public InstantSource clock() {
            return world.clock();
        }

        @Override
        public long nanoTime() {
            return world.nanoTime();
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            return world.schedule(delay, task);
        }

        @Override
        public boolean await(CompletionStage<?> stage, Duration timeout) throws InterruptedException {
            return world.await(stage, timeout);
        }

        @Override
        public String newId() {
            return world.newId();
        }

        @Override
        public RandomGenerator random() {
            return world.random();
        }
    }

    private static BatchReport stop(EngineHarness world, int threads) {
        world.builder().environment(new Bounded(world.environment, threads));
        return world.run(BatchOperation.stop(), world.add(20, EngineHarness.running()));
    }

    @Test
    @DisplayName("carries a run through, if slowly (RUN-8)")
    void few() {
        for (int threads : new int[] {1, 4}) {
            try (EngineHarness world = EngineHarness.healthy()) {
                assertThat(stop(world, threads).count(TaskOutcome.Kind.SUCCEEDED))
                        .isEqualTo(20);
            }
        }
    }

    @Test
    @DisplayName("carries a run through when its calls time out but take their interrupts (RUN-8)")
    void slow() {
        FaultScript slow =
                FaultScript.none().always(CallPattern.of(OperationKind.STOP), Fault.of(FaultKind.BLOCK_AFTER_EFFECT));
        try (EngineHarness world = EngineHarness.with(slow)) {
            assertThat(stop(world, 4).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(20);
        }
    }

    @Test
    @DisplayName(
            "lets a run end when calls that never return hold every thread: what has not begun is NOT_ATTEMPTED (RUN-10)")
    void allHang() {
        FaultScript hang = FaultScript.none()
                .always(CallPattern.of(OperationKind.STOP), Fault.of(FaultKind.NEVER_RETURN_AFTER_EFFECT));
        try (EngineHarness world = EngineHarness.with(hang)) {
            BatchReport report = stop(world, 4);
            assertThat(report.count(TaskOutcome.Kind.UNKNOWN)).isEqualTo(4);
            assertThat(report.count(TaskOutcome.Kind.NOT_ATTEMPTED)).isEqualTo(16);
        }
    }

    @Test
    @DisplayName(
            "that is busy with something else for ever fails a plan, and ends a run, instead of letting them wait (RUN-8)")
    void occupied() {
        try (EngineHarness world =
                new EngineHarness(PlatformSettings.of(1), FaultScript.none(), UnaryOperator.identity())) {
            List<TaskRef> tasks = world.add(3, EngineHarness.running());
            BatchPlan plan = world.plan(BatchOperation.stop(), tasks);
            world.builder().environment(new Bounded(world.environment, 0));
            try (BatchEngine occupied = world.builder().build()) {
                BatchReport report = world.await(occupied.run(plan.confirm(ANN, "because")));
                assertThat(report.count(TaskOutcome.Kind.NOT_ATTEMPTED)).isEqualTo(3);
                assertThatThrownBy(() -> occupied.plan(BatchRequest.of("other", ANN, BatchOperation.stop(), tasks)))
                        .isInstanceOf(GatewayException.class);
                assertThat(world.environment.elapsed()).isLessThan(Duration.ofMinutes(5));
            }
        }
    }
}
