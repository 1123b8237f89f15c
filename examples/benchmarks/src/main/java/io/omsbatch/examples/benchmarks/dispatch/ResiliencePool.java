package io.omsbatch.examples.benchmarks.dispatch;

import io.github.resilience4j.bulkhead.ThreadPoolBulkhead;
import io.github.resilience4j.bulkhead.ThreadPoolBulkheadConfig;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.omsbatch.examples.benchmarks.frame.CallLog;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Resilience4j: a thread pool bulkhead whose queue holds all items, retry and time limit around it. */
final class ResiliencePool implements Dispatcher {

    private static final int QUEUE = 2_000_000;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ThreadPoolBulkhead bulkhead;
    private final Retry retry;
    private final TimeLimiter limiter;

    ResiliencePool(int atOnce, Duration timeout) {
        bulkhead = ThreadPoolBulkhead.of(
                "calls",
                ThreadPoolBulkheadConfig.custom()
                        .coreThreadPoolSize(atOnce)
                        .maxThreadPoolSize(atOnce)
                        .queueCapacity(QUEUE)
                        .build());
        retry = Retry.of("calls", RetryConfig.custom().maxAttempts(ATTEMPTS).build());
        limiter = TimeLimiter.of(timeout);
    }

    @Override
    public void dispatch(int items, CallLog log) {
        CompletableFuture<?>[] futures = new CompletableFuture<?>[items];
        for (int i = 0; i < items; i++) {
            int item = i;
            futures[item] = retry.executeCompletionStage(
                            timer,
                            () -> limiter.executeCompletionStage(timer, () -> bulkhead.submit(() -> log.call(item))))
                    .thenAccept(log::succeeded)
                    .toCompletableFuture();
        }
        CompletableFuture.allOf(futures).join();
    }

    @Override
    public void close() {
        try {
            bulkhead.close();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
        timer.shutdownNow();
    }
}
