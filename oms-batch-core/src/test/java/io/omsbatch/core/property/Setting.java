package io.omsbatch.core.property;

import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.core.settings.CallSettings;
import io.omsbatch.core.settings.EngineSettings;
import io.omsbatch.core.settings.RetrySettings;
import io.omsbatch.testkit.check.RunBounds;
import io.omsbatch.testkit.fake.PlatformSettings;
import java.time.Duration;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * The platform and the engine of one try.
 *
 * @param seed decides the order of everything that happens, and every choice of the platform
 * @param latencyMillis how long a call takes at most
 * @param settleMillis how long the platform takes to settle at most
 * @param declared what the platform declares
 * @param concurrency how many calls at once
 * @param pageSize how many tasks a read
 */
record Setting(long seed, int latencyMillis, int settleMillis, Declared declared, int concurrency, int pageSize) {

    private static final int RETRIES = 3;

    /**
     * What the platform declares, and keeps.
     *
     * @param abilities what it can do
     * @param stalenessSeconds how old what it shows may be
     * @param effectDelaySeconds how much later than it settles an effect may come; negative if nobody knows
     * @param granularityMillis how coarse its positions are
     */
    record Declared(
            Set<GatewayCapability> abilities, int stalenessSeconds, int effectDelaySeconds, int granularityMillis) {}

    static Arbitrary<Setting> any() {
        Arbitrary<Declared> declared = Combinators.combine(
                        Arbitraries.of(
                                        GatewayCapability.DEDUPLICATION,
                                        GatewayCapability.FENCING,
                                        GatewayCapability.SELF_ADVANCING,
                                        GatewayCapability.PRECHECK_READ_ONLY,
                                        GatewayCapability.UNDO)
                                .set(),
                        Arbitraries.of(0, 0, 1, 5),
                        Arbitraries.of(-1, -1, 0, 5, 20),
                        Arbitraries.of(0, 0, 1_000))
                .as(Declared::new);
        return Combinators.combine(
                        Arbitraries.longs().between(0, Integer.MAX_VALUE),
                        Arbitraries.of(0, 0, 50, 900),
                        Arbitraries.of(0, 500, 3_000, 9_000),
                        declared,
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.of(1, 2, 3, 100))
                .as(Setting::new)
                .withoutEdgeCases();
    }

    PlatformSettings platform() {
        GatewayCapabilities capabilities = new GatewayCapabilities(
                declared.abilities,
                Duration.ofSeconds(declared.stalenessSeconds),
                declared.effectDelaySeconds < 0
                        ? null
                        : Duration.ofMillis(settleMillis).plusSeconds(declared.effectDelaySeconds),
                declared.granularityMillis,
                Set.of());
        return PlatformSettings.of(seed)
                .withLatency(Duration.ofMillis(latencyMillis))
                .withSettle(Duration.ofMillis(settleMillis))
                .withCapabilities(capabilities);
    }

    EngineSettings engine() {
        return EngineSettings.defaults()
                .withCalls(CallSettings.defaults().withConcurrency(concurrency).withPageSize(pageSize))
                .withRetry(new RetrySettings(RETRIES, Duration.ofSeconds(1), Duration.ofSeconds(16)));
    }

    RunBounds bounds() {
        return RunBounds.defaults().withConcurrency(concurrency);
    }
}
