package io.omsbatch.testkit.contract;

import static io.omsbatch.testkit.contract.JournalSamples.ORDERS;
import static io.omsbatch.testkit.contract.JournalSamples.ORDERS_ELSEWHERE;
import static io.omsbatch.testkit.contract.RunMemory.opened;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.journal.Lease;
import io.omsbatch.api.journal.TakenRun;
import io.omsbatch.api.operation.RunAction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What a store keeps of which engine owns which run. */
final class RunOwnership {

    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Lease OTHER = new Lease("engine-2", Duration.ofMinutes(10));
    private static final String LOOK = ". Look at: how the end of a lease is kept and compared, by the store's clock";

    private final JournalStore store;
    private final Consumer<Duration> passing;

    RunOwnership(JournalStore store, Consumer<Duration> passing) {
        this.store = store;
        this.passing = passing;
    }

    private FencingToken abandoned(String runId, String requestId) {
        FencingToken token = opened(store, JournalSamples.run(runId, requestId), new Lease("engine-1", SHORT));
        passing.accept(SHORT.multipliedBy(2));
        return token;
    }

    private TakenRun taken(String runId) {
        Optional<TakenRun> taken = store.takeOver(runId, OTHER);
        assertTrue(taken.isPresent(), "DUR-2: a run whose lease had ended could not be taken over" + LOOK);
        return taken.get();
    }

    void liveStaysOwned() {
        FencingToken token = opened(store, JournalSamples.run("run-1", "q-1"));
        assertEquals(
                List.of(),
                store.abandoned(Set.of(), 10),
                "DUR-3: a run whose owner lives was listed as abandoned" + LOOK);
        assertEquals(
                Optional.empty(),
                store.takeOver("run-1", OTHER),
                "DUR-3: a run whose owner lives could be taken over" + LOOK);
        store.append("run-1", token, JournalSamples.everyTaskFact());
    }

    void takesOver() {
        FencingToken before = abandoned("run-1", "q-1");
        assertEquals(List.of("run-1"), store.abandoned(Set.of(), 10), "DUR-2: an abandoned run was not listed" + LOOK);
        TakenRun taken = taken("run-1");
        assertEquals(JournalSamples.run("run-1", "q-1"), taken.run(), "DUR-1: the run came back changed");
        assertTrue(
                taken.token().compareTo(before) > 0,
                "DUR-2: the new owner's token, " + taken.token() + ", is not higher than " + before
                        + ". Look at: what raises the token");
        assertEquals(
                List.of(), store.abandoned(Set.of(), 10), "DUR-3: a run that was taken over is still listed" + LOOK);
        assertEquals(Optional.empty(), store.takeOver("run-1", OTHER), "DUR-3: it was taken over twice" + LOOK);
        for (Consumer<FencingToken> write : List.<Consumer<FencingToken>>of(
                token -> store.append("run-1", token, JournalSamples.everyTaskFact()),
                token -> store.claim("run-1", token, Set.of(ORDERS), false, JournalSamples.NOW))) {
            JournalException refused = assertThrows(
                    JournalException.class,
                    () -> write.accept(before),
                    "DUR-2: the owner before could still write. Look at: which token append and claim compare with");
            assertEquals(JournalException.Kind.FENCED, refused.kind(), "the kind of the failure");
            write.accept(taken.token());
        }
    }

    void renews() {
        Lease lease = new Lease("engine-1", SHORT);
        FencingToken first = opened(store, JournalSamples.run("run-1", "q-1"), lease);
        FencingToken second = opened(store, JournalSamples.run("run-2", "q-2"), lease);
        Map<String, FencingToken> both = Map.of("run-1", first, "run-2", second, "run-9", first);
        assertEquals(
                Set.of("run-9"),
                store.renew(JournalSamples.LEASE, both),
                "DUR-2: which runs are not the caller's. Look at: what renew says of unknown runs");
        passing.accept(SHORT.multipliedBy(2));
        assertEquals(
                List.of(), store.abandoned(Set.of(), 10), "DUR-3: a renewed lease ended with the one before" + LOOK);
    }

