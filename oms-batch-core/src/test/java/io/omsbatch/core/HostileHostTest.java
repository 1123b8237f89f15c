package io.omsbatch.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.settings.CallSettings;
import io.omsbatch.testkit.fake.FakePlatform;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.FaultScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A host that misbehaves")
class HostileHostTest {

    /** Empties the set it was given once it has read it. */
    private record Emptying(FakePlatform platform) implements TaskGateway {

        @Override
        public GatewayCapabilities capabilities() {
            return platform.capabilities();
        }

        @Override
        public Map<TaskRef, MigrationTask> read(Set<TaskRef> tasks) {
            Map<TaskRef, MigrationTask> found = platform.read(tasks);
            tasks.clear();
            return found;
        }

        @Override
        public TaskPage list(String from, int size) {
            return platform.list(from, size);
        }

        @Override
        public GatewayReply command(TaskCommand command) {
            return platform.command(command);
        }
    }

    @Test
    @DisplayName("and changes the set its gateway was given loses no task (RUN-6)")
    void emptiesItsArgument() throws InterruptedException {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<TaskRef> tasks = world.add(5, EngineHarness.running());
            BatchEngine engine = OmsBatch.engine(new Emptying(world.platform))
                    .environment(world.environment)
                    .build();
            BatchPlan plan = engine.plan(BatchRequest.of("r", EngineHarness.ANN, BatchOperation.stop(), tasks));
            BatchReport report = engine.run(plan.confirm(EngineHarness.ANN, "because"))
                    .await(EngineHarness.LONG)
                    .orElseThrow();
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(5);
            engine.close();
        }
    }

    @Test
    @DisplayName("and plans in a callback of the completion does not wait for a slot that it holds itself (RUN-8)")
    void plansInCallback() {
        try (EngineHarness world = new EngineHarness(
                PlatformSettings.of(1),
                FaultScript.none(),
                settings -> settings.withCalls(CallSettings.defaults().withConcurrency(1)))) {
            List<TaskRef> tasks = world.add(1, EngineHarness.running());
            BatchRun run = world.start(BatchOperation.stop(), tasks);
            List<Duration> planned = new ArrayList<>();
            CompletionStage<Void> callback = run.completion().thenAccept(report -> {
                world.plan(BatchOperation.resume(), tasks);
                planned.add(world.environment.elapsed());
            });
            world.environment.advance(Duration.ofHours(2));
            assertThat(callback.toCompletableFuture()).isCompleted();
            assertThat(planned)
                    .singleElement()
                    .satisfies(when -> assertThat(when).isLessThan(Duration.ofMinutes(1)));
        }
    }

    @Test
    @DisplayName("and whose access policy throws anything is taken to deny (SEC-1)")
    void accessPolicyThrows() {
        try (EngineHarness world = EngineHarness.healthy()) {
            world.builder().access((actor, operation, task) -> {
                throw new AssertionError("broken");
            });
            BatchReport report = world.run(BatchOperation.stop(), world.add(2, EngineHarness.running()));
            assertThat(report.count(TaskOutcome.Kind.DENIED)).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("and whose access policy hangs for one task harms that task alone, and the run goes on (RUN-6, RUN-8)")
    void accessPolicyHangs() {
        for (boolean stubborn : new boolean[] {false, true}) {
            try (EngineHarness world = EngineHarness.healthy()) {
                List<TaskRef> tasks = world.add(250, EngineHarness.running());
                TaskRef poison = tasks.get(7);
                boolean[] hangs = {false};
                world.builder().access((actor, operation, task) -> {
                    if (hangs[0] && task.equals(poison)) {
                        hang(world, stubborn);
                    }
                    return true;
                });
                BatchPlan plan = world.plan(BatchOperation.stop(), tasks);
                hangs[0] = true;
                BatchReport report = world.await(world.engine().run(plan.confirm(EngineHarness.ANN, "because")));
                assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(249);
                assertThat(world.outcome(report, poison).kind()).isEqualTo(TaskOutcome.Kind.DENIED);
                assertThat(world.environment.elapsed()).isLessThan(Duration.ofMinutes(2));
            }
        }
    }

    @Test
    @DisplayName("and whose access policy hangs for every task takes the slots, and what has not begun ends (RUN-10)")
    void accessPolicyAlwaysHangs() {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<TaskRef> tasks = world.add(50, EngineHarness.running());
            boolean[] hangs = {false};
            world.builder().access((actor, operation, task) -> {
                if (hangs[0]) {
                    hang(world, true);
                }
                return true;
            });
            BatchPlan plan = world.plan(BatchOperation.stop(), tasks);
            hangs[0] = true;
            BatchReport report = world.await(world.engine().run(plan.confirm(EngineHarness.ANN, "because")));
            assertThat(report.count(TaskOutcome.Kind.DENIED)).isEqualTo(16);
            assertThat(report.count(TaskOutcome.Kind.NOT_ATTEMPTED)).isEqualTo(34);
            assertThat(world.commands()).isEmpty();
        }
    }

    static void hang(EngineHarness world, boolean stubborn) {
        Duration end = world.environment.elapsed().plusDays(30);
        while (world.environment.elapsed().compareTo(end) < 0) {
            try {
                world.environment.sleep(end.minus(world.environment.elapsed()));
            } catch (InterruptedException interrupted) {
                if (!stubborn) {
                    throw new IllegalStateException(interrupted);
                }
            }
        }
    }
}
