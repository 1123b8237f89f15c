package io.omsbatch.core;

import io.omsbatch.api.engine.Environment;
import io.omsbatch.core.internal.call.SafeThrowable;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The real world: the system's clocks, a timer thread, and for all else virtual threads on Java 21 and later, pooled daemon
 * threads before. Gateway calls may run on the host's own executor instead. Thread-safe.
 *
 * @since 0.1.0
 */
public final class SystemEnvironment implements Environment, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SystemEnvironment.class);

    /** About 146 years. */
    private static final Duration ENDLESS = Duration.ofNanos(Long.MAX_VALUE / 2);

    private final ExecutorService executor = createExecutor();
    private final Executor calls;
    private final ScheduledThreadPoolExecutor timer;

    private SystemEnvironment(@Nullable Executor hostExecutor) {
        this.calls = hostExecutor == null ? executor : hostExecutor;
        this.timer = new ScheduledThreadPoolExecutor(1, named("oms-batch-timer-"));
        this.timer.setRemoveOnCancelPolicy(true);
    }

    /** Returns an environment with threads of its own; close it when the last engine that uses it is closed. */
    public static SystemEnvironment create() {
        return new SystemEnvironment(null);
    }

    /**
     * Returns an environment that runs gateway calls on the host's executor, and all else on threads of its own; close it when
     * the last engine that uses it is closed.
     *
     * @param executor must run each task in another thread than the caller's; it is not shut down. With fewer threads than the
     *     engines' {@code CallSettings.concurrency} together, calls wait for one another, and calls that do not return take
     *     threads from all
     * @return the environment
     */
    public static SystemEnvironment on(Executor executor) {
        return new SystemEnvironment(Objects.requireNonNull(executor, "executor"));
    }

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Executor executor() {
        return executor;
    }

    @Override
    public Executor calls() {
        return calls;
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        Objects.requireNonNull(task, "task");
        ScheduledFuture<?> scheduled = timer.schedule(
                () -> guarded(task), nanos(Objects.requireNonNull(delay, "delay")), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public boolean await(CompletionStage<?> stage, Duration timeout) throws InterruptedException {
        try {
            Objects.requireNonNull(stage, "stage")
                    .toCompletableFuture()
                    .get(nanos(Objects.requireNonNull(timeout, "timeout")), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException | CancellationException complete) {
            return true;
        }
    }

    @Override
    public String newId() {
        return UUID.randomUUID().toString();
    }

    @Override
    public RandomGenerator random() {
        return ThreadLocalRandom.current();
    }

    /** Ends the timer and the threads of its own; calls still running are interrupted. Idempotent. */
    @Override
    public void close() {
        timer.shutdownNow();
        executor.shutdownNow();
    }

    /** A timer that throws would do so unseen. */
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error unexpected) {
            LOG.error("A timer failed unexpectedly", SafeThrowable.of(unexpected));
        }
    }

    /** Half of all time at most: the timer adds to the present, and compares. */
    private static long nanos(Duration duration) {
        if (duration.isNegative()) {
            return 0;
        }
        return duration.compareTo(ENDLESS) >= 0 ? ENDLESS.toNanos() : duration.toNanos();
    }

    private static ExecutorService createExecutor() {
        if (Runtime.version().feature() >= 21) {
            try {
                return (ExecutorService) Executors.class
                        .getMethod("newVirtualThreadPerTaskExecutor")
                        .invoke(null);
            } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException unavailable) {
                return Executors.newCachedThreadPool(named("oms-batch-call-"));
            }
        }
        return Executors.newCachedThreadPool(named("oms-batch-call-"));
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
