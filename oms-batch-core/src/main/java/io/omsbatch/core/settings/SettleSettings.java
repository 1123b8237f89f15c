package io.omsbatch.core.settings;

import io.omsbatch.api.Limits;
import java.time.Duration;

/**
 * How the engine watches for the wanted state after a command was taken. Immutable.
 *
 * @param deadline after how long a command that is not settled is UNKNOWN, 10 ms to 7 days; default 10 min
 * @param firstPoll the pause before the first look, 1 ms to 1 h; default 1 s
 * @param longestPoll what the pause grows to, doubling while nothing settles, up to 1 h; default 10 s, the interval at
 *     which OMS samples
 * @since 0.1.0
 */
public record SettleSettings(Duration deadline, Duration firstPoll, Duration longestPoll) {

    /** Checks the ranges. */
    public SettleSettings {
        Limits.range("SettleSettings.deadline", deadline, Duration.ofMillis(10), Duration.ofDays(7));
        Limits.range("SettleSettings.firstPoll", firstPoll, Duration.ofMillis(1), Duration.ofHours(1));
        Limits.range("SettleSettings.longestPoll", longestPoll, firstPoll, Duration.ofHours(1));
    }

    /** Returns the defaults. */
    public static SettleSettings defaults() {
        return new SettleSettings(Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofSeconds(10));
    }
}
