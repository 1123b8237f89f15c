package io.omsbatch.core.process;

import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import java.time.Duration;

/** The two kinds of platform on which runs are proved to survive. */
enum Manners {
    /** Refuses commands of an owner before, and gives a key that it has seen no second effect; says nothing of time. */
    FENCES_AND_DEDUPLICATES(GatewayCapabilities.of(GatewayCapability.FENCING, GatewayCapability.DEDUPLICATION)),
    /** Does neither, but lets no effect come later than it says. */
    BOUNDS_EFFECTS(GatewayCapabilities.of().withMaximumEffectDelay(Duration.ofMillis(7_500)));

    /** How long after the deadline of its call a command may still begin to take effect, where effects are bounded. */
    static final Duration GRACE = Duration.ofSeconds(1);

    @SuppressWarnings("ImmutableEnumChecker") // a record of values
    private final GatewayCapabilities capabilities;

    Manners(GatewayCapabilities capabilities) {
        this.capabilities = capabilities;
    }

    GatewayCapabilities capabilities() {
        return capabilities;
    }
}
