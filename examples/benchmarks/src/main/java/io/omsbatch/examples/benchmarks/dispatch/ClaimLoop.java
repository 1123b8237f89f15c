package io.omsbatch.examples.benchmarks.dispatch;

import io.omsbatch.examples.benchmarks.frame.CallLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that claim the next item, one after the other. */
final class ClaimLoop implements Dispatcher {

    private final int atOnce;
    private final ExecutorService pool;

    ClaimLoop(int atOnce) {
        this.atOnce = atOnce;
        this.pool = Executors.newFixedThreadPool(atOnce);
    }

    @Override
    public void dispatch(int items, CallLog log) throws Exception {
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> workers = new ArrayList<>();
        for (int i = 0; i < atOnce; i++) {
            workers.add(pool.submit(() -> work(next, items, log)));
        }
        for (Future<?> worker : workers) {
            worker.get();
        }
    }

    private static void work(AtomicInteger next, int items, CallLog log) {
        for (int item = next.getAndIncrement(); item < items; item = next.getAndIncrement()) {
            log.succeeded(Dispatcher.callByHand(item, log));
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
