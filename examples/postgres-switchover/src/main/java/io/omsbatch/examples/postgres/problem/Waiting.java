package io.omsbatch.examples.postgres.problem;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A bounded wait for something that is seen by looking, and the only place of this example that sleeps. Looks at once,
 * then at growing distances up to a quarter of a second, until it is there or the limit has passed. Thread-safe.
 */
public final class Waiting {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

    private Waiting() {}

    /**
     * Looks until {@code look} gives a value.
     *
     * @param limit how long to wait at most
     * @param look reads the state once; empty while it is not there yet
     * @param missing says, once the limit has passed, what was missing and who is in the way
     * @throws PlatformFailure when the limit has passed, or when the thread is interrupted
     */
    public static <T> T until(Duration limit, Supplier<Optional<T>> look, Function<Duration, Problem> missing) {
        long deadline = System.nanoTime() + limit.toNanos();
        long pause = FIRST_PAUSE.toNanos();
        while (true) {
            Optional<T> seen = look.get();
            if (seen.isPresent()) {
                return seen.get();
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw missing.apply(limit).asFailure();
            }
            pause(Math.min(left, pause));
            pause = Math.min(pause * 2, LONGEST_PAUSE.toNanos());
        }
    }

    /** Looks until {@code look} is true; otherwise as {@link #until}. */
    public static void untilTrue(Duration limit, Supplier<Boolean> look, Function<Duration, Problem> missing) {
        until(limit, () -> look.get() ? Optional.of(Boolean.TRUE) : Optional.empty(), missing);
    }

    /** Stays away from the server for a moment; returns early, with the flag kept, when the thread is interrupted. */
    public static void rest(Duration pause) {
        LockSupport.parkNanos(pause.toNanos());
    }

    private static void pause(long nanos) {
        LockSupport.parkNanos(nanos);
        if (Thread.currentThread().isInterrupted()) {
            throw Problem.passing("INTERRUPTED", "the wait was interrupted", "look at the state, then repeat")
                    .asFailure();
        }
    }
}
