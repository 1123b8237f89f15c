package io.omsbatch.testkit.arbitraries;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Random times and durations.
 *
 * @since 0.1.0
 */
public final class TimeArbitraries {

    private static final Instant BASE = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private TimeArbitraries() {}

    /** Returns times around the beginning of 2026, to the nanosecond; now and then the first or the last that databases know. */
    public static Arbitrary<Instant> times() {
        Arbitrary<Instant> around = Combinators.combine(
                        Arbitraries.longs()
                                .between(
                                        -Duration.ofDays(400).toSeconds(),
                                        Duration.ofDays(400).toSeconds())
                                .shrinkTowards(0),
                        Arbitraries.of(0, 1, 1_000, 123_456_789, 999_999_999))
                .as((seconds, nanos) -> BASE.plusSeconds(seconds).plusNanos(nanos));
        return Arbitraries.frequencyOf(Tuple.of(19, around), Tuple.of(1, Arbitraries.of(Instant.EPOCH, LAST)));
    }

    /**
     * Returns durations from one to another, which both come often.
     *
     * @param least the least
     * @param most the most
     * @return the durations
     */
    public static Arbitrary<Duration> durations(Duration least, Duration most) {
        Arbitrary<Duration> any =
                Arbitraries.longs().between(least.toMillis(), most.toMillis()).map(Duration::ofMillis);
        return Arbitraries.frequencyOf(Tuple.of(4, any), Tuple.of(1, Arbitraries.of(least, most)));
    }

    /** Returns durations of something that happened, from none to a week. */
    static Arbitrary<Duration> spans() {
        return durations(Duration.ZERO, Duration.ofDays(7));
    }
}
