package io.omsbatch.core.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.core.SystemEnvironment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The call dispatcher on real threads")
class RealThreadsTest {

    private static final Duration BOUND = Duration.ofMinutes(2);

    @Test
    @DisplayName("RUN-10: makes 100 000 calls of four sources, each once and never more than eight at a time")
    void manyCalls() throws Exception {
        int total = 100_000;
        try (SystemEnvironment environment = SystemEnvironment.create()) {
            CallDispatcher dispatcher = new CallDispatcher(environment, 8, Duration.ofMinutes(1));
            AtomicIntegerArray calls = new AtomicIntegerArray(total);
            AtomicInteger inFlight = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            AtomicInteger left = new AtomicInteger(total);
            CompletableFuture<Void> all = new CompletableFuture<>();
            List<WorkQueue> sources = List.of(new WorkQueue(), new WorkQueue(), new WorkQueue(), new WorkQueue());
            for (int i = 0; i < total; i++) {
                int number = i;
                WorkQueue source = sources.get(i % 4);
                source.add(slot -> dispatcher.call(
                        slot,
                        () -> {
                            most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                            calls.incrementAndGet(number);
                            return inFlight.decrementAndGet();
                        },
                        result -> {
                            if (left.decrementAndGet() == 0) {
                                all.complete(null);
                            }
                        }));
                dispatcher.signal(source);
            }
            assertThat(environment.await(all, BOUND)).as("%s calls left", left).isTrue();
            assertThat(most.get()).isBetween(1, 8);
            List<Integer> wrong = new ArrayList<>();
            for (int i = 0; i < total; i++) {
                if (calls.get(i) != 1) {
                    wrong.add(i);
                }
            }
            assertThat(wrong).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "RUN-10: tells the end of each of 20 000 calls once and lets no interrupt stray, though each may be just too late")
    void timeoutsRace() throws Exception {
        int total = 20_000;
        try (SystemEnvironment environment = SystemEnvironment.create()) {
            CallDispatcher dispatcher = new CallDispatcher(environment, 4, Duration.ofNanos(20_000));
            AtomicIntegerArray told = new AtomicIntegerArray(total);
            AtomicInteger left = new AtomicInteger(total);
            AtomicInteger late = new AtomicInteger();
            AtomicInteger returned = new AtomicInteger();
            ConcurrentLinkedQueue<Integer> interrupted = new ConcurrentLinkedQueue<>();
            CompletableFuture<Void> all = new CompletableFuture<>();
            WorkQueue source = new WorkQueue();
            for (int i = 0; i < total; i++) {
                int number = i;
                source.add(slot -> {
                    dispatcher.call(
                            slot,
                            () -> {
                                long end = environment.nanoTime() + number % 40 * 1_000L;
                                while (environment.nanoTime() - end < 0) {
                                    Thread.onSpinWait();
                                }
                                return "";
                            },
                            result -> {
                                told.incrementAndGet(number);
                                late.addAndGet(result.timedOut() ? 1 : 0);
                                if (left.decrementAndGet() == 0) {
                                    all.complete(null);
                                }
                            });
                    returned.incrementAndGet();
                    if (Thread.currentThread().isInterrupted()) {
                        interrupted.add(number);
                    }
                });
            }
            dispatcher.signal(source);
            assertThat(environment.await(all, BOUND)).as("%s ends left", left).isTrue();
            assertThat(interrupted).isEmpty();
            for (int i = 0; i < total; i++) {
                assertThat(told.get(i)).as("call %d", i).isOne();
            }
            assertThat(late.get())
                    .as("calls that were too late, else nothing is proved")
                    .isPositive();
        }
    }
}
