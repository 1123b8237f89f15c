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
     * Returns the executor for whatever follows: what comes of a call, the journal, listeners. Its tasks may block and must not
     * wait for one another, so it may not be bounded; it must not run a task in the calling thread, and may refuse tasks only
     * once it is shut down.
     */
    Executor executor();

    /**
     * Returns the executor that runs gateway calls and asks the access policy, {@link #executor()} unless it is overridden. Its
     * tasks block, also for ever. It must not run a task in the calling thread, and may refuse tasks only once it is shut down.
     * It may be bounded: a task that waits for a thread counts as a call that was begun, and when none of those that have a
     * thread goes on for a call timeout the others are given up (RUN-10).
     */
    default Executor calls() {
        return executor();
    }

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
