package io.omsbatch.examples.benchmarks.dispatch;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.omsbatch.examples.benchmarks.frame.CallLog;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Resilience4j: a semaphore where the calls are submitted, retry and time limit around stages over a pool of threads. */
final class ResilienceSemaphore implements Dispatcher {

    private final ExecutorService pool;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Bulkhead bulkhead;
    private final Retry retry;
    private final TimeLimiter limiter;

    ResilienceSemaphore(int atOnce, Duration timeout) {
        pool = Executors.newFixedThreadPool(atOnce);
        bulkhead = Bulkhead.of(
                "calls",
                BulkheadConfig.custom()
                        .maxConcurrentCalls(atOnce)
                        .maxWaitDuration(Duration.ofMinutes(10))
                        .build());
        retry = Retry.of("calls", RetryConfig.custom().maxAttempts(ATTEMPTS).build());
        limiter = TimeLimiter.of(timeout);
    }

    @Override
    public void dispatch(int items, CallLog log) {
        CompletableFuture<?>[] futures = new CompletableFuture<?>[items];
        for (int i = 0; i < items; i++) {
            int item = i;
            bulkhead.acquirePermission();
            futures[item] = retry.executeCompletionStage(
                            timer,
                            () -> limiter.executeCompletionStage(
                                    timer, () -> CompletableFuture.supplyAsync(() -> log.call(item), pool)))
                    .thenAccept(log::succeeded)
                    .whenComplete((done, failed) -> bulkhead.onComplete())
                    .toCompletableFuture();
        }
        CompletableFuture.allOf(futures).join();
    }

    @Override
    public void close() {
        pool.shutdownNow();
        timer.shutdownNow();
    }
}
