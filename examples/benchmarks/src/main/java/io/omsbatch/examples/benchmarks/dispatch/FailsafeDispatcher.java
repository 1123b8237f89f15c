package io.omsbatch.examples.benchmarks.dispatch;

import dev.failsafe.Bulkhead;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import dev.failsafe.Timeout;
import io.omsbatch.examples.benchmarks.frame.CallLog;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Failsafe: bulkhead, retry and an interrupting timeout around each call, which a thread of a pool makes and waits for. */
final class FailsafeDispatcher implements Dispatcher {

    private final ExecutorService pool;
    private final FailsafeExecutor<Integer> failsafe;

    FailsafeDispatcher(int atOnce, Duration timeout) {
        pool = Executors.newFixedThreadPool(atOnce);
        failsafe = Failsafe.with(
                Bulkhead.<Integer>builder(atOnce)
                        .withMaxWaitTime(Duration.ofMinutes(10))
                        .build(),
                RetryPolicy.<Integer>builder().withMaxAttempts(ATTEMPTS).build(),
                Timeout.<Integer>builder(timeout).withInterrupt().build());
    }

    @Override
    public void dispatch(int items, CallLog log) {
        CompletableFuture<?>[] futures = new CompletableFuture<?>[items];
        for (int i = 0; i < items; i++) {
            int item = i;
            futures[item] = CompletableFuture.runAsync(() -> log.succeeded(failsafe.get(() -> log.call(item))), pool);
        }
        CompletableFuture.allOf(futures).join();
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
