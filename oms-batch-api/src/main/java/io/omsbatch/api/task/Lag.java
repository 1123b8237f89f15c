package io.omsbatch.api.task;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.SafeText;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * How far the target is behind the source. Only a {@link Known} lag can ever pass a gate (SW-10): a negative one, or one
 * sampled too long ago, is {@link Skewed}, and a missing one is {@link Unknown}. Immutable.
 *
 * @since 0.1.0
 */
public sealed interface Lag {

    /**
     * A measured lag.
     *
     * @param value the lag, not negative
     */
    record Known(Duration value) implements Lag {
        /** Refuses a negative lag: that one is {@link Skewed}. */
        public Known {
            Objects.requireNonNull(value, "Lag.Known.value");
            if (value.isNegative()) {
                throw new InvalidInputException(
                        "Lag.Known.value", "is " + value + "; a negative lag is Skewed, use Lag.of");
            }
        }

        @Override
        public String toString() {
            return text(value);
        }
    }

    /**
     * No lag could be measured.
     *
     * @param why why not
     */
    record Unknown(String why) implements Lag {
        /** Shortens an overlong text. */
        public Unknown {
            why = SafeText.shorten(Objects.requireNonNull(why, "Lag.Unknown.why"), 200);
        }

        @Override
        public String toString() {
            return "unknown (" + SafeText.escape(why) + ")";
        }
    }

    /**
     * A lag was measured, and must not be believed.
     *
     * @param why why not
     */
    record Skewed(String why) implements Lag {
        /** Shortens an overlong text. */
        public Skewed {
            why = SafeText.shorten(Objects.requireNonNull(why, "Lag.Skewed.why"), 200);
        }

        @Override
        public String toString() {
            return "skewed (" + SafeText.escape(why) + ")";
        }
    }

    /**
     * Judges a raw measurement.
     *
     * @param raw the measured lag, perhaps negative
     * @param sampledAt when it was measured
     * @param now the present, by the same clock
     * @param maximumAge how old a sample may be
     * @return known, or skewed if it is negative, from the future, or too old
     */
    static Lag of(Duration raw, Instant sampledAt, Instant now, Duration maximumAge) {
        Objects.requireNonNull(raw, "raw");
        Objects.requireNonNull(sampledAt, "sampledAt");
        Objects.requireNonNull(now, "now");
        Objects.requireNonNull(maximumAge, "maximumAge");
        if (raw.isNegative()) {
            return new Skewed("negative: " + text(raw));
        }
        Duration age = Duration.between(sampledAt, now);
        if (age.compareTo(maximumAge) > 0) {
            return new Skewed(
                    "sampled " + age.toSeconds() + " s ago, at most " + maximumAge.toSeconds() + " s allowed");
        }
        if (age.negated().compareTo(maximumAge) > 0) {
            return new Skewed("sampled " + age.negated().toSeconds() + " s in the future");
        }
        return new Known(raw);
    }

    /** Milliseconds, or seconds where a platform claims more than milliseconds can count. */
    private static String text(Duration duration) {
        return Math.abs(duration.toDays()) < 1_000_000 ? duration.toMillis() + " ms" : duration.toSeconds() + " s";
    }
}
