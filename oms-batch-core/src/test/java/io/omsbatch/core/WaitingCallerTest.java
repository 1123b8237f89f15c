package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.PlanRefusedException;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.settings.CallSettings;
import io.omsbatch.core.settings.EngineSettings;
import io.omsbatch.testkit.fake.VirtualEnvironment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Whoever waits for a plan or a selection")
class WaitingCallerTest {

    private static final List<TaskRef> TASKS = List.of(new TaskRef("p", "a"), new TaskRef("p", "b"));

    private final VirtualEnvironment environment = new VirtualEnvironment(1);
    private final List<Throwable> thrown = new ArrayList<>();
    private Runnable onCall = () -> {};
    private int calls;

    private final BatchEngine engine = OmsBatch.engine(new Endless())
            .environment(environment)
            .settings(EngineSettings.defaults()
                    .withCalls(CallSettings.defaults().withConcurrency(1))
                    .withCloseTimeout(Duration.ofSeconds(5)))
            .build();

    @AfterEach
    void end() {
        engine.close();
        environment.close();
    }

    /** Knows every task, and never sends the last page. */
    private final class Endless implements TaskGateway {

        @Override
        public GatewayCapabilities capabilities() {
            return GatewayCapabilities.of();
        }

        @Override
        public Map<TaskRef, MigrationTask> read(Set<TaskRef> tasks) {
            calls++;
            onCall.run();
            Map<TaskRef, MigrationTask> found = new HashMap<>();
            tasks.forEach(task -> found.put(task, MigrationTask.builder(task).build()));
            return found;
        }

        @Override
        public TaskPage list(@Nullable String from, int size) {
            calls++;
            onCall.run();
            TaskRef task = new TaskRef("p", "t" + calls);
            return new TaskPage(List.of(MigrationTask.builder(task).build()), "page " + calls);
        }

        @Override
        public GatewayReply command(TaskCommand command) {
            return GatewayReply.done();
        }
    }

    private void plan() {
        engine.plan(BatchRequest.of("r", ANN, BatchOperation.start(), TASKS));
    }

    /** Blocks for a day of virtual time and does not care about interrupts. */
    private void hang() {
        Duration end = environment.elapsed().plusDays(1);
        while (environment.elapsed().compareTo(end) < 0) {
            try {
                environment.sleep(end.minus(environment.elapsed()));
            } catch (InterruptedException stubborn) {
                // goes on all the same
            }
        }
    }

    private void inThread(Runnable task) {
        environment.executor().execute(() -> {
            try {
                task.run();
            } catch (RuntimeException refused) {
                thrown.add(refused);
            }
        });
    }

    private void assertRefusedAtClose() {
        environment.advance(Duration.ofMillis(100));
        Duration before = environment.elapsed();
        inThread(engine::close);
        environment.advance(Duration.ofMillis(100));
        assertThat(environment.elapsed()).isEqualTo(before.plusMillis(100));
        assertThat(thrown)
                .singleElement()
                .isInstanceOfSatisfying(
                        PlanRefusedException.class,
                        refused -> assertThat(refused.why()).isEqualTo(PlanRefusedException.Why.ENGINE_CLOSED));
    }

    @Test
    @DisplayName("is refused as soon as the engine is closed, though the gateway ignores its interrupts (RUN-8)")
    void closedWhileReading() {
        onCall = this::hang;
        inThread(this::plan);
        assertRefusedAtClose();
    }

    @Test
    @DisplayName("is refused as soon as the engine is closed, also between two attempts, and no other is made")
    void closedWhileWaiting() {
        onCall = () -> {
            throw GatewayException.transientFailure("down", null);
        };
        inThread(this::plan);
        assertRefusedAtClose();
        int before = calls;
        environment.advance(Duration.ofMinutes(10));
        assertThat(calls).isEqualTo(before);
    }

    @Test
    @DisplayName("is refused as soon as the engine is closed while it lists, and no other page is asked for")
    void closedWhileListing() {
        onCall = () -> {
            try {
                environment.sleep(Duration.ofMillis(30));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        };
        inThread(() -> engine.select(task -> false, 5));
        assertRefusedAtClose();
        int before = calls;
        environment.advance(Duration.ofMinutes(10));
        assertThat(calls).isEqualTo(before);
    }

    @Test
    @DisplayName("and is interrupted ends its listing: no other page is asked for")
    void interrupted() {
        onCall = environment::pass;
        inThread(() -> engine.select(
                task -> {
                    if (calls == 10) {
                        Thread.currentThread().interrupt();
                    }
                    return false;
                },
                5));
        environment.advance(Duration.ofMinutes(1));
        assertThat(thrown)
                .singleElement()
                .isInstanceOf(GatewayException.class)
                .hasToString("io.omsbatch.api.gateway.GatewayException:"
                        + " the thread was interrupted while it waited for the platform");
        assertThat(calls).isLessThanOrEqualTo(11);
    }

    @Test
    @DisplayName("may plan while it chooses, and hang there, because it holds no call slot (RUN-8)")
    void choosesInItsOwnThread() {
        List<Thread> asked = new ArrayList<>();
        List<TaskRef> selected = engine.select(
                task -> {
                    asked.add(Thread.currentThread());
                    plan();
                    return true;
                },
                2);
        assertThat(selected).hasSize(2);
        assertThat(asked).containsOnly(Thread.currentThread());
        inThread(() -> engine.select(
                task -> {
                    hang();
                    return true;
                },
                2));
        environment.advance(Duration.ofMinutes(1));
        Duration before = environment.elapsed();
        plan();
        assertThat(environment.elapsed()).isEqualTo(before);
    }

    @Test
    @DisplayName("is thrown what its own choice throws, and the engine goes on")
    void choiceThrows() {
        assertThatThrownBy(() -> engine.select(
                        task -> {
                            throw new IllegalStateException("mine");
                        },
                        2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("mine");
        plan();
    }
}
