package io.omsbatch.examples.postgres.precheck;

import java.time.Duration;
import java.util.Optional;

/** Whether the target is close enough behind the source for a short write stop. */
final class LagCheck {
    private static final Duration TOLERATED = Duration.ofSeconds(25);

    private LagCheck() {}

    static Finding of(Optional<Duration> lag) {
        if (lag.isEmpty()) {
            return Finding.blocking(
                    "lag",
                    "nobody knows how far the target is behind",
                    "see that the subscription's worker is running, then repeat");
        }
        Duration behind = lag.get();
        return behind.compareTo(TOLERATED) <= 0
                ? Finding.passed("lag", "the target is " + behind.toMillis() + " ms behind")
                : Finding.blocking(
                        "lag",
                        "the target is " + behind.toSeconds() + " s behind, at most " + TOLERATED.toSeconds()
                                + " s are tolerated",
                        "wait until it has caught up, then repeat");
    }
}
