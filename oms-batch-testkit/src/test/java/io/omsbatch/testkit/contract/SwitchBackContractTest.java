package io.omsbatch.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.testkit.fake.PlatformSettings;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The contract of gateways that switch back")
class SwitchBackContractTest {

    private static PlatformSettings settings = PlatformSettings.of(1);
    private static UnaryOperator<SwitchoverGateway> breaking = UnaryOperator.identity();

    /** Runs only where a test of this class asks for it. */
    static final class UnderTest extends SwitchBackContract {
        @Override
        protected SwitchoverBench bench() {
            return new FakeBench(settings, breaking);
        }
    }

    private static ContractRun run(PlatformSettings platform, UnaryOperator<SwitchoverGateway> broken) {
        settings = platform;
        breaking = broken;
        return ContractRun.of(UnderTest.class);
    }

    private static PlatformSettings undoing(long seed) {
        return PlatformSettings.of(seed).withCapabilities(GatewayCapabilities.of(GatewayCapability.UNDO));
    }

    @Test
    @DisplayName("is kept by the simulated platform, whether or not its pointer moves on by itself")
    void keptByThePlatform() {
        for (long seed = 1; seed <= 4; seed++) {
            ContractRun run = run(undoing(seed), UnaryOperator.identity());
            assertThat(run.failed()).isEmpty();
            assertThat(run.passed()).isEqualTo(25);
            assertThat(run.skipped()).containsOnlyKeys("fences", "precheckReadOnly");
        }
    }

    @Test
    @DisplayName("is kept by a slow, stale, coarse, fencing and deduplicating platform")
    void keptByASlowPlatform() {
        GatewayCapabilities capabilities = GatewayCapabilities.of(
                        GatewayCapability.DEDUPLICATION,
                        GatewayCapability.FENCING,
                        GatewayCapability.PRECHECK_READ_ONLY,
                        GatewayCapability.UNDO)
                .withMaximumStaleness(Duration.ofSeconds(5))
                .withMaximumEffectDelay(Duration.ofSeconds(8))
                .withPositionGranularity(1_000);
        ContractRun run = run(
                PlatformSettings.of(2).withLatency(Duration.ofSeconds(1)).withCapabilities(capabilities),
                UnaryOperator.identity());
        assertThat(run.failed()).isEmpty();
        assertThat(run.skipped()).isEmpty();
    }

    @Test
    @DisplayName("is kept by a platform that advances by itself")
    void keptBySelfAdvancing() {
        ContractRun run = run(
                PlatformSettings.of(3)
                        .withCapabilities(
                                GatewayCapabilities.of(GatewayCapability.SELF_ADVANCING, GatewayCapability.UNDO)),
                UnaryOperator.identity());
        assertThat(run.failed()).isEmpty();
    }

    @Test
    @DisplayName("finds a platform that takes a step of another round for one of its own")
    void ignoresTheRound() {
        ContractRun run = run(undoing(1), BrokenSwitchoverGateways.ignoresTheRound());
        assertThat(run.failed()).containsOnlyKeys("refusesOtherRound");
        assertThat(run.failed().get("refusesOtherRound")).contains("a step of round 3 was answered with");
    }

    @Test
    @DisplayName("finds a platform that keeps a task in its switch back for ever")
    void neverReadyAgain() {
        ContractRun run = run(undoing(1), BrokenSwitchoverGateways.neverReadyAgain());
        assertThat(run.failed()).containsOnlyKeys("forwardAgain");
        assertThat(run.failed().get("forwardAgain")).contains("not as ready for the forward switchover");
    }
}
