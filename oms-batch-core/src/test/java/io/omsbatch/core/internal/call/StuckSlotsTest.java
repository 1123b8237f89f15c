package io.omsbatch.core.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.Environment;
import io.omsbatch.testkit.fake.VirtualEnvironment;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("When no call can be made any more")
class StuckSlotsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Test
    @DisplayName("RUN-10: every source is told, one more timeout after the last slot was given up")
    void told() {
        try (VirtualEnvironment environment = new VirtualEnvironment(1)) {
            CallDispatcher dispatcher = new CallDispatcher(environment, 2, TIMEOUT);
            WorkQueue source = new WorkQueue();
            WorkQueue other = new WorkQueue();
            occupy(environment, dispatcher, source, Duration.ofHours(5));
            environment.advance(Duration.ofSeconds(3));
            occupy(environment, dispatcher, source, Duration.ofHours(5));
            dispatcher.signal(other);
            environment.advance(Duration.ofSeconds(19));
            assertThat(source.unresponsive).hasValue(0);
            environment.advance(Duration.ofSeconds(1));
            assertThat(source.unresponsive).hasValue(1);
            assertThat(other.unresponsive).hasValue(1);
        }
    }

    @Test
    @DisplayName("RUN-10: nobody is told while one slot is left, however long the others are held")
    void oneIsLeft() {
        try (VirtualEnvironment environment = new VirtualEnvironment(2)) {
            CallDispatcher dispatcher = new CallDispatcher(environment, 2, TIMEOUT);
            WorkQueue source = new WorkQueue();
            occupy(environment, dispatcher, source, Duration.ofHours(5));
            for (int i = 0; i < 100; i++) {
                occupy(environment, dispatcher, source, Duration.ofSeconds(9));
            }
            environment.advance(Duration.ofMinutes(20));
            assertThat(source.left()).isEmpty();
            assertThat(source.unresponsive).hasValue(0);
        }
    }

    @Test
    @DisplayName("a source that comes later is told as well, after one timeout")
    void toldLater() {
        try (VirtualEnvironment environment = new VirtualEnvironment(3)) {
            CallDispatcher dispatcher = new CallDispatcher(environment, 1, TIMEOUT);
            WorkQueue source = new WorkQueue();
            occupy(environment, dispatcher, source, Duration.ofHours(5));
            environment.advance(Duration.ofMinutes(1));
            WorkQueue late = new WorkQueue();
            dispatcher.signal(late);
            environment.advance(Duration.ofSeconds(9));
            assertThat(late.unresponsive).hasValue(0);
            environment.advance(Duration.ofSeconds(1));
            assertThat(late.unresponsive).hasValue(1);
        }
    }

    @Test
    @DisplayName("calls that return after all give their slots back, and work goes on")
    void recovery() {
        try (VirtualEnvironment environment = new VirtualEnvironment(4)) {
            CallDispatcher dispatcher = new CallDispatcher(environment, 2, TIMEOUT);
            WorkQueue source = new WorkQueue();
            List<Duration> begun = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                occupy(environment, dispatcher, source, Duration.ofSeconds(18));
            }
            for (int i = 0; i < 4; i++) {
                source.add(slot -> dispatcher.call(slot, () -> begun.add(environment.elapsed()), result -> {}));
            }
            environment.runUntilIdle();
            assertThat(source.unresponsive)
                    .as("they returned within the second timeout")
                    .hasValue(0);
            assertThat(begun).hasSize(4).containsOnly(Duration.ofSeconds(18));

            for (int i = 0; i < 2; i++) {
                occupy(environment, dispatcher, source, Duration.ofHours(1));
            }
            environment.runUntilIdle();
            assertThat(source.unresponsive).as("the second time they did not").hasValue(1);
        }
    }

    @Test
    @DisplayName("RUN-10: nobody is told when all calls are slow but take their interrupts, however long that goes on")
    void slowOnly() {
        for (long seed = 0; seed < 20; seed++) {
            try (VirtualEnvironment environment = new VirtualEnvironment(seed)) {
                CallDispatcher dispatcher = new CallDispatcher(environment, 3, TIMEOUT);
                WorkQueue source = new WorkQueue();
                for (int i = 0; i < 60; i++) {
                    source.add(slot -> dispatcher.call(
                            slot,
                            () -> {
                                environment.sleep(Duration.ofHours(1));
                                return "";
                            },
                            result -> {}));
                }
                dispatcher.signal(source);
                environment.runUntilIdle();
                assertThat(source.unresponsive).as("seed %d", seed).hasValue(0);
            }
        }
    }

    @Test
    @DisplayName("a source that throws when it is told keeps nobody else from being told")
    void toldOneThrows() {
        try (VirtualEnvironment environment = new VirtualEnvironment(5)) {
            CallDispatcher dispatcher = new CallDispatcher(environment, 1, TIMEOUT);
            WorkSource broken = new WorkSource() {
                @Override
                public @Nullable Work next() {
                    return null;
                }

                @Override
                public void unresponsive() {
                    throw new AssertionError("broken source");
                }
            };
            WorkQueue source = new WorkQueue();
            occupy(environment, dispatcher, source, Duration.ofHours(1));
            environment.advance(Duration.ofSeconds(1));
            dispatcher.signal(broken);
            environment.advance(Duration.ofMinutes(1));
            assertThat(source.unresponsive.get()).isPositive();
            assertThat(environment.uncaught()).isEmpty();
        }
    }

    @Test
    @DisplayName("an executor that refuses, or cannot make a thread, costs no slot, and the sources are told at once")
    void executorRefuses() {
        for (Throwable refusal : List.of(new RejectedExecutionException("shut down"), new OutOfMemoryError("thread"))) {
            try (VirtualEnvironment environment = new VirtualEnvironment(6)) {
                Refusing refusing = new Refusing(environment);
                CallDispatcher dispatcher = new CallDispatcher(refusing, 1, TIMEOUT);
                WorkQueue source = new WorkQueue();
                List<String> calls = new ArrayList<>();
                source.add(slot -> dispatcher.call(slot, () -> calls.add("made"), result -> {}));
                refusing.refusal = refusal;
                dispatcher.signal(source);
                environment.runUntilIdle();
                assertThat(source.unresponsive).hasValue(1);
                assertThat(calls).isEmpty();

                refusing.refusal = null;
                dispatcher.signal(source);
                environment.runUntilIdle();
                assertThat(calls).containsExactly("made");
            }
        }
    }

    @Test
    @DisplayName(
            "a call is given up even when the executor refuses to follow it up, and when no timer can be set it fails")
    void refusedFollowUp() {
        try (VirtualEnvironment environment = new VirtualEnvironment(7)) {
            Refusing refusing = new Refusing(environment);
            CallDispatcher dispatcher = new CallDispatcher(refusing, 1, TIMEOUT);
            WorkQueue source = new WorkQueue();
            List<CallResult<String>> results = new ArrayList<>();
            source.add(slot -> dispatcher.call(
                    slot,
                    () -> {
                        environment.sleep(Duration.ofMinutes(1));
                        return "";
                    },
                    results::add));
            dispatcher.signal(source);
            environment.advance(Duration.ofSeconds(1));
            refusing.refusal = new RejectedExecutionException("shut down");
            environment.runUntilIdle();
            assertThat(results).singleElement().matches(CallResult::timedOut);

            refusing.refusal = null;
            refusing.noTimers = true;
            source.add(slot -> dispatcher.call(slot, () -> "", results::add));
            dispatcher.signal(source);
            environment.runUntilIdle();
            assertThat(results).hasSize(2).last().matches(result -> result.failure() != null);
        }
    }

    private static void occupy(
            VirtualEnvironment environment, CallDispatcher dispatcher, WorkQueue source, Duration duration) {
        source.add(slot -> dispatcher.call(
                slot,
                () -> {
                    Duration end = environment.elapsed().plus(duration);
                    while (environment.elapsed().compareTo(end) < 0) {
                        try {
                            environment.sleep(end.minus(environment.elapsed()));
                        } catch (InterruptedException stubborn) {
                            // goes on all the same
                        }
                    }
                    return "";
                },
                result -> {}));
        dispatcher.signal(source);
    }

    /** An environment that can be told to refuse. */
    private static final class Refusing implements Environment {

        private final VirtualEnvironment world;
        private Throwable refusal;
        private boolean noTimers;

        Refusing(VirtualEnvironment world) {
            this.world = world;
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
        public Executor executor() {
            return task -> {
                if (refusal instanceof RuntimeException refused) {
                    throw refused;
                }
                if (refusal instanceof Error refused) {
                    throw refused;
                }
                world.executor().execute(task);
            };
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            if (noTimers) {
                throw new RejectedExecutionException("the timer is shut down");
            }
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
}
