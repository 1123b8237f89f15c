package io.omsbatch.core.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.core.Through;
import io.omsbatch.testkit.fake.VirtualEnvironment;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The call dispatcher")
class CallDispatcherTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    @Test
    @DisplayName("RUN-10: has never more calls in flight than the limit, and uses all of it")
    void limit() {
        for (long seed = 0; seed < 50; seed++) {
            int limit = 1 + (int) (seed % 5);
            try (VirtualEnvironment environment = new VirtualEnvironment(seed)) {
                CallDispatcher dispatcher = new CallDispatcher(environment, limit, TIMEOUT);
                AtomicInteger inFlight = new AtomicInteger();
                AtomicInteger most = new AtomicInteger();
                AtomicInteger results = new AtomicInteger();
                List<WorkQueue> sources = List.of(new WorkQueue(), new WorkQueue(), new WorkQueue());
                for (int i = 0; i < 60; i++) {
                    sources.get(i % 3)
                            .add(slot -> dispatcher.call(
                                    slot,
                                    () -> {
                                        most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                                        environment.sleep(Duration.ofMillis(
                                                environment.random().nextInt(100)));
                                        return inFlight.getAndDecrement();
                                    },
                                    result -> results.incrementAndGet()));
                }
                sources.forEach(dispatcher::signal);
                environment.runUntilIdle();
                assertThat(most).as("seed %d", seed).hasValue(limit);
                assertThat(results).as("seed %d", seed).hasValue(60);
                assertThat(environment.uncaught()).isEmpty();
            }
        }
    }

    /** Counts the threads that were asked for and have not begun, and those that have. */
    private record Counted(VirtualEnvironment world, AtomicInteger asked, AtomicInteger mostAsked, AtomicInteger begun)
            implements Through {
        @Override
        public Executor calls() {
            return task -> {
                mostAsked.accumulateAndGet(asked.incrementAndGet(), Math::max);
                world.executor().execute(() -> {
                    asked.decrementAndGet();
                    begun.incrementAndGet();
                    task.run();
                });
            };
        }
    }

    @Test
    @DisplayName("asks for one thread at a time, however often it is told of work, and uses all slots all the same")
    void oneThreadAtATime() {
        try (VirtualEnvironment environment = new VirtualEnvironment(6)) {
            Counted counted = new Counted(environment, new AtomicInteger(), new AtomicInteger(), new AtomicInteger());
            CallDispatcher dispatcher = new CallDispatcher(counted, 8, TIMEOUT);
            List<Duration> ends = new ArrayList<>();
            WorkQueue source = new WorkQueue();
            for (int i = 0; i < 100; i++) {
                source.add(slot -> dispatcher.call(
                        slot,
                        () -> {
                            environment.sleep(Duration.ofSeconds(1));
                            return "";
                        },
                        result -> {
                            ends.add(environment.elapsed());
                            dispatcher.signal(source);
                        }));
                dispatcher.signal(source);
            }
            environment.runUntilIdle();
            assertThat(ends).hasSize(100).last().isEqualTo(Duration.ofSeconds(13));
            assertThat(counted.mostAsked()).hasValue(1);
            assertThat(counted.begun()).hasValueLessThan(20);
        }
    }

    @Test
    @DisplayName("hands on what the call returned or threw, with its begin and end")
    void results() {
        try (VirtualEnvironment environment = new VirtualEnvironment(1)) {
            CallDispatcher dispatcher = new CallDispatcher(environment, 1, TIMEOUT);
            List<CallResult<String>> results = new ArrayList<>();
            long begun = environment.nanoTime();
            IOException failure = new IOException("cut");
            StackOverflowError error = new StackOverflowError();
            WorkQueue source = new WorkQueue();
            source.add(slot -> dispatcher.call(
                    slot,
                    () -> {
                        environment.sleep(Duration.ofSeconds(3));
                        return "value";
                    },
                    results::add));
            source.add(slot -> dispatcher.<String>call(slot, () -> null, results::add));
            source.add(slot -> dispatcher.<String>call(
                    slot,
                    () -> {
                        throw failure;
                    },
                    results::add));
            source.add(slot -> dispatcher.<String>call(
                    slot,
                    () -> {
                        throw error;
                    },
                    results::add));
            dispatcher.signal(source);
            environment.runUntilIdle();

            assertThat(results).extracting(CallResult::value).containsExactly("value", null, null, null);
            assertThat(results).extracting(CallResult::failure).containsExactly(null, null, failure, error);
            assertThat(results).extracting(CallResult::timedOut).containsOnly(false);
            assertThat(results.get(0).begunAt() - begun).isZero();
            assertThat(results.get(0).endedAt() - begun)
                    .isEqualTo(Duration.ofSeconds(3).toNanos());
            assertThat(results.get(0).ticket().returnedAt())
                    .hasValue(results.get(0).endedAt());
        }
    }

    @Test
    @DisplayName("takes turns between its sources, so that a small one never waits for a large one")
    void fairness() {
        try (VirtualEnvironment environment = new VirtualEnvironment(2)) {
            CallDispatcher dispatcher = new CallDispatcher(environment, 1, TIMEOUT);
            List<String> order = new ArrayList<>();
            WorkQueue large = new WorkQueue();
            WorkQueue small = new WorkQueue();
            for (int i = 0; i < 1_000; i++) {
                large.add(called(dispatcher, order, "large"));
            }
            for (int i = 0; i < 5; i++) {
                small.add(called(dispatcher, order, "small"));
            }
            dispatcher.signal(large);
            dispatcher.signal(small);
            environment.runUntilIdle();
            assertThat(order).hasSize(1_005);
            assertThat(order.subList(0, 11)).filteredOn("small"::equals).hasSize(5);
        }
    }

    private static Work called(CallDispatcher dispatcher, List<String> order, String name) {
        return slot -> dispatcher.call(slot, () -> name, result -> order.add(result.value()));
    }

    @Test
    @DisplayName("RUN-6: goes on when the reaction to a result throws")
    void reactionThrows() {
        try (VirtualEnvironment environment = new VirtualEnvironment(3)) {
            CallDispatcher dispatcher = new CallDispatcher(environment, 1, TIMEOUT);
            List<String> order = new ArrayList<>();
            WorkQueue source = new WorkQueue();
            source.add(slot -> dispatcher.call(slot, () -> "first", result -> {
                throw new IllegalStateException("reaction");
            }));
            source.add(slot -> {
                throw new StackOverflowError("work");
            });
            source.add(called(dispatcher, order, "after"));
            dispatcher.signal(source);
            environment.runUntilIdle();
            assertThat(order).containsExactly("after");
            assertThat(environment.uncaught()).isEmpty();
        }
    }

    @Test
    @DisplayName("RUN-6: loses no slot to a source whose next() throws")
    void sourceThrows() {
        try (VirtualEnvironment environment = new VirtualEnvironment(4)) {
            CallDispatcher dispatcher = new CallDispatcher(environment, 2, TIMEOUT);
            WorkSource broken = new WorkSource() {
                @Override
                public @Nullable Work next() {
                    throw new AssertionError("broken source");
                }

                @Override
                public void unresponsive() {}
            };
            for (int i = 0; i < 10; i++) {
                dispatcher.signal(broken);
                environment.runUntilIdle();
            }
            List<String> order = new ArrayList<>();
            WorkQueue source = new WorkQueue();
            source.add(called(dispatcher, order, "a")).add(called(dispatcher, order, "b"));
            dispatcher.signal(source);
            environment.runUntilIdle();
            assertThat(order).containsExactlyInAnyOrder("a", "b");
        }
    }

    @Test
    @DisplayName("makes one call after the other within one piece of work")
    void callsInTurn() {
        try (VirtualEnvironment environment = new VirtualEnvironment(5)) {
            CallDispatcher dispatcher = new CallDispatcher(environment, 1, TIMEOUT);
            List<String> order = new ArrayList<>();
            WorkQueue source = new WorkQueue();
            source.add(slot -> {
                dispatcher.call(slot, () -> "first", result -> order.add(result.value()));
                dispatcher.call(slot, () -> "second", result -> order.add(result.value()));
            });
            dispatcher.signal(source);
            environment.runUntilIdle();
            assertThat(order).containsExactly("first", "second");
        }
    }

    @Test
    @DisplayName("notices every signal, however signals and the end of work meet")
    void noSignalIsLost() {
        for (long seed = 0; seed < 200; seed++) {
            try (VirtualEnvironment environment = new VirtualEnvironment(seed)) {
                CallDispatcher dispatcher = new CallDispatcher(environment, 2, TIMEOUT);
                WorkQueue source = new WorkQueue();
                CompletableFuture<Void> all = new CompletableFuture<>();
                AtomicInteger results = new AtomicInteger();
                for (int i = 0; i < 20; i++) {
                    environment.executor().execute(() -> {
                        environment.pass();
                        source.add(slot -> dispatcher.call(
                                slot,
                                () -> {
                                    environment.pass();
                                    return "";
                                },
                                result -> {
                                    if (results.incrementAndGet() == 20) {
                                        all.complete(null);
                                    }
                                }));
                        environment.pass();
                        dispatcher.signal(source);
                    });
                }
                environment.runUntilIdle();
                assertThat(all).as("seed %d, %s results", seed, results).isDone();
                assertThat(source.left()).isEmpty();
            }
        }
    }
}
