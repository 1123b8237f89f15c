package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.PlanRefusedException;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.Confirmation;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.journal.InMemoryJournalStore;
import io.omsbatch.testkit.fake.FakePlatform;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fake.VirtualEnvironment;
import io.omsbatch.testkit.fault.FaultScript;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RUN-11: A plan that is confirmed again")
class RepeatedConfirmationTest {

    /** A journal whose every call lets other threads go first. */
    private static JournalStore slow(VirtualEnvironment environment) {
        JournalStore store = new InMemoryJournalStore(environment.clock());
        return (JournalStore) Proxy.newProxyInstance(
                JournalStore.class.getClassLoader(),
                new Class<?>[] {JournalStore.class},
                (proxy, method, arguments) -> {
                    environment.pass();
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    } finally {
                        environment.pass();
                    }
                });
    }

    @Test
    @DisplayName("leads to one run, however many threads confirm it at the same time, or another plan of its request")
    void atTheSameTime() {
        for (long seed = 0; seed < 100; seed++) {
            try (VirtualEnvironment environment = new VirtualEnvironment(seed)) {
                FakePlatform platform = new FakePlatform(environment, PlatformSettings.of(seed), FaultScript.none());
                BatchEngine engine = OmsBatch.engine(platform)
                        .environment(environment)
                        .journal(slow(environment))
                        .build();
                BatchRequest request =
                        BatchRequest.of("r", ANN, BatchOperation.stop(), List.of(new TaskRef("p", "absent")));
                BatchPlan plan = engine.plan(request);
                environment.advance(Duration.ofSeconds(1));
                Confirmation other = engine.plan(request).confirm(ANN, "because");
                Confirmation same = plan.confirm(ANN, "because");
                Set<String> led = new HashSet<>();
                List<Confirmation> confirmations = List.of(same, same, other, same, other);
                List<String> answers = new ArrayList<>();
                for (Confirmation confirmation : confirmations) {
                    environment.executor().execute(() -> {
                        try {
                            led.add(engine.run(confirmation).id());
                            answers.add("");
                        } catch (PlanRefusedException refused) {
                            answers.add(refused.getMessage());
                        }
                    });
                }
                environment.runUntilIdle();
                assertThat(answers).as("seed %d", seed).hasSize(5).containsOnly("");
                assertThat(led).as("seed %d", seed).hasSize(1);
                engine.close();
            }
        }
    }

    @Test
    @DisplayName("on another engine with the same journal leads to the run, also after the plan has expired")
    void onAnotherEngine() throws InterruptedException {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<TaskRef> tasks = world.add(2, EngineHarness.running());
            Confirmation confirmation = world.plan(BatchOperation.stop(), tasks).confirm(ANN, "because");
            String runId = world.engine().run(confirmation).id();
            try (BatchEngine other = world.builder().build()) {
                for (int i = 0; i < 2; i++) {
                    BatchRun followed = other.run(confirmation);
                    assertThat(followed.id()).isEqualTo(runId);
                    BatchReport report = followed.await(Duration.ofHours(1)).orElseThrow();
                    assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(2);
                    world.environment.advance(Duration.ofMinutes(30));
                }
            }
        }
    }
}
