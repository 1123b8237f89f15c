package io.omsbatch.api.gateway;

import io.omsbatch.api.Limits;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway declares about itself. Immutable.
 *
 * @param supported what it can do beyond the minimum
 * @param maximumStaleness how old the state that a read shows may be, at most; 0 if a read shows every earlier effect
 * @param maximumEffectDelay how long after its call a command may still take effect, at most; null if nobody knows, in
 *     which case an ambiguous command is repeated only if the gateway deduplicates
 * @param positionGranularity how coarse sync positions are, in their own unit; 0 if they are exact
 * @since 0.1.0
 */
public record GatewayCapabilities(
        Set<GatewayCapability> supported,
        Duration maximumStaleness,
        @Nullable Duration maximumEffectDelay,
        long positionGranularity) {

    private static final Duration LONGEST = Duration.ofDays(1);

    /** Copies and checks the parts. */
    public GatewayCapabilities {
        Objects.requireNonNull(supported, "GatewayCapabilities.supported");
        supported = supported.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(supported));
        Limits.range("GatewayCapabilities.maximumStaleness", maximumStaleness, Duration.ZERO, LONGEST);
        if (maximumEffectDelay != null) {
            Limits.range("GatewayCapabilities.maximumEffectDelay", maximumEffectDelay, Duration.ZERO, LONGEST);
        }
        Limits.range("GatewayCapabilities.positionGranularity", positionGranularity, 0, Long.MAX_VALUE);
    }

    /**
     * Returns capabilities with these abilities, reads that show every earlier effect, exact positions, and an unknown
     * effect delay.
     *
     * @param supported what the gateway can do beyond the minimum
     * @return the capabilities
     */
    public static GatewayCapabilities of(GatewayCapability... supported) {
        EnumSet<GatewayCapability> set = EnumSet.noneOf(GatewayCapability.class);
        set.addAll(Arrays.asList(Objects.requireNonNull(supported, "supported")));
        return new GatewayCapabilities(set, Duration.ZERO, null, 0);
    }

    /**
     * Returns these capabilities with a maximum staleness.
     *
     * @param value how old the state that a read shows may be
     * @return the changed capabilities
     */
    public GatewayCapabilities withMaximumStaleness(Duration value) {
        return new GatewayCapabilities(supported, value, maximumEffectDelay, positionGranularity);
    }

    /**
     * Returns these capabilities with a maximum effect delay.
     *
     * @param value how long after its call a command may still take effect, or null if nobody knows
     * @return the changed capabilities
     */
    public GatewayCapabilities withMaximumEffectDelay(@Nullable Duration value) {
        return new GatewayCapabilities(supported, maximumStaleness, value, positionGranularity);
    }

    /**
     * Returns these capabilities with a position granularity.
     *
     * @param value how coarse sync positions are, in their own unit
     * @return the changed capabilities
     */
    public GatewayCapabilities withPositionGranularity(long value) {
        return new GatewayCapabilities(supported, maximumStaleness, maximumEffectDelay, value);
    }

    /**
     * Returns whether an ability is declared.
     *
     * @param capability the ability
     * @return whether it is declared
     */
    public boolean has(GatewayCapability capability) {
        return supported.contains(capability);
    }
}
