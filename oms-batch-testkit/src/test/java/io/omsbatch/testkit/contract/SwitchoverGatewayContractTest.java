package io.omsbatch.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.testkit.fake.PlatformSettings;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The contract of switchover gateways")
class SwitchoverGatewayContractTest {

    private static PlatformSettings settings = PlatformSettings.of(1);
    private static UnaryOperator<SwitchoverGateway> breaking = UnaryOperator.identity();

    /** Runs only where a test of this class asks for it. */
    static final class UnderTest extends SwitchoverGatewayContract {
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

    @Test
    @DisplayName("is kept by the simulated platform, whether or not its pointer moves on by itself")
    void keptByThePlatform() {
        for (long seed = 1; seed <= 4; seed++) {
            ContractRun run = run(PlatformSettings.of(seed), UnaryOperator.identity());
            assertThat(run.failed()).isEmpty();
            assertThat(run.passed()).isEqualTo(18);
            assertThat(run.skipped()).containsOnlyKeys(skippedBesides("fences", "precheckReadOnly"));
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
                PlatformSettings.of(3).withCapabilities(GatewayCapabilities.of(GatewayCapability.SELF_ADVANCING)),
                UnaryOperator.identity());
        assertThat(run.failed()).isEmpty();
        assertThat(run.skipped())
                .containsOnlyKeys(skippedBesides("fences", "precheckReadOnly", "refusesReverse", "caughtUp"));
    }

    /** Without UNDO nothing is taken back. */
    private static String[] skippedBesides(String... others) {
        return Stream.concat(
                        Stream.of(others),
                        Stream.of(
                                "takenBack",
                                "sourceLast",
                                "undoRepeated",
                                "refusesLateRun",
                                "againAfterUndo",
                                "refusesPastReturn"))
                .toArray(String[]::new);
    }

    private static void findsOfUndo(UnaryOperator<SwitchoverGateway> broken, String test, String message) {
        ContractRun run =
                run(PlatformSettings.of(1).withCapabilities(GatewayCapabilities.of(GatewayCapability.UNDO)), broken);
        assertThat(run.failed()).containsOnlyKeys(test);
        assertThat(run.failed().get(test)).contains(message);
    }

    @Test
    @DisplayName("is kept by a platform that undoes, whether or not its pointer moves on by itself")
    void keptByUndoing() {
        for (long seed = 1; seed <= 4; seed++) {
            ContractRun run = run(
                    PlatformSettings.of(seed).withCapabilities(GatewayCapabilities.of(GatewayCapability.UNDO)),
                    UnaryOperator.identity());
            assertThat(run.failed()).isEmpty();
            assertThat(run.skipped()).containsOnlyKeys("fences", "precheckReadOnly");
        }
    }

    @Test
    @DisplayName("finds a platform that takes a step of another round for one of its own")
    void ignoresTheRound() {
        finds(BrokenSwitchoverGateways.ignoresTheRound(), "refusesOtherRound", "a step of round 2 was answered with");
    }

    @Test
    @DisplayName("finds a target store that is said to be gone and is not")
    void keepsTheStore() {
        findsOfUndo(
                BrokenSwitchoverGateways.keepsTheStore(), "takenBack", "the undo of start target store was answered");
    }

    @Test
    @DisplayName("finds a source that is given back before forward sync runs again")
    void freesTheSourceEarly() {
        findsOfUndo(
                BrokenSwitchoverGateways.freesTheSourceEarly(),
                "sourceLast",
                "given back while forward sync is STOPPED");
    }

    @Test
    @DisplayName("finds a platform that does again what its run has taken back")
    void doesAgain() {
        findsOfUndo(BrokenSwitchoverGateways.forgetsWhoTookBack(), "refusesLateRun", "answered with");
    }

    @Test
    @DisplayName("finds a platform that takes back what is past its point of no return")
    void takesBackAnything() {
        findsOfUndo(BrokenSwitchoverGateways.takesBackAnything(), "refusesPastReturn", "SW-7: an undo past");
    }

    private static void finds(UnaryOperator<SwitchoverGateway> broken, String test, String message) {
        ContractRun run = run(PlatformSettings.of(1), broken);
        assertThat(run.failed()).containsOnlyKeys(test);
        assertThat(run.failed().get(test)).contains(message);
    }

    @Test
    @DisplayName("finds reads that do not show the step")
    void readsHideTheStep() {
        finds(BrokenSwitchoverGateways.readsHideTheStep(), "beginsAtFirstStep", "a read shows another step than");
    }

    @Test
    @DisplayName("finds an observation of a task that does not exist")
    void showsUnknown() {
        finds(BrokenSwitchoverGateways.showsUnknownTasks(), "observesNothingUnknown", "must be left out of the map");
    }

    @Test
    @DisplayName("finds a gateway that accepts steps of unknown tasks")
    void acceptsUnknown() {
        finds(BrokenSwitchoverGateways.acceptsUnknownTasks(), "refusesUnknown", "\"no such task\"");
    }

