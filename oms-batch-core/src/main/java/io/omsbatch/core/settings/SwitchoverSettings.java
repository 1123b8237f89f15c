package io.omsbatch.core.settings;

import io.omsbatch.api.Limits;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the switchover asks of the forward sync. Immutable.
 *
 * @param lagTolerance the largest lag with which a task may pass the precheck, 0 to 24 h; default 25 s, what OceanBase's own
 *     client takes for caught up
 * @param stableSamples how many distinct samples in a row must show that the write stop is reached, 1 to 100; default 3
 * @param catchUpTimeout how long the sync may take to reach the write stop, 10 ms to 24 h; default 90 s
 * @param maximumSampleAge how old a sample may be to be believed, 10 ms to 24 h; default 60 s (OMS samples and saves every
 *     10 s each)
 * @param maximumVerificationAge how old the last full verification that found no difference may be when the source is frozen, 1 s to 365
 *     days, or null if that is not asked, the default; an older or missing one holds the freeze back until an operator accepts it
 * @param coolDown how long ago the round before must be over when the next one starts, 1 s to 365 days, or null if that is not asked, the
 *     default; a task that switched later, or nobody knows when, waits until an operator accepts it
 * @param gates what the gates ask of operators; default one person, for ever
 * @since 0.1.0
 */
public record SwitchoverSettings(
        Duration lagTolerance,
        int stableSamples,
        Duration catchUpTimeout,
        Duration maximumSampleAge,
        @Nullable Duration maximumVerificationAge,
        @Nullable Duration coolDown,
        GateSettings gates) {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration YEAR = Duration.ofDays(365);

    /** Checks the ranges. */
    public SwitchoverSettings {
        Objects.requireNonNull(gates, "SwitchoverSettings.gates");
        Limits.range("SwitchoverSettings.lagTolerance", lagTolerance, Duration.ZERO, DAY);
        Limits.range("SwitchoverSettings.stableSamples", stableSamples, 1, 100);
        Limits.range("SwitchoverSettings.catchUpTimeout", catchUpTimeout, Duration.ofMillis(10), DAY);
        Limits.range("SwitchoverSettings.maximumSampleAge", maximumSampleAge, Duration.ofMillis(10), DAY);
        if (maximumVerificationAge != null) {
            Limits.range("SwitchoverSettings.maximumVerificationAge", maximumVerificationAge, SECOND, YEAR);
        }
        if (coolDown != null) {
            Limits.range("SwitchoverSettings.coolDown", coolDown, SECOND, YEAR);
        }
    }

    /** Returns the defaults. */
    public static SwitchoverSettings defaults() {
        return new SwitchoverSettings(
                Duration.ofSeconds(25),
                3,
                Duration.ofSeconds(90),
                Duration.ofSeconds(60),
                null,
                null,
                GateSettings.none());
    }

    /**
     * Returns these settings with another age of the last full verification.
     *
     * @param value how old it may be when the source is frozen, or null if that is not asked
     * @return the changed settings
     */
    public SwitchoverSettings withMaximumVerificationAge(@Nullable Duration value) {
        return new SwitchoverSettings(
                lagTolerance, stableSamples, catchUpTimeout, maximumSampleAge, value, coolDown, gates);
    }

    /**
     * Returns these settings with another cool-down.
     *
     * @param value how long ago the round before must be over, or null if that is not asked
     * @return the changed settings
     */
    public SwitchoverSettings withCoolDown(@Nullable Duration value) {
        return new SwitchoverSettings(
                lagTolerance, stableSamples, catchUpTimeout, maximumSampleAge, maximumVerificationAge, value, gates);
    }

    /**
     * Returns these settings with other gates.
     *
     * @param value what the gates ask of operators
     * @return the changed settings
     */
    public SwitchoverSettings withGates(GateSettings value) {
        return new SwitchoverSettings(
                lagTolerance, stableSamples, catchUpTimeout, maximumSampleAge, maximumVerificationAge, coolDown, value);
    }
}
