package io.omsbatch.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A virtual environment")
class VirtualEnvironmentTest {

    private static final Duration LONG = Duration.ofDays(1);

    @Test
    @DisplayName("gives the same order of everything for the same seed, and other orders for other seeds")
    void oneSeedOneOrder() throws Exception {
        Set<List<String>> orders = new HashSet<>();
        for (long seed = 0; seed < 20; seed++) {
            List<String> first = orderOf(seed);
            assertThat(orderOf(seed)).as("seed %d run again", seed).isEqualTo(first);
            orders.add(first);
        }
        assertThat(orders).hasSizeGreaterThan(15);
    }

    private static List<String> orderOf(long seed) throws Exception {
        List<String> order = new ArrayList<>();
        try (VirtualEnvironment environment = new VirtualEnvironment(seed)) {
            CompletableFuture<Void> last = new CompletableFuture<>();
            for (int i = 0; i < 5; i++) {
                int number = i;
                environment.executor().execute(() -> {
                    order.add("begin " + number);
                    environment.pass();
                    sleep(environment, environment.random().nextInt(50));
                    order.add("end " + number + " at " + environment.elapsed());
                    environment.schedule(Duration.ofMillis(7), () -> {
                        order.add(environment.newId());
                        if (order.size() == 15) {
                            last.complete(null);
                        }
                    });
                });
            }
            assertThat(environment.await(last, LONG)).isTrue();
            order.add("steps " + environment.steps());
        }
        return order;
    }

    @Test
    @DisplayName("runs no task in the calling thread, and only one thread at a time")
    void oneThreadAtATime() {
        try (VirtualEnvironment environment = new VirtualEnvironment(1)) {
            Set<Thread> threads = new HashSet<>();
            int[] inside = {0, 0};
            for (int i = 0; i < 8; i++) {
                environment.executor().execute(() -> {
                    threads.add(Thread.currentThread());
                    for (int turn = 0; turn < 100; turn++) {
                        inside[0]++;
                        inside[1] = Math.max(inside[1], inside[0]);
                        inside[0]--;
                        environment.pass();
                    }
                });
            }
            assertThat(threads).isEmpty();
            environment.runUntilIdle();
            assertThat(threads).hasSize(8).doesNotContain(Thread.currentThread());
            assertThat(inside[1]).isOne();
        }
    }

    @Test
    @DisplayName("lets time pass only when nothing can happen, and then to the next timer")
    void timePasses() {
        try (VirtualEnvironment environment = new VirtualEnvironment(2)) {
            List<String> fired = new ArrayList<>();
            environment.schedule(Duration.ofSeconds(5), () -> fired.add("5 at " + environment.elapsed()));
            environment.schedule(Duration.ofSeconds(2), () -> fired.add("2 at " + environment.elapsed()));
            environment.schedule(Duration.ZERO, () -> fired.add("0 at " + environment.elapsed()));
            environment
                    .schedule(Duration.ofSeconds(3), () -> fired.add("cancelled"))
                    .cancel();
            environment.advance(Duration.ofSeconds(2));
            assertThat(fired).containsExactly("0 at PT0S", "2 at PT2S");
            assertThat(environment.elapsed()).isEqualTo(Duration.ofSeconds(2));
            environment.runUntilIdle();
            assertThat(fired).containsExactly("0 at PT0S", "2 at PT2S", "5 at PT5S");
            assertThat(environment.elapsed()).isEqualTo(Duration.ofSeconds(5));
            assertThat(environment.clock().instant()).isEqualTo(VirtualEnvironment.START.plusSeconds(5));
        }
    }

    @Test
    @DisplayName("lets the monotonic time overflow, so that comparing absolute values shows")
    void nanoTimeOverflows() {
        try (VirtualEnvironment environment = new VirtualEnvironment(2)) {
            long before = environment.nanoTime();
            environment.advance(Duration.ofMinutes(1));
            long after = environment.nanoTime();
            assertThat(after - before).isEqualTo(Duration.ofMinutes(1).toNanos());
            assertThat(after).isLessThan(before);
        }
    }

    @Test
    @DisplayName("jumps to the timeout when what is awaited can never come")
    void awaitTimesOut() throws Exception {
        try (VirtualEnvironment environment = new VirtualEnvironment(3)) {
            assertThat(environment.await(new CompletableFuture<>(), Duration.ofHours(3)))
                    .isFalse();
            assertThat(environment.elapsed()).isEqualTo(Duration.ofHours(3));
        }
    }

    @Test
    @DisplayName("comes back from await as soon as the stage is complete, however it completed")
    void awaitEndsEarly() throws Exception {
        try (VirtualEnvironment environment = new VirtualEnvironment(4)) {
            CompletableFuture<Void> stage = new CompletableFuture<>();
            List<Boolean> answers = new ArrayList<>();
            environment.executor().execute(() -> answers.add(await(environment, stage, LONG)));
            environment.executor().execute(() -> answers.add(await(environment, stage, Duration.ofSeconds(1))));
            environment.schedule(Duration.ofSeconds(4), () -> stage.completeExceptionally(new RuntimeException("x")));
            assertThat(environment.await(stage, LONG)).isTrue();
            assertThat(environment.elapsed()).isEqualTo(Duration.ofSeconds(4));
            environment.runUntilIdle();
            assertThat(answers).containsExactly(false, true);
            assertThat(environment.elapsed()).isEqualTo(Duration.ofSeconds(4));
        }
    }

