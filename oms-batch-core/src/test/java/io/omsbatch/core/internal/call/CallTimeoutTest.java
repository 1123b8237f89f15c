package io.omsbatch.core.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.testkit.fake.VirtualEnvironment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A call that does not return in time")
class CallTimeoutTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final Duration STUBBORN = Duration.ofSeconds(40);

    @Test
    @DisplayName("RUN-10: is interrupted at its deadline, and its end is told once")
    void interrupted() {
        try (VirtualEnvironment environment = new VirtualEnvironment(1)) {
            CallDispatcher dispatcher = new CallDispatcher(environment, 1, TIMEOUT);
            List<CallResult<String>> results = new ArrayList<>();
            List<String> told = new ArrayList<>();
            WorkQueue source = new WorkQueue();
            source.add(slot -> dispatcher.call(
                    slot,
                    () -> {
                        try {
                            environment.sleep(Duration.ofHours(1));
                        } catch (InterruptedException interrupted) {
                            told.add("interrupted after " + environment.elapsed());
                        }
                        return "late";
                    },
                    results::add));
            dispatcher.signal(source);
            environment.runUntilIdle();

            assertThat(told).containsExactly("interrupted after PT15S");
            assertThat(results).hasSize(1);
            CallResult<String> result = results.get(0);
            assertThat(result.timedOut()).isTrue();
            assertThat(result.value()).isNull();
            assertThat(result.failure()).isNull();
            assertThat(result.endedAt() - result.begunAt()).isEqualTo(TIMEOUT.toNanos());
            assertThat(result.ticket().returnedAt()).hasValue(result.endedAt());
        }
    }

    @Test
    @DisplayName("RUN-10: keeps its slot until it returns, and its ticket says when that was")
    void keepsSlot() {
        try (VirtualEnvironment environment = new VirtualEnvironment(2)) {
            CallDispatcher dispatcher = new CallDispatcher(environment, 1, TIMEOUT);
            List<Duration> begun = new ArrayList<>();
            AtomicReference<CallTicket> ticket = new AtomicReference<>();
            WorkQueue source = new WorkQueue();
            source.add(slot -> dispatcher.call(
                    slot, () -> sleepThrough(environment, STUBBORN), result -> ticket.set(result.ticket())));
            source.add(slot -> dispatcher.call(slot, () -> begun.add(environment.elapsed()), result -> {}));
            long start = environment.nanoTime();
            dispatcher.signal(source);
            environment.advance(Duration.ofSeconds(20));
            assertThat(begun).isEmpty();
            assertThat(ticket.get().returnedAt()).isEmpty();
            environment.runUntilIdle();
            assertThat(begun).containsExactly(STUBBORN);
            assertThat(ticket.get().returnedAt()).hasValue(start + STUBBORN.toNanos());
        }
    }

    private static String sleepThrough(VirtualEnvironment environment, Duration duration) {
        Duration end = environment.elapsed().plus(duration);
        while (environment.elapsed().compareTo(end) < 0) {
            try {
                environment.sleep(end.minus(environment.elapsed()));
            } catch (InterruptedException stubborn) {
                // goes on all the same
            }
        }
        return "done";
    }

    @Test
    @DisplayName(
            "RUN-6: never passes its interrupt on to the next call, nor does an interrupt that a call leaves behind")
    void noStrayInterrupt() {
        for (long seed = 0; seed < 100; seed++) {
            try (VirtualEnvironment environment = new VirtualEnvironment(seed)) {
                CallDispatcher dispatcher = new CallDispatcher(environment, 3, TIMEOUT);
                List<Boolean> interrupted = new ArrayList<>();
                WorkQueue source = new WorkQueue();
                for (int i = 0; i < 30; i++) {
                    source.add(slot -> dispatcher.call(
                            slot,
                            () -> {
                                interrupted.add(Thread.currentThread().isInterrupted());
                                // often exactly at the deadline
                                Duration sleep = Duration.ofSeconds(
                                        14 + environment.random().nextInt(3));
                                if (environment.random().nextBoolean()) {
                                    sleepThrough(environment, sleep);
                                } else {
                                    environment.sleep(sleep);
                                }
                                Thread.currentThread().interrupt();
                                return "";
                            },
                            result -> {
                                interrupted.add(Thread.currentThread().isInterrupted());
                                Thread.currentThread().interrupt();
                            }));
                }
                dispatcher.signal(source);
                environment.runUntilIdle();
                assertThat(interrupted).as("seed %d", seed).hasSize(60).containsOnly(false);
            }
        }
    }

    @Test
    @DisplayName("is given up at its own deadline, also when others began before it and when the dispatcher was idle")
    void ownDeadline() {
        try (VirtualEnvironment environment = new VirtualEnvironment(3)) {
            CallDispatcher dispatcher = new CallDispatcher(environment, 3, TIMEOUT);
            List<Duration> ended = new ArrayList<>();
            WorkQueue source = new WorkQueue();
            for (int i = 0; i < 3; i++) {
                source.add(slot -> dispatcher.call(
                        slot, () -> sleepThrough(environment, STUBBORN), result -> ended.add(environment.elapsed())));
                dispatcher.signal(source);
                environment.advance(Duration.ofSeconds(4));
            }
            environment.runUntilIdle();
            assertThat(ended).containsExactly(Duration.ofSeconds(15), Duration.ofSeconds(19), Duration.ofSeconds(23));

            environment.advance(Duration.ofHours(1));
            Duration again = environment.elapsed();
            source.add(slot -> dispatcher.call(
                    slot,
                    () -> sleepThrough(environment, STUBBORN),
                    result -> ended.add(environment.elapsed().minus(again))));
            dispatcher.signal(source);
            environment.runUntilIdle();
            assertThat(ended).last().isEqualTo(TIMEOUT);
        }
    }

    @Test
    @DisplayName("RUN-6: does no harm when the reaction to it throws")
    void reactionThrows() {
        try (VirtualEnvironment environment = new VirtualEnvironment(4)) {
            CallDispatcher dispatcher = new CallDispatcher(environment, 1, TIMEOUT);
            AtomicInteger calls = new AtomicInteger();
            WorkQueue source = new WorkQueue();
            for (int i = 0; i < 3; i++) {
                source.add(slot -> dispatcher.call(
                        slot,
                        () -> {
                            calls.incrementAndGet();
                            return sleepThrough(environment, Duration.ofSeconds(16));
                        },
                        result -> {
                            throw new AssertionError("reaction");
                        }));
            }
            dispatcher.signal(source);
            environment.runUntilIdle();
            assertThat(calls).hasValue(3);
            assertThat(environment.uncaught())
                    .as("what reaches a thread's uncaught handler is printed unescaped")
                    .isEmpty();
        }
    }
}
