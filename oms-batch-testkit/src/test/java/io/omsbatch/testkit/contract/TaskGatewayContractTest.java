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

@DisplayName("The contract of task gateways")
class TaskGatewayContractTest {

    private static PlatformSettings settings = PlatformSettings.of(1);
    private static UnaryOperator<SwitchoverGateway> breaking = UnaryOperator.identity();

    /** Runs only where a test of this class asks for it. */
    static final class UnderTest extends TaskGatewayContract {
        @Override
        protected GatewayBench bench() {
            return new FakeBench(settings, breaking);
        }
    }

    private static ContractRun run(PlatformSettings platform, UnaryOperator<SwitchoverGateway> broken) {
        settings = platform;
        breaking = broken;
        return ContractRun.of(UnderTest.class);
    }

    @Test
    @DisplayName(
            "is kept by the simulated platform; only what it does not declare, or a simulation cannot do, is skipped")
    void keptByThePlatform() {
        ContractRun run = run(PlatformSettings.of(1), UnaryOperator.identity());
        assertThat(run.failed()).isEmpty();
        assertThat(run.passed()).isEqualTo(20);
        assertThat(run.skipped()).containsOnlyKeys("deduplicates", "fences", "manyThreads");
        assertThat(run.skipped().get("fences")).contains("the gateway does not declare FENCING");
    }

    @Test
    @DisplayName("is kept by a slow, stale, delaying, deduplicating and fencing platform")
    void keptByASlowPlatform() {
        GatewayCapabilities capabilities = GatewayCapabilities.of(
                        GatewayCapability.DEDUPLICATION, GatewayCapability.FENCING)
                .withMaximumStaleness(Duration.ofSeconds(20))
                .withMaximumEffectDelay(Duration.ofSeconds(30));
        ContractRun run = run(
                PlatformSettings.of(2).withLatency(Duration.ofSeconds(2)).withCapabilities(capabilities),
                UnaryOperator.identity());
        assertThat(run.failed()).isEmpty();
        assertThat(run.skipped()).containsOnlyKeys("manyThreads");
    }

    private static void finds(UnaryOperator<SwitchoverGateway> broken, String test, String message) {
        ContractRun run = run(PlatformSettings.of(1), broken);
        assertThat(run.failed()).containsOnlyKeys(test);
        assertThat(run.failed().get(test)).contains(message);
    }

    @Test
    @DisplayName("finds capabilities that change")
    void changesCapabilities() {
        finds(BrokenTaskGateways.changesCapabilities(), "capabilities", "capabilities() changed between two calls");
    }

    @Test
    @DisplayName("finds a read that forgets a task")
    void forgets() {
        finds(BrokenTaskGateways.forgetsTheLastOfMany(), "readsWhatIsAsked", "Look at: paging and filtering in read");
    }

    @Test
    @DisplayName("finds a read that fails because one task is missing")
    void failsForOneMissing() {
        finds(
                BrokenTaskGateways.failsForOneMissing(),
                "readsNothingUnknown",
                "one missing id must not hide the others");
    }

    @Test
    @DisplayName("finds a revision that changes when it is read")
    void countsReads() {
        finds(BrokenTaskGateways.countsReadsInRevision(), "readsWithoutTrace", "PLAN-3: the revision changed though");
    }

    @Test
    @DisplayName("finds a revision that does not change with the status")
    void neverChangesRevision() {
        finds(BrokenTaskGateways.neverChangesRevision(), "revisions", "so a stale plan could be run");
    }

    @Test
    @DisplayName("finds a listing that shows a task twice")
    void listsTwice() {
        finds(BrokenTaskGateways.listsTwice(), "lists", "must be listed exactly once");
    }

    @Test
    @DisplayName("finds a read that shows what was before")
    void showsOldState() {
        finds(BrokenTaskGateways.showsOldState(), "readsForward", "older than the declared maximum staleness of PT0S");
    }

    @Test
    @DisplayName("finds a read that throws something else when it is interrupted")
    void throwsWhenInterrupted() {
        finds(BrokenTaskGateways.throwsWhenInterrupted(), "interrupted", "throw GatewayException.ambiguous");
    }

    @Test
    @DisplayName("finds a gateway that says done when the platform only accepted")
    void saysDone() {
        finds(
                BrokenTaskGateways.saysDoneWhenAccepted(),
                "doneIsDone",
                "what the platform only took is accepted, not done");
    }

    @Test
    @DisplayName("finds a command that does nothing")
    void doesNotStop() {
        finds(BrokenTaskGateways.doesNotStop(), "stop", "RUN-4: stop was answered with Accepted[], but after PT30S");
    }

    @Test
    @DisplayName("finds a command that answers null")
    void answersNull() {
        finds(BrokenTaskGateways.answersNull(), "end", "RUN-6: end returned null");
    }

    @Test
    @DisplayName("finds a command that throws an exception of its own")
    void throwsItsOwn() {
        finds(BrokenTaskGateways.throwsItsOwn(), "delete", "only GatewayException says what happened to the effect");
    }

    @Test
    @DisplayName("finds a command that does something else")
    void alsoStops() {
        finds(BrokenTaskGateways.alsoStops(), "skipVerification", "RUN-4: skip full verification was answered with");
    }