    @Test
    @DisplayName("wakes a sleeper that is interrupted, at the time of the interrupt")
    void interrupts() {
        try (VirtualEnvironment environment = new VirtualEnvironment(5)) {
            List<String> seen = new ArrayList<>();
            Thread[] sleeper = new Thread[1];
            environment.executor().execute(() -> {
                sleeper[0] = Thread.currentThread();
                try {
                    environment.sleep(LONG);
                } catch (InterruptedException interrupted) {
                    seen.add("interrupted at " + environment.elapsed() + ", flag "
                            + Thread.currentThread().isInterrupted());
                }
                Thread.currentThread().interrupt();
                environment.pass();
                seen.add("passed, flag " + Thread.currentThread().isInterrupted());
            });
            environment.schedule(Duration.ofSeconds(9), () -> sleeper[0].interrupt());
            environment.runUntilIdle();
            environment
                    .executor()
                    .execute(() ->
                            seen.add("next task, flag " + Thread.currentThread().isInterrupted()));
            environment.runUntilIdle();
            assertThat(seen)
                    .containsExactly("interrupted at PT9S, flag false", "passed, flag true", "next task, flag false");
        }
    }

    @Test
    @DisplayName("reports what tasks and timers throw")
    void uncaught() {
        try (VirtualEnvironment environment = new VirtualEnvironment(6)) {
            environment.executor().execute(() -> {
                throw new IllegalStateException("task");
            });
            environment.schedule(Duration.ofSeconds(1), () -> {
                throw new IllegalStateException("timer");
            });
            environment.runUntilIdle();
            assertThat(environment.uncaught()).extracting(Throwable::getMessage).containsExactly("task", "timer");
        }
    }

    @Test
    @DisplayName("refuses that a timer's task blocks")
    void timersDoNotBlock() {
        try (VirtualEnvironment environment = new VirtualEnvironment(7)) {
            environment.schedule(Duration.ZERO, () -> sleep(environment, 1));
            environment.runUntilIdle();
            assertThat(environment.uncaught())
                    .singleElement()
                    .satisfies(thrown -> assertThat(thrown).hasMessageContaining("a timer's task must not block"));
        }
    }

    @Test
    @DisplayName("fails a livelock with a sentence that names the last steps")
    void livelock() {
        try (VirtualEnvironment environment = new VirtualEnvironment(8, 1_000)) {
            environment.executor().execute(() -> {
                while (true) {
                    environment.pass();
                }
            });
            assertThatThrownBy(environment::runUntilIdle)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("took 1000 steps")
                    .hasMessageContaining("continue thread virtual-1");
        }
    }

    @Test
    @DisplayName("reports a thread that waits for another in a way that the simulation cannot see")
    void hang() {
        VirtualEnvironment environment = new VirtualEnvironment(9, 1_000, Duration.ofMillis(200));
        CompletableFuture<Void> never = new CompletableFuture<>();
        environment.executor().execute(never::join);
        assertThatThrownBy(environment::runUntilIdle)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("thread virtual-1 has kept the baton")
                .hasMessageContaining("CompletableFuture.join");
        never.complete(null);
        environment.close();
        assertThat(simulatedThreads()).isEmpty();
    }

    @Test
    @DisplayName("takes no thread to hang because the test's thread was woken or interrupted while it waited")
    void wokenEarly() {
        VirtualEnvironment environment = new VirtualEnvironment(9); // hangs after a minute
        Thread test = Thread.currentThread();
        AtomicBoolean done = new AtomicBoolean();
        environment.executor().execute(() -> {
            for (int i = 0; i < 1_000_000; i++) {
                LockSupport.unpark(test);
                if (i % 1_000 == 0) {
                    test.interrupt();
                }
                Thread.onSpinWait();
            }
            done.set(true);
        });
        try {
            environment.runUntilIdle();
        } catch (IllegalStateException interrupted) { // as it should be told
            assertThat(interrupted).hasMessageContaining("interrupted");
        } finally {
            assertThat(Thread.interrupted())
                    .as("the test's thread is interrupted")
                    .isTrue();
        }
        assertThat(done).isTrue();
        environment.close();
        assertThat(simulatedThreads()).isEmpty();
    }

    @Test
    @DisplayName("ends every thread when it is closed, also one in a call that never returns")
    void closeEndsThreads() {
        VirtualEnvironment environment = new VirtualEnvironment(10);
        List<String> ends = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            environment.executor().execute(() -> {
                try {
                    while (true) {
                        try {
                            environment.sleep(LONG);
                        } catch (InterruptedException | RuntimeException stubborn) {
                            ends.add("stubborn");
                        }
                    }
                } finally {
                    ends.add("ended");
                }
            });
        }
        environment.executor().execute(() -> ends.add("short"));
        environment.advance(Duration.ofSeconds(1));
        environment.close();
        environment.close();
        assertThat(ends).containsExactly("short", "ended", "ended", "ended");
        assertThat(simulatedThreads()).isEmpty();
        assertThatThrownBy(() -> environment.executor().execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
    }

    private static Set<Thread> simulatedThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(SimulatedThread.class::isInstance)
                .collect(Collectors.toSet());
    }

    private static boolean await(VirtualEnvironment environment, CompletableFuture<?> stage, Duration timeout) {
        try {
            return environment.await(stage, timeout);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static void sleep(VirtualEnvironment environment, long millis) {
        try {
            environment.sleep(Duration.ofMillis(millis));
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
