package io.omsbatch.api.engine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * Everything the engine needs from the world around it: time, threads, ids and chance. The engine owns no thread that does
 * not come from here, so a simulator can own all of them. Thread-safe.
 *
 * @since 0.1.0
 */
public interface Environment {

    /** A timer that was set. */
    @FunctionalInterface
    interface Timer {
        /** Cancels the timer; does nothing if it has fired or was cancelled. */
        void cancel();
    }

    /** Returns the wall clock, for what is recorded and shown. */
    InstantSource clock();

    /** Returns a monotonic time in nanoseconds, for durations; only differences mean anything. */
    long nanoTime();

    /**
     * Returns the executor that runs gateway calls and tells listeners. Its tasks block. It must not run a task in the
     * calling thread, and may refuse tasks only once it is shut down.
     */
    Executor executor();

    /**
     * Sets a timer. The task is short and never blocks.
     *
     * @param delay after how long; at once if zero or negative
     * @param task what to do
     * @return the timer
     */
    Timer schedule(Duration delay, Runnable task);

    /**
     * Blocks the calling thread until a stage is complete. The engine waits nowhere else for what other threads do, so a
     * simulator can let time pass here.
     *
     * @param stage what to wait for; how it completes does not matter
     * @param timeout how long at most
     * @return whether it is complete
     * @throws InterruptedException if the thread was interrupted
     */
    boolean await(CompletionStage<?> stage, Duration timeout) throws InterruptedException;

    /** Returns a new unique id of 1 to 64 letters, digits and hyphens. */
    String newId();

    /** Returns the source of chance, for jitter; thread-safe. */
    RandomGenerator random();
}