    void renewsLate() {
        FencingToken token = abandoned("run-1", "q-1");
        assertEquals(
                Set.of(),
                store.renew(JournalSamples.LEASE, Map.of("run-1", token)),
                "DUR-2: a lease that had ended, and that nobody took over, could not be renewed" + LOOK);
        assertEquals(
                List.of(), store.abandoned(Set.of(), 10), "DUR-3: it was renewed, and is listed as abandoned" + LOOK);
    }

    void renewsNothingTaken() {
        FencingToken before = abandoned("run-1", "q-1");
        FencingToken token = taken("run-1").token();
        assertEquals(
                Set.of("run-1"),
                store.renew(new Lease("engine-1", SHORT), Map.of("run-1", before)),
                "DUR-2: an owner was not told that its run was taken over. Look at: which token renew compares with");
        passing.accept(SHORT.multipliedBy(2));
        assertEquals(
                List.of(),
                store.abandoned(Set.of(), 10),
                "DUR-3: the owner before shortened the new owner's lease" + LOOK);
        assertEquals(Set.of(), store.renew(OTHER, Map.of("run-1", token)), "DUR-2: the new owner could not renew");
    }

    void releases() {
        FencingToken token = opened(store, JournalSamples.run("run-1", "q-1"));
        store.release("run-1", new FencingToken(token.value() + 1));
        store.release("run-9", token);
        assertEquals(
                List.of(), store.abandoned(Set.of(), 10), "DUR-3: a run was released with a token that is not its own");
        store.release("run-1", token);
        assertEquals(
                List.of("run-1"), store.abandoned(Set.of(), 10), "a released run is not listed as abandoned" + LOOK);
        FencingToken newer = taken("run-1").token();
        store.release("run-1", token);
        assertEquals(
                List.of(),
                store.abandoned(Set.of(), 10),
                "DUR-3: the owner before released the new owner's run" + LOOK);
        store.append("run-1", newer, JournalSamples.everyTaskFact());
    }

    void parked() {
        FencingToken token = opened(store, JournalSamples.run("run-1", "q-1"));
        store.append("run-1", token, List.of(JournalSamples.runFact(JournalRecord.Kind.PARKED)));
        store.release("run-1", token);
        assertEquals(
                List.of(),
                store.abandoned(Set.of(), 10),
                "RUN-8: a parked run was listed as abandoned, and would go on");
        FencingToken newer = taken("run-1").token();
        store.append("run-1", newer, List.of(JournalSamples.runFact(JournalRecord.Kind.TAKEN_OVER)));
        store.release("run-1", newer);
        assertEquals(
                List.of("run-1"),
                store.abandoned(Set.of(), 10),
                "DUR-1: a run that was parked, taken over and abandoned is not listed. Look at: what ends its rest");
    }

    void parksUnowned() {
        FencingToken before = abandoned("run-1", "q-1");
        JournalRecord parked =
                JournalSamples.runFact(JournalRecord.Kind.PARKED, "NOT_RECOVERABLE", JournalSamples.NOW.plusSeconds(9));
        assertTrue(store.park("run-1", parked), "DUR-4: a run that nobody owns could not be parked" + LOOK);
        assertEquals(List.of(), store.abandoned(Set.of(), 10), "DUR-4: it was parked, and is listed as abandoned");
        assertEquals(
                List.of(parked),
                store.read("run-1", 0, 10).stream().map(JournalEntry::record).toList(),
                "DUR-4: what is written when a run is parked");
        assertThrows(
                JournalException.class,
                () -> store.append("run-1", before, JournalSamples.everyTaskFact()),
                "DUR-4: the owner before could still write to a run that was parked. Look at: what raises the token");
        assertTrue(
                taken("run-1").token().compareTo(before) > 0,
                "DUR-2: the token of who took the parked run over" + LOOK);
    }