    @Test
    @DisplayName("finds a gateway that accepts a step whose turn has not come")
    void acceptsAnyStep() {
        finds(
                BrokenSwitchoverGateways.acceptsAnyStepAtFirst(),
                "refusesOutOfOrder",
                "SW-1: start reverse increment was");
    }

    @Test
    @DisplayName("finds a gateway that takes the reverse increment while forward sync runs")
    void startsReverse() {
        finds(BrokenSwitchoverGateways.startsReverseAnyway(), "refusesReverse", "while forward sync is RUNNING");
    }

    @Test
    @DisplayName("finds samples that are never renewed")
    void freezesSamples() {
        finds(BrokenSwitchoverGateways.freezesSamples(), "samples", "SW-10: within PT30S only these samples were seen");
    }

    @Test
    @DisplayName("finds a stop point that was read before the writes were stopped")
    void earlyStopPoint() {
        finds(BrokenSwitchoverGateways.readsTheStopPointEarly(), "stopPoint", "it must be read after the write stop");
    }

    @Test
    @DisplayName("finds a stop point that moves when the step is repeated")
    void movesTheStopPoint() {
        finds(BrokenSwitchoverGateways.movesTheStopPointWhenRepeated(), "repeats", "moved the stop point");
    }

    @Test
    @DisplayName("finds a forward sync that is assumed to be stopped")
    void assumesForwardStopped() {
        finds(BrokenSwitchoverGateways.assumesForwardStopped(), "forwardStopped", "it must be observed, not assumed");
    }

    @Test
    @DisplayName("finds both directions running")
    void bothDirections() {
        finds(BrokenSwitchoverGateways.runsBothDirections(), "neverBothDirections", "changes go round in circles");
    }

    @Test
    @DisplayName("finds a target store of which nobody knows from where it reads")
    void forgetsTheStore() {
        finds(BrokenSwitchoverGateways.forgetsTheStore(), "storeStart", "SW-6: the target store was started");
    }

    @Test
    @DisplayName("finds a reverse increment that is assumed to run")
    void assumesReverse() {
        finds(BrokenSwitchoverGateways.assumesReverseRunning(), "reverseRunning", "is not observed running");
    }

    @Test
    @DisplayName("finds a pointer that goes back")
    void goesBack() {
        finds(BrokenSwitchoverGateways.goesBack(), "pointerMovesForward", "SW-1: the task went back");
    }

    @Test
    @DisplayName("finds a precheck that passes with a blocking finding")
    void blockingPrecheck() {
        finds(BrokenSwitchoverGateways.passesABlockingPrecheck(), "precheckFindings", "though it shows blocking");
    }

    @Test
    @DisplayName("finds a step that is taken and never over; what lies behind it is skipped")
    void getsStuck() {
        ContractRun run = run(PlatformSettings.of(1), BrokenSwitchoverGateways.getsStuck());
        assertThat(run.failed()).containsOnlyKeys("allStepsOver");
        assertThat(run.failed().get("allStepsOver"))
                .contains("process database objects was answered with Accepted[], but is not over");
        assertThat(run.skipped()).containsKeys("objectsDone", "reverseRunning", "repeats", "refusesReverse");
    }

    @Test
    @DisplayName("finds a step that is over though the lag is negative")
    void negativeLag() {
        finds(BrokenSwitchoverGateways.goesOnWithANegativeLag(), "caughtUp", "a negative one is Skewed, see Lag.of");
    }

    @Test
    @DisplayName("finds a negative lag that is taken for none")
    void lagCutOff() {
        finds(
                BrokenSwitchoverGateways.takesANegativeLagForNone(),
                "caughtUp",
                "no sample with a known lag was seen at the stop point");
    }

    @Test
    @DisplayName("finds objects that are said to be processed and are not")
    void pendingObject() {
        finds(BrokenSwitchoverGateways.leavesAnObjectPending(), "objectsDone", "trigger-1 is still pending");
    }

    @Test
    @DisplayName("finds a start of the target store that moves later")
    void movesTheStore() {
        finds(BrokenSwitchoverGateways.movesTheStore(), "storeStart", "moved later, past possible writes");
    }

    @Test
    @DisplayName("finds a stop point from before the writes were stopped")
    void stopPointBefore() {
        finds(
                BrokenSwitchoverGateways.showsAStopPointBefore(),
                "stopPoint",
                "SW-4: a stop point was shown before the writes were confirmed stopped");
    }

    @Test
    @DisplayName("finds a gateway that declares to fence and does not")
    void doesNotFence() {
        finds(BrokenSwitchoverGateways.declaresToFence(), "fences", "FENCING: token 6 after token 7 was answered with");
    }

    @Test
    @DisplayName("finds a precheck that begins the switchover")
    void precheckBegins() {
        finds(
                BrokenSwitchoverGateways.prechecksWithAnEffect(),
                "precheckReadOnly",
                "PRECHECK_READ_ONLY: the task stands elsewhere after it");
    }
}
