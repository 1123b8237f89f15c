package io.omsbatch.core.settings;

import io.omsbatch.api.Limits;
import java.time.Duration;

/**
 * How often, and after which pauses, what had no effect is tried again. The pause doubles each time up to the longest, and
 * is then drawn evenly from zero to that (full jitter). Immutable.
 *
 * @param retries how often after the first attempt, 0 to 100; default 5, as Argo CD does
 * @param first the longest first pause, 1 ms to 1 h; default 1 s
 * @param longest the longest pause of all, 1 ms to 24 h; default 64 s, as gh-ost does
 * @since 0.1.0
 */
public record RetrySettings(int retries, Duration first, Duration longest) {

    /** Checks the ranges. */
    public RetrySettings {
        Limits.range("RetrySettings.retries", retries, 0, 100);
        Limits.range("RetrySettings.first", first, Duration.ofMillis(1), Duration.ofHours(1));
        Limits.range("RetrySettings.longest", longest, first, Duration.ofHours(24));
    }

    /** Returns the defaults. */
    public static RetrySettings defaults() {
        return new RetrySettings(5, Duration.ofSeconds(1), Duration.ofSeconds(64));
    }
}
