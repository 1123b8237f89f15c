package io.omsbatch.core.settings;

import io.omsbatch.api.Limits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How gateway calls are made. Immutable.
 *
 * @param concurrency how many calls are in flight at most, reads included, 1 to 10 000; default 16, enough to hide the
 *     latency of a console API without flooding it
 * @param timeout after how long a call is given up, 10 ms to 1 h; default 15 s
 * @param pageSize how many tasks are read at once, 1 to 1 000; default 100 (OMS pages hold 1 to 150)
 * @param freshness how old the look at a task may be when its command is sent, 10 ms to 1 min, counted from the arrival of
 *     the answer; default 2 s
 * @param rate how often calls of the platform may begin, reads included, or null for no limit, the default; at least 3 calls, so
 *     that what a command needs fits: in a switchover a read, an observation and the command itself, the last of them while the
 *     first are fresh
 * @since 0.1.0
 */
public record CallSettings(
        int concurrency,
        Duration timeout,
        int pageSize,
        Duration freshness,
        @Nullable Rate rate) {

    private static final int LEAST_CALLS = 3;

    /** Checks the ranges. */
    public CallSettings {
        Limits.range("CallSettings.concurrency", concurrency, 1, 10_000);
        Limits.range("CallSettings.timeout", timeout, Duration.ofMillis(10), Duration.ofHours(1));
        Limits.range("CallSettings.pageSize", pageSize, 1, 1_000);
        Limits.range("CallSettings.freshness", freshness, Duration.ofMillis(10), Duration.ofMinutes(1));
        if (rate != null) {
            Limits.range("CallSettings.rate", rate.calls(), LEAST_CALLS, Rate.MOST);
        }
    }

    /** Returns the defaults. */
    public static CallSettings defaults() {
        return new CallSettings(16, Duration.ofSeconds(15), 100, Duration.ofSeconds(2), null);
    }

    /**
     * Returns these settings with another concurrency.
     *
     * @param value how many calls are in flight at most
     * @return the changed settings
     */
    public CallSettings withConcurrency(int value) {
        return new CallSettings(value, timeout, pageSize, freshness, rate);
    }

    /**
     * Returns these settings with another timeout.
     *
     * @param value after how long a call is given up
     * @return the changed settings
     */
    public CallSettings withTimeout(Duration value) {
        return new CallSettings(concurrency, value, pageSize, freshness, rate);
    }

    /**
     * Returns these settings with another page size.
     *
     * @param value how many tasks are read at once
     * @return the changed settings
     */
    public CallSettings withPageSize(int value) {
        return new CallSettings(concurrency, timeout, value, freshness, rate);
    }

    /**
     * Returns these settings with a rate.
     *
     * @param value how often calls of the platform may begin, or null for no limit
     * @return the changed settings
     */
    public CallSettings withRate(@Nullable Rate value) {
        return new CallSettings(concurrency, timeout, pageSize, freshness, value);
    }
}
