package io.omsbatch.core.settings;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.Limits;
import java.time.Duration;

/**
 * What a run does while its journal does not answer (DUR-5): it begins nothing new, keeps the results it has in hand, and tries to
 * write them after pauses that double up to the longest and are then drawn evenly from zero to that (full jitter). Immutable.
 *
 * @param patience for how long, since the journal last took something, until the run is parked, 0 to 24 h; default 5 min, in which a
 *     database fails over
 * @param firstPause the longest first pause, 1 ms to 1 min; default 200 ms
 * @param longestPause the longest pause of all, up to 1 min and, unless that is zero, up to {@code patience}, so that it is tried
 *     at least once; default 5 s
 * @param mostResults how many results are kept at most before the run is parked, 1 to 1 000 000; default 10 000, as many as a run has
 *     tasks by default; each takes about 1 kB
 * @since 0.1.0
 */
public record OutageSettings(Duration patience, Duration firstPause, Duration longestPause, int mostResults) {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Checks the ranges. */
    public OutageSettings {
        Limits.range("OutageSettings.patience", patience, Duration.ZERO, Duration.ofHours(24));
        Limits.range("OutageSettings.firstPause", firstPause, Duration.ofMillis(1), MINUTE);
        Limits.range("OutageSettings.longestPause", longestPause, firstPause, MINUTE);
        Limits.range("OutageSettings.mostResults", mostResults, 1, Limits.TASKS);
        if (!patience.isZero() && longestPause.compareTo(patience) > 0) {
            throw new InvalidInputException(
                    "OutageSettings.longestPause",
                    "is " + longestPause + "; it must be at most the patience, " + patience
                            + ", so that the journal is tried again before the run is parked");
        }
    }

    /** Returns the defaults. */
    public static OutageSettings defaults() {
        return new OutageSettings(Duration.ofMinutes(5), Duration.ofMillis(200), Duration.ofSeconds(5), 10_000);
    }
}
