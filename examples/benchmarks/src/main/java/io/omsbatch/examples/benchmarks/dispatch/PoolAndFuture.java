package io.omsbatch.examples.benchmarks.dispatch;

import io.omsbatch.examples.benchmarks.frame.CallLog;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A pool of threads and a future for each item, with a timeout if one is wanted. */
final class PoolAndFuture implements Dispatcher {

    private final ExecutorService pool;
    private final @Nullable Duration timeout;

    PoolAndFuture(int atOnce, @Nullable Duration timeout) {
        this.pool = Executors.newFixedThreadPool(atOnce);
        this.timeout = timeout;
    }

    @Override
    public void dispatch(int items, CallLog log) {
        CompletableFuture<?>[] futures = new CompletableFuture<?>[items];
        for (int i = 0; i < items; i++) {
            int item = i;
            CompletableFuture<Integer> called =
                    CompletableFuture.supplyAsync(() -> Dispatcher.callByHand(item, log), pool);
            if (timeout != null) {
                called = called.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
            }
            futures[item] = called.thenAccept(log::succeeded);
        }
        CompletableFuture.allOf(futures).join();
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
