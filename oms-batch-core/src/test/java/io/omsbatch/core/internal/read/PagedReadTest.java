package io.omsbatch.core.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.call.CallDispatcher;
import io.omsbatch.core.internal.limit.CallRate;
import io.omsbatch.core.internal.pace.Backoff;
import io.omsbatch.core.settings.RetrySettings;
import io.omsbatch.testkit.fake.VirtualEnvironment;
import java.io.IOException;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A paged read")
class PagedReadTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final RetrySettings RETRY = RetrySettings.defaults();

    private final VirtualEnvironment environment = new VirtualEnvironment(7);
    private final StubGateway gateway = new StubGateway();
    private final CallDispatcher dispatcher = new CallDispatcher(environment, 4, TIMEOUT);

    @AfterEach
    void end() {
        environment.close();
    }

    private CompletableFuture<Map<TaskRef, Looked<MigrationTask>>> begin(int tasks, int pageSize) {
        PagedRead<MigrationTask> read = new PagedRead<>(
                Readers.tasks(gateway),
                new ReadMeans(
                        environment,
                        new Looker(dispatcher, new CallRate(environment, null)),
                        new Backoff(RETRY, environment.random()),
                        RETRY.retries()));
        return read.begin(StubGateway.refs(tasks), pageSize);
    }

    private Map<TaskRef, Looked<MigrationTask>> read(int tasks, int pageSize) {
        CompletableFuture<Map<TaskRef, Looked<MigrationTask>>> done = begin(tasks, pageSize);
        environment.runUntilIdle();
        assertThat(done).isCompleted();
        assertThat(environment.uncaught()).isEmpty();
        return done.join();
    }

    private Throwable failure(int tasks, int pageSize) {
        CompletableFuture<Map<TaskRef, Looked<MigrationTask>>> done = begin(tasks, pageSize);
        environment.runUntilIdle();
        assertThat(done).isCompletedExceptionally();
        try {
            done.join();
            throw new AssertionError("unreachable");
        } catch (CompletionException failed) {
            return failed.getCause();
        }
    }

    @Test
    @DisplayName("asks for every task once, in pages of the wanted size")
    void pages() {
        Map<TaskRef, Looked<MigrationTask>> looks = read(250, 100);
        assertThat(looks).hasSize(250);
        assertThat(looks.values()).allMatch(look -> look.value() != null);
        assertThat(gateway.reads).extracting(Set::size).containsExactlyInAnyOrder(100, 100, 50);
        assertThat(gateway.reads.stream().flatMap(Set::stream)).hasSize(250).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("of nothing is complete without a call")
    void nothing() {
        assertThat(read(0, 100)).isEmpty();
        assertThat(gateway.reads).isEmpty();
    }

    @Test
    @DisplayName("takes a missing task for absent, and nothing else")
    void absent() {
        gateway.reading = tasks -> {
            Map<TaskRef, MigrationTask> answer = StubGateway.all(tasks);
            answer.remove(StubGateway.ref(1));
            answer.put(StubGateway.ref(99), StubGateway.task(StubGateway.ref(99)));
            return answer;
        };
        Map<TaskRef, Looked<MigrationTask>> looks = read(3, 100);
        assertThat(looks).containsOnlyKeys(StubGateway.refs(3));
        assertThat(looks.get(StubGateway.ref(0)).absent()).isFalse();
        assertThat(looks.get(StubGateway.ref(1)).absent()).isTrue();
    }

    @Test
    @DisplayName("asks a page again after a failure that may pass")
    void retries() {
        int[] failures = {RETRY.retries()};
        gateway.reading = tasks -> {
            if (failures[0]-- > 0) {
                throw GatewayException.transientFailure("busy", null);
            }
            return StubGateway.all(tasks);
        };
        assertThat(read(3, 100).values()).allMatch(look -> look.value() != null);
        assertThat(gateway.reads).hasSize(RETRY.retries() + 1);
    }

    @Test
    @DisplayName("RUN-8: fails in bounded time when the platform never recovers, whether it throws or does not answer")
    void deadGateway() {
        gateway.reading = tasks -> {
            throw GatewayException.transientFailure("down\u001b[2J for maintenance", null);
        };
        assertThat(failure(1_000, 100))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("down\\u{1b}[2J for maintenance");
        assertThat(environment.elapsed()).isLessThan(Duration.ofMinutes(10));

        Duration before = environment.elapsed();
        gateway.reading = tasks -> {
            environment.sleep(Duration.ofDays(1));
            return Map.of();
        };
        assertThat(failure(1_000, 100)).hasMessageContaining("did not return within 15000 ms");
        assertThat(environment.elapsed().minus(before)).isLessThan(Duration.ofMinutes(30));
    }

    @Test
    @DisplayName("RUN-8: fails when calls that never return hold every slot")
    void unresponsive() {
        gateway.reading = tasks -> {
            while (environment.elapsed().compareTo(Duration.ofDays(1)) < 0) {
                try {
                    environment.sleep(Duration.ofDays(1));
                } catch (InterruptedException stubborn) {
                    // goes on all the same
                }
            }
            return Map.of();
        };
        CompletableFuture<?> done = begin(1_000, 100);
        environment.advance(TIMEOUT.multipliedBy(6));
        assertThat(done).isCompletedExceptionally();
    }

    @Test
    @DisplayName("RUN-6: reads a broken page task by task, so that a poisonous task spoils only itself")
    void poison() {
        TaskRef poison = StubGateway.ref(5);
        for (Throwable thrown : List.of(
                new IllegalStateException("poison"),
                new StackOverflowError("poison"),
                new IOException("poison"),
                GatewayException.rejected("POISON", "poison", "take it away"))) {
            gateway.reads.clear();
            gateway.reading = tasks -> {
                if (tasks.contains(poison)) {
                    if (thrown instanceof Error error) {
                        throw error;
                    }
                    throw (Exception) thrown;
                }
                return StubGateway.all(tasks);
            };
            Map<TaskRef, Looked<MigrationTask>> looks = read(20, 10);
            assertThat(looks).hasSize(20);
            looks.forEach((ref, look) ->
                    assertThat(look.problem() == null).as("%s: %s", ref, look).isEqualTo(!ref.equals(poison)));
            assertThat(looks.get(poison).problem().message()).contains("poison");
            assertThat(gateway.reads).hasSize(12);
        }
    }

    @Test
    @DisplayName("RUN-6: believes no answer that is null, for another task, or cannot be looked at")
    void hostileAnswers() {
        gateway.reading = tasks -> null;
        assertThat(read(3, 3).values())
                .allMatch(look ->
                        look.problem() != null && look.problem().code().equals(ProblemCode.GATEWAY_BROKEN.name()));

        gateway.reading = tasks -> {
            Map<TaskRef, MigrationTask> answer = StubGateway.all(tasks);
            answer.computeIfPresent(StubGateway.ref(0), (ref, task) -> StubGateway.task(StubGateway.ref(2)));
            if (tasks.contains(StubGateway.ref(1))) {
                answer.put(StubGateway.ref(1), null);
            }
            return answer;
        };
        Map<TaskRef, Looked<MigrationTask>> looks = read(3, 3);
        assertThat(looks.get(StubGateway.ref(0)).problem().message()).contains("answered with p/t2 for p/t0");
        assertThat(looks.get(StubGateway.ref(1)).problem().message()).contains("answered null for p/t1");
        assertThat(looks.get(StubGateway.ref(2)).value()).isNotNull();
    }

    @Test
    @DisplayName("RUN-6: survives a map that throws at one task, and one with values of another type")
    @SuppressWarnings({"unchecked", "rawtypes"})
    void hostileMaps() {
        for (Throwable thrown : List.of(new IllegalStateException("map"), new StackOverflowError("map"))) {
            gateway.reading = tasks -> new AbstractMap<>() {
                @Override
                public MigrationTask get(Object key) {
                    if (key.equals(StubGateway.ref(1)) && thrown instanceof RuntimeException failure) {
                        throw failure;
                    }
                    if (key.equals(StubGateway.ref(1)) && thrown instanceof Error error) {
                        throw error;
                    }
                    return StubGateway.task((TaskRef) key);
                }

                @Override
                public Set<Entry<TaskRef, MigrationTask>> entrySet() {
                    throw new IllegalStateException("map");
                }
            };
            Map<TaskRef, Looked<MigrationTask>> looks = read(3, 3);
            assertThat(looks.get(StubGateway.ref(0)).value()).isNotNull();
            assertThat(looks.get(StubGateway.ref(1)).problem()).isNotNull();
            assertThat(looks.get(StubGateway.ref(2)).value()).isNotNull();
        }
        gateway.reading = tasks -> {
            Map answer = new HashMap(StubGateway.all(tasks));
            answer.put(StubGateway.ref(1), "a string");
            return answer;
        };
        assertThat(read(3, 3).get(StubGateway.ref(1)).problem()).isNotNull();
    }

    @Test
    @DisplayName("RUN-6: lets no gateway change which tasks were asked for")
    void gatewayChangesTheQuestion() {
        gateway.reading = tasks -> {
            Map<TaskRef, MigrationTask> found = StubGateway.all(tasks);
            tasks.clear();
            return found;
        };
        Map<TaskRef, Looked<MigrationTask>> looks = read(3, 3);
        assertThat(looks).hasSize(3);
        assertThat(looks.values()).noneMatch(look -> look.value() == null);
    }

    @Test
    @DisplayName("RUN-8: fails instead of waiting for ever when no timer can be set for its retry")
    void noTimer() {
        gateway.reading = tasks -> {
            throw GatewayException.transientFailure("busy", null);
        };
        Backoff broken = new Backoff(RETRY, () -> {
            throw new IllegalStateException("closed");
        });
        PagedRead<MigrationTask> read = new PagedRead<>(
                Readers.tasks(gateway),
                new ReadMeans(environment, new Looker(dispatcher, new CallRate(environment, null)), broken, 5));
        CompletableFuture<?> done = read.begin(StubGateway.refs(3), 3);
        environment.runUntilIdle();
        assertThat(done).isCompletedExceptionally();
    }

    @Test
    @DisplayName("asks for nothing more once nobody waits for it: neither further pages nor again")
    void ended() {
        gateway.reading = tasks -> {
            environment.sleep(Duration.ofSeconds(1));
            throw GatewayException.transientFailure("busy", null);
        };
        CompletableFuture<?> read = begin(1_000, 10);
        environment.advance(Duration.ofMillis(500));
        read.cancel(false);
        environment.runUntilIdle();
        assertThat(gateway.reads).hasSize(4);
    }
}
