package io.omsbatch.examples.benchmarks.dispatch;

import io.omsbatch.examples.benchmarks.frame.CallLog;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Reactor: a flat map that subscribes to so many calls at once, each on a pool of threads, with timeout and retry. */
final class ReactorDispatcher implements Dispatcher {

    private final int atOnce;
    private final Duration timeout;
    private final ExecutorService pool;
    private final Scheduler scheduler;

    ReactorDispatcher(int atOnce, Duration timeout) {
        this.atOnce = atOnce;
        this.timeout = timeout;
        this.pool = Executors.newFixedThreadPool(atOnce);
        this.scheduler = Schedulers.fromExecutorService(pool);
    }

    @Override
    public void dispatch(int items, CallLog log) {
        Flux.range(0, items)
                .flatMap(
                        item -> Mono.fromCallable(() -> log.call(item))
                                .subscribeOn(scheduler)
                                .timeout(timeout)
                                .retry(ATTEMPTS - 1),
                        atOnce)
                .doOnNext(log::succeeded)
                .blockLast();
    }

    @Override
    public void close() {
        scheduler.dispose();
        pool.shutdownNow();
    }
}
