package io.omsbatch.testkit.check;

import io.omsbatch.api.task.TaskRef;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an engine that its promises are judged by, as plain values. Immutable.
 *
 * @param concurrency how many calls may be in flight
 * @param freshness how old the look at a task may be when its command is sent
 * @param stableSamples how many distinct samples must show that the write stop is reached
 * @param longest how long a run may take at most, operators' waits included
 * @param pace how often calls may begin, or null if there is no limit
 * @param shared the limits for what tasks share
 * @since 0.1.0
 */
public record RunBounds(
        int concurrency,
        Duration freshness,
        int stableSamples,
        Duration longest,
        @Nullable Pace pace,
        List<Shared> shared) {

    /**
     * How often something may begin.
     *
     * @param most how often in any stretch of time
     * @param per how long that is
     */
    public record Pace(int most, Duration per) {
        /** Checks that the parts are there. */
        public Pace {
            Objects.requireNonNull(per, "Pace.per");
        }
    }

    /**
     * How many tasks that share a resource may be in flight.
     *
     * @param resource what is shared, for messages
     * @param key which of the resources a task uses, or null if none
     * @param tasks how many tasks at once
     * @param pace how often their commands may begin, or null if there is no limit
     */
    public record Shared(
            String resource,
            Function<TaskRef, @Nullable String> key,
            int tasks,
            @Nullable Pace pace) {
        /** Checks that the parts are there. */
        public Shared {
            Objects.requireNonNull(resource, "Shared.resource");
            Objects.requireNonNull(key, "Shared.key");
        }
    }

    /** Checks that the parts are there. */
    public RunBounds {
        Objects.requireNonNull(freshness, "RunBounds.freshness");
        Objects.requireNonNull(longest, "RunBounds.longest");
        shared = List.copyOf(Objects.requireNonNull(shared, "RunBounds.shared"));
    }

    /** Returns the engine's defaults, and a day for a run. */
    public static RunBounds defaults() {
        return new RunBounds(16, Duration.ofSeconds(2), 3, Duration.ofDays(1), null, List.of());
    }

    /**
     * Returns these bounds with another freshness.
     *
     * @param value how old the look before a command may be
     * @return the bounds
     */
    public RunBounds withFreshness(Duration value) {
        return new RunBounds(concurrency, value, stableSamples, longest, pace, shared);
    }

    /**
     * Returns these bounds with another concurrency.
     *
     * @param value how many calls may be in flight
     * @return the changed bounds
     */
    public RunBounds withConcurrency(int value) {
        return new RunBounds(value, freshness, stableSamples, longest, pace, shared);
    }

    /**
     * Returns these bounds with another longest time.
     *
     * @param value how long a run may take at most
     * @return the changed bounds
     */
    public RunBounds withLongest(Duration value) {
        return new RunBounds(concurrency, freshness, stableSamples, value, pace, shared);
    }

    /**
     * Returns these bounds with a limit on how often calls may begin.
     *
     * @param value how often
     * @return the changed bounds
     */
    public RunBounds withPace(Pace value) {
        return new RunBounds(concurrency, freshness, stableSamples, longest, value, shared);
    }

    /**
     * Returns these bounds with limits for what tasks share.
     *
     * @param value the limits
     * @return the changed bounds
     */
    public RunBounds withShared(List<Shared> value) {
        return new RunBounds(concurrency, freshness, stableSamples, longest, pace, value);
    }
}
