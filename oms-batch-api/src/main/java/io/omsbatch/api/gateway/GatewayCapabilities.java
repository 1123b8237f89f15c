package io.omsbatch.api.gateway;

import io.omsbatch.api.Limits;
import io.omsbatch.api.task.TaskRef;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
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
 * @param platforms the platforms ({@link TaskRef#platform()}) whose tasks it reads and commands, at most 1 000; empty if it does not say, and
 *     then an engine takes every run in its journal for one of its own. Say it where engines of several platforms share a journal
 * @since 0.1.0
 */
public record GatewayCapabilities(
        Set<GatewayCapability> supported,
        Duration maximumStaleness,
        @Nullable Duration maximumEffectDelay,
        long positionGranularity,
        Set<String> platforms) {

    private static final Duration LONGEST = Duration.ofDays(1);

    /** Copies and checks the parts. */
    public GatewayCapabilities {
        Limits.elements("GatewayCapabilities.supported", supported, GatewayCapability.values().length);
        supported = supported.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(supported));
        Limits.range("GatewayCapabilities.maximumStaleness", maximumStaleness, Duration.ZERO, LONGEST);
        if (maximumEffectDelay != null) {
            Limits.range("GatewayCapabilities.maximumEffectDelay", maximumEffectDelay, Duration.ZERO, LONGEST);
        }
        Limits.range("GatewayCapabilities.positionGranularity", positionGranularity, 0, Long.MAX_VALUE);
        Limits.elements("GatewayCapabilities.platforms", platforms, Limits.ITEMS);
        platforms.forEach(platform -> Limits.name("GatewayCapabilities.platforms", platform));
        platforms = Set.copyOf(platforms);
    }

    /**
     * Returns capabilities with these abilities, reads that show every earlier effect, exact positions, an unknown
     * effect delay, and platforms of which it says nothing.
     *
     * @param supported what the gateway can do beyond the minimum
     * @return the capabilities
     */
    public static GatewayCapabilities of(GatewayCapability... supported) {
        List<GatewayCapability> listed = Arrays.asList(Objects.requireNonNull(supported, "supported"));
        Limits.noNull("supported", listed);
        EnumSet<GatewayCapability> set = EnumSet.noneOf(GatewayCapability.class);
        set.addAll(listed);
        return new GatewayCapabilities(set, Duration.ZERO, null, 0, Set.of());
    }

    /**
     * Returns these capabilities with a maximum staleness.
     *
     * @param value how old the state that a read shows may be
     * @return the changed capabilities
     */
    public GatewayCapabilities withMaximumStaleness(Duration value) {
        return new GatewayCapabilities(supported, value, maximumEffectDelay, positionGranularity, platforms);
    }

    /**
     * Returns these capabilities with a maximum effect delay.
     *
     * @param value how long after its call a command may still take effect, or null if nobody knows
     * @return the changed capabilities
     */
    public GatewayCapabilities withMaximumEffectDelay(@Nullable Duration value) {
        return new GatewayCapabilities(supported, maximumStaleness, value, positionGranularity, platforms);
    }

    /**
     * Returns these capabilities with a position granularity.
     *
     * @param value how coarse sync positions are, in their own unit
     * @return the changed capabilities
     */
    public GatewayCapabilities withPositionGranularity(long value) {
        return new GatewayCapabilities(supported, maximumStaleness, maximumEffectDelay, value, platforms);
    }

    /**
     * Returns these capabilities with the platforms that are served. Which they are must not change while runs live: a run is
     * taken over only by an engine whose gateway serves the platforms of all its tasks.
     *
     * @param served the ids of the platforms, each as {@link TaskRef#platform()} limits it
     * @return the changed capabilities
     */
    public GatewayCapabilities withPlatforms(String... served) {
        List<String> listed = Arrays.asList(Objects.requireNonNull(served, "served"));
        Limits.noNull("served", listed);
        return new GatewayCapabilities(
                supported, maximumStaleness, maximumEffectDelay, positionGranularity, Set.copyOf(listed));
    }

    /**
     * Returns whether a task is of a platform that is served.
     *
     * @param task the task
     * @return whether it is, or nothing is said of platforms
     */
    public boolean serves(TaskRef task) {
        String platform = Objects.requireNonNull(task, "task").platform();
        return platforms.isEmpty() || platforms.contains(platform);
    }

    /**
     * Returns whether an ability is declared.
     *
     * @param capability the ability
     * @return whether it is declared
     */
    public boolean has(GatewayCapability capability) {
        return supported.contains(Objects.requireNonNull(capability, "capability"));
    }
}