    void parksNothingElse() {
        JournalRecord parked = JournalSamples.runFact(JournalRecord.Kind.PARKED);
        FencingToken owner = opened(store, JournalSamples.run("owned", "q-1"));
        assertFalse(store.park("owned", parked), "DUR-3: a run whose owner lives was parked by another" + LOOK);
        FencingToken ended = opened(store, JournalSamples.run("ended", "q-2"));
        store.append("ended", ended, List.of(JournalSamples.runFact(JournalRecord.Kind.ENDED)));
        store.release("ended", ended);
        assertFalse(store.park("ended", parked), "DUR-1: a run that has ended was parked");
        FencingToken resting = opened(store, JournalSamples.run("parked", "q-3"));
        store.append("parked", resting, List.of(parked));
        store.release("parked", resting);
        assertFalse(store.park("parked", parked), "DUR-4: a run that is parked was parked again");
        assertFalse(store.park("run-9", parked), "an unknown run was parked");
        store.append("owned", owner, JournalSamples.everyTaskFact());
        for (String run : List.of("ended", "parked")) {
            assertEquals(1, store.read(run, 0, 10).size(), "DUR-4: it was not parked, and something was written");
        }
    }

    void paused() {
        FencingToken token = opened(store, JournalSamples.run("run-1", "q-1"));
        store.append(
                "run-1",
                token,
                List.of(JournalSamples.runFact(
                        JournalRecord.Kind.CONTROL, RunAction.PAUSE.name(), JournalSamples.NOW)));
        store.release("run-1", token);
        assertEquals(
                List.of("run-1"),
                store.abandoned(Set.of(), 10),
                "DUR-1: a paused run needs an owner, and was not listed as abandoned. Look at: what ends its rest");
    }

    void ended() {
        FencingToken token = opened(store, JournalSamples.run("run-1", "q-1"));
        store.append("run-1", token, List.of(JournalSamples.runFact(JournalRecord.Kind.ENDED)));
        store.release("run-1", token);
        assertEquals(List.of(), store.abandoned(Set.of(), 10), "DUR-1: a run that has ended was listed as abandoned");
        assertEquals(Optional.empty(), store.takeOver("run-1", OTHER), "DUR-1: an ended run could be taken over");
        assertEquals(Optional.empty(), store.takeOver("run-9", OTHER), "an unknown run could be taken over");
    }

    void listsOldestFirst() {
        for (int run = 1; run <= 3; run++) {
            FencingToken token = opened(store, JournalSamples.run("run-" + run, "q-" + run));
            if (run != 2) {
                store.release("run-" + run, token);
                passing.accept(Duration.ofMillis(20));
            }
        }
        assertEquals(
                List.of("run-1", "run-3"), store.abandoned(Set.of(), 10), "the abandoned runs, oldest first" + LOOK);
        assertEquals(List.of("run-1"), store.abandoned(Set.of(), 1), "no more than were asked for");
    }

    void listsByPlatform() {
        String here = ORDERS.platform();
        String elsewhere = ORDERS_ELSEWHERE.platform();
        FencingToken both = opened(store, JournalSamples.acrossPlatforms("both", "q-1"));
        store.release("both", both);
        passing.accept(Duration.ofMillis(20));
        store.release("one", opened(store, JournalSamples.run("one", "q-2")));
        String look =
                "; an engine must not be offered runs of platforms that it does not serve. Look at: which platforms"
                        + " the selected tasks of a run have";
        assertEquals(List.of("one"), store.abandoned(Set.of(here), 1), "DUR-3: the runs of one platform alone" + look);
        assertEquals(List.of(), store.abandoned(Set.of(elsewhere), 9), "DUR-3: the runs of the other alone" + look);
        assertEquals(
                List.of("both", "one"),
                store.abandoned(Set.of(here, elsewhere, "oms-asia"), 9),
                "the runs of both platforms" + look);
        assertEquals(List.of("both", "one"), store.abandoned(Set.of(), 9), "the runs of any platform" + look);
    }
}
