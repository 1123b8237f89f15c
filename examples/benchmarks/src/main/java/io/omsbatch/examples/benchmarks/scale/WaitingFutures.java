package io.omsbatch.examples.benchmarks.scale;

import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.examples.benchmarks.fleet.Fleet;
import io.omsbatch.examples.benchmarks.fleet.FleetGateway;
import io.omsbatch.examples.benchmarks.frame.Iteration;
import io.omsbatch.examples.benchmarks.frame.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Tasks that were read, a future with a timeout for each, and a pool whose threads are all held. */
final class WaitingFutures implements Subject {

    private static final int PAGE = 100;

    private final int atOnce;
    private final Duration timeout;

    WaitingFutures(int atOnce, Duration timeout) {
        this.atOnce = atOnce;
        this.timeout = timeout;
    }

    @Override
    public Iteration prepare(int items) {
        HeldCalls calls = new HeldCalls(items, atOnce);
        Fleet fleet = new Fleet(items);
        FleetGateway gateway = new FleetGateway(fleet, calls::call).answeringAnew();
        ExecutorService pool = Executors.newFixedThreadPool(atOnce);
        return new Iteration() {

            private double bytes;

            @Override
            public void run() {
                long before = Heap.used();
                List<CompletableFuture<Void>> futures = new ArrayList<>(items);
                for (int from = 0; from < items; from += PAGE) {
                    List<TaskRef> page = fleet.refs().subList(from, Math.min(items, from + PAGE));
                    for (MigrationTask task : gateway.read(new HashSet<>(page)).values()) {
                        futures.add(CompletableFuture.supplyAsync(() -> calls.call(Fleet.number(task.ref())), pool)
                                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                                .thenAccept(calls::succeeded));
                    }
                }
                calls.awaitHeld();
                bytes = (double) (Heap.used() - before) / items;
                calls.letGo();
                CompletableFuture.allOf(futures.toArray(new CompletableFuture<?>[0]))
                        .join();
            }

            @Override
            public void verify() {
                calls.verify();
            }

            @Override
            public Map<String, Double> notes() {
                return Map.of(WaitingEngine.BYTES, bytes);
            }

            @Override
            public void close() {
                pool.shutdownNow();
            }
        };
    }
}
