package io.omsbatch.testkit.fake;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.Limits;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import java.time.Duration;
import java.util.Objects;

/**
 * How a simulated platform behaves when nothing goes wrong. Immutable.
 *
 * @param seed decides every choice
 * @param latency how long a call takes at most; 0 to 1 day
 * @param settle how long a start, stop, resume, end or switchover step takes at most, and half of that at least; with zero
 *     the effect is there when the call returns
 * @param stage how long a stage of a running task takes
 * @param samplePeriod how often the forward sync is sampled; OMS does every 10 s
 * @param lag how far the target is behind the source
 * @param capabilities what the platform declares, and keeps
 * @since 0.1.0
 */
public record PlatformSettings(
        long seed,
        Duration latency,
        Duration settle,
        Duration stage,
        Duration samplePeriod,
        Duration lag,
        GatewayCapabilities capabilities) {

    private static final Duration DAY = Duration.ofDays(1);

    /**
     * Checks the parts.
     *
     * @throws InvalidInputException if a part breaks its limit, or commands settle later than the declared effect delay
     */
    public PlatformSettings {
        Limits.range("PlatformSettings.latency", latency, Duration.ZERO, DAY);
        Limits.range("PlatformSettings.settle", settle, Duration.ZERO, DAY);
        Limits.range("PlatformSettings.stage", stage, Duration.ofMillis(1), DAY);
        Limits.range("PlatformSettings.samplePeriod", samplePeriod, Duration.ofMillis(1), DAY);
        Limits.range("PlatformSettings.lag", lag, Duration.ZERO, DAY);
        Objects.requireNonNull(capabilities, "PlatformSettings.capabilities");
        Duration delay = capabilities.maximumEffectDelay();
        if (delay != null && delay.compareTo(settle) < 0) {
            throw new InvalidInputException(
                    "PlatformSettings.capabilities.maximumEffectDelay",
                    "is " + delay + ", shorter than settle, " + settle + "; the platform could not keep it");
        }
    }

    /**
     * Returns a platform without latency, that settles within 3 s, takes 1 min a stage, samples every 10 s, is 2 s behind,
     * and declares nothing beyond the minimum.
     *
     * @param seed decides every choice
     * @return the settings
     */
    public static PlatformSettings of(long seed) {
        return new PlatformSettings(
                seed,
                Duration.ZERO,
                Duration.ofSeconds(3),
                Duration.ofMinutes(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                GatewayCapabilities.of());
    }

    /**
     * Returns these settings with a latency.
     *
     * @param value how long a call takes at most
     * @return the changed settings
     */
    public PlatformSettings withLatency(Duration value) {
        return new PlatformSettings(seed, value, settle, stage, samplePeriod, lag, capabilities);
    }

    /**
     * Returns these settings with a settle time.
     *
     * @param value how long an asynchronous operation takes at most
     * @return the changed settings
     */
    public PlatformSettings withSettle(Duration value) {
        return new PlatformSettings(seed, latency, value, stage, samplePeriod, lag, capabilities);
    }

    /**
     * Returns these settings with a time per stage.
     *
     * @param value how long a stage takes
     * @return the changed settings
     */
    public PlatformSettings withStage(Duration value) {
        return new PlatformSettings(seed, latency, settle, value, samplePeriod, lag, capabilities);
    }

    /**
     * Returns these settings with a sampling of the forward sync.
     *
     * @param period how often it is sampled
     * @param behind how far the target is behind the source
     * @return the changed settings
     */
    public PlatformSettings withSync(Duration period, Duration behind) {
        return new PlatformSettings(seed, latency, settle, stage, period, behind, capabilities);
    }

    /**
     * Returns these settings with capabilities.
     *
     * @param value what the platform declares, and keeps
     * @return the changed settings
     */
    public PlatformSettings withCapabilities(GatewayCapabilities value) {
        return new PlatformSettings(seed, latency, settle, stage, samplePeriod, lag, value);
    }

    boolean has(GatewayCapability capability) {
        return capabilities.has(capability);
    }
}
