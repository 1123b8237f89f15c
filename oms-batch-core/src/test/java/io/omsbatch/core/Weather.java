package io.omsbatch.core;

import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.core.settings.CallSettings;
import io.omsbatch.core.settings.RetrySettings;
import io.omsbatch.core.settings.SettleSettings;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultScript;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * A platform and an engine to run on it, and what goes wrong there. Every fault keeps within what the platform declares, so
 * that a broken promise is the engine's; and faults are finite.
 *
 * @param seed decides every choice of platform and schedule
 * @param settleMillis how long the platform takes
 * @param declared what it declares
 * @param faults what goes wrong, and how often at most
 * @param concurrency how many calls at once
 * @param pageSize how many tasks a read
 * @param retries how many retries
 */
record Weather(
        long seed, int settleMillis, Declared declared, Faults faults, int concurrency, int pageSize, int retries) {

    record Declared(boolean deduplicates, int effectDelaySeconds, int stalenessSeconds) {}

    record Faults(List<FaultKind> kinds, int most, double rate) {}

    static Arbitrary<Weather> any() {
        Arbitrary<Declared> declared = Combinators.combine(
                        Arbitraries.of(false, true),
                        Arbitraries.integers().between(-1, 60),
                        Arbitraries.integers().between(0, 8))
                .as(Declared::new);
        Arbitrary<FaultKind> unclear = Arbitraries.of(
                FaultKind.AMBIGUOUS_EFFECT_LATER,
                FaultKind.AMBIGUOUS_AFTER_EFFECT,
                FaultKind.AMBIGUOUS_BEFORE_EFFECT,
                FaultKind.LATE_WITH_EFFECT,
                FaultKind.REFUSE,
                FaultKind.TRANSIENT);
        Arbitrary<Faults> faults = Combinators.combine(
                        Arbitraries.oneOf(
                                Arbitraries.of(FaultKind.class).list().ofMaxSize(6),
                                unclear.list().ofMinSize(2).ofMaxSize(6)),
                        Arbitraries.integers().between(0, 25),
                        Arbitraries.doubles().between(0, 0.7))
                .as(Faults::new);
        return Combinators.combine(
                        Arbitraries.longs().between(0, 1_000_000),
                        Arbitraries.integers().between(0, 15_000),
                        declared,
                        faults,
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.integers().between(0, 3))
                .as(Weather::new);
    }

    EngineHarness world() {
        return new EngineHarness(
                platform(),
                script(),
                settings -> settings.withCalls(
                                new CallSettings(concurrency, Duration.ofSeconds(10), pageSize, Duration.ofSeconds(2)))
                        .withRetry(new RetrySettings(retries, Duration.ofSeconds(1), Duration.ofSeconds(8)))
                        .withSettle(new SettleSettings(
                                Duration.ofMinutes(4), Duration.ofSeconds(1), Duration.ofSeconds(10))));
    }

    private PlatformSettings platform() {
        GatewayCapabilities capabilities = GatewayCapabilities.of(
                        declared.deduplicates
                                ? new GatewayCapability[] {GatewayCapability.DEDUPLICATION}
                                : new GatewayCapability[0])
                .withMaximumStaleness(Duration.ofSeconds(declared.stalenessSeconds));
        if (declared.effectDelaySeconds >= 0) {
            // a late effect is begun late, and then settles: both lie within the declaration
            capabilities = capabilities.withMaximumEffectDelay(
                    Duration.ofMillis(settleMillis).multipliedBy(3).plusSeconds(declared.effectDelaySeconds + 10));
        }
        return PlatformSettings.of(seed)
                .withSettle(Duration.ofMillis(settleMillis))
                .withLatency(Duration.ofMillis(seed % 2_000))
                .withCapabilities(capabilities);
    }

    private FaultScript script() {
        Duration delay = Duration.ofSeconds(Math.max(declared.effectDelaySeconds, 0) + 1);
        return faults.kinds.isEmpty()
                ? FaultScript.none()
                : FaultScript.none()
                        .byChance(
                                faults.rate,
                                faults.most,
                                faults.kinds.stream()
                                        .map(kind -> new Fault(kind, delay))
                                        .toList());
    }
}