    @Test
    @DisplayName("finds a gateway that hides what the platform refused")
    void hidesRefusals() {
        finds(BrokenTaskGateways.hidesRefusals(), "refusesWrongStatus", "what it refuses must become Refused");
    }

    @Test
    @DisplayName("finds a refusal without a reason")
    void refusesWithoutReason() {
        finds(BrokenTaskGateways.refusesWithoutReason(), "refusesWrongStatus", "the refusal says \"UNSPECIFIED: \"");
    }

    @Test
    @DisplayName("finds a gateway that accepts commands for unknown tasks")
    void acceptsUnknown() {
        finds(BrokenTaskGateways.acceptsUnknownTasks(), "refusesUnknown", "\"no such task\"; it must become Refused");
    }

    @Test
    @DisplayName("finds a command that changes another task as well")
    void changesTheNeighbour() {
        finds(BrokenTaskGateways.changesTheNeighbour(), "changesOnlyTheTask", "a command for one task changed another");
    }

    @Test
    @DisplayName("finds a gateway that declares to deduplicate and does not")
    void doesNotDeduplicate() {
        finds(
                BrokenTaskGateways.declares(GatewayCapability.DEDUPLICATION),
                "deduplicates",
                "a repeated key had its effect again");
    }

    @Test
    @DisplayName("finds a gateway that declares to fence and does not")
    void doesNotFence() {
        finds(BrokenTaskGateways.declares(GatewayCapability.FENCING), "fences", "token 6 after token 7 was answered");
    }

    @Test
    @DisplayName("finds a gateway that refuses a stale token after the effect")
    void fencesTooLate() {
        finds(BrokenTaskGateways.fencesTooLate(), "fences", "FENCING: a refused token had an effect");
    }

    @Test
    @DisplayName("finds a listing that leaves a task out between two pages")
    void listsWithGaps() {
        finds(BrokenTaskGateways.listsWithGaps(), "lists", "where one page ends and the next begins");
    }

    @Test
    @DisplayName("finds pages that are longer than asked for")
    void listsMore() {
        finds(BrokenTaskGateways.listsMoreThanAsked(), "lists", "Look at: the page size it asks for");
    }

    @Test
    @DisplayName("finds a listing that begins again and again")
    void listsWithoutEnd() {
        finds(BrokenTaskGateways.listsWithoutEnd(), "lists", "list did not end after 10000 pages. Look at: next()");
    }

    @Test
    @DisplayName("finds a read that makes up a task that the platform does not have")
    void showsUnknown() {
        finds(
                BrokenTaskGateways.showsUnknownTasks(),
                "readsNothingUnknown",
                "PLAN-2: a missing task must be left out of the map");
    }

    @Test
    @DisplayName("finds a read that shows a task under another's identity")
    void mixesIdentities() {
        finds(BrokenTaskGateways.showsUnderAnothersIdentity(), "readsWhatIsAsked", "Look at: the keys of the map");
    }

    @Test
    @DisplayName("finds a gateway that says a command may be sent again though it was carried out")
    void lostReply() {
        finds(
                BrokenTaskGateways.callsALostReplyTransient(),
                "skipVerification",
                "RUN-3: skip full verification was answered with TRANSIENT (reset), which says that nothing happened");
    }

    @Test
    @DisplayName("finds a gateway that says no once the command was carried out")
    void rejectsAfter() {
        finds(
                BrokenTaskGateways.rejectsAfterTheEffect(),
                "delete",
                "RUN-3: delete was answered with REJECTED (cannot read the answer), which says that nothing");
    }

    @Test
    @DisplayName("finds a refusal of a command that did something else")
    void refusesAfter() {
        finds(
                BrokenTaskGateways.refusesAfterTheEffect(),
                "refusesWrongStatus",
                "a refused command had an effect. Look at: what the gateway takes for a refusal");
    }

    @Test
    @DisplayName("finds a read that still shows what was deleted")
    void showsDeleted() {
        finds(BrokenTaskGateways.keepsShowingDeletedTasks(), "delete", "RUN-4: delete was answered with");
    }

    @Test
    @DisplayName("finds a read that does not show the switchover")
    void hidesSwitchover() {
        finds(BrokenTaskGateways.hidesTheSwitchover(), "enterSwitchover", "how read maps status, stage and level");
    }

    @Test
    @DisplayName("finds a read that does not know a level")
    void knowsNoLevel() {
        finds(
                BrokenTaskGateways.knowsNoHighLevel(),
                "alertLevel",
                "RUN-4: modify alert configuration was answered with");
    }

    @Test
    @DisplayName("finds a gateway that remembers the last key only")
    void lastKey() {
        finds(BrokenTaskGateways.remembersTheLastKey(), "deduplicates", "Look at: where seen keys are kept");
    }

    @Test
    @DisplayName("finds a fence that drops a stale command and says that it was accepted")
    void dropsStale() {
        finds(
                BrokenTaskGateways.fencesWithoutRefusing(),
                "fences",
                "token 6 after token 7 was answered with Accepted[]");
    }
}
