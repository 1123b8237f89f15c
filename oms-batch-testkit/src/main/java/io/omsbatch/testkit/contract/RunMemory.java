package io.omsbatch.testkit.contract;

import static io.omsbatch.testkit.contract.JournalSamples.NOW;
import static io.omsbatch.testkit.contract.JournalSamples.ORDERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.journal.Lease;
import io.omsbatch.api.journal.RunFilter;
import io.omsbatch.api.journal.RunOpening;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.api.operation.Approval;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.plan.BatchPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.function.Executable;

/** What a store keeps of plans, runs and facts. */
final class RunMemory {

    private final JournalStore store;

    RunMemory(JournalStore store) {
        this.store = store;
    }

    static FencingToken opened(JournalStore store, RunRecord run) {
        return opened(store, run, JournalSamples.LEASE);
    }

    static FencingToken opened(JournalStore store, RunRecord run, Lease lease) {
        RunOpening opening = store.open(run, lease);
        if (opening instanceof RunOpening.Opened opened) {
            return opened.token();
        }
        throw new AssertionError("RUN-11: a new request was not opened: " + opening
                + ". Look at: how the store looks for the request's id; the contract needs an empty store");
    }

    void keepsPlans() {
        BatchPlan plan = JournalSamples.plan("f-1", "q-1", BatchOperation.forwardSwitchover());
        store.savePlan(plan, NOW);
        assertEquals(
                Optional.of(plan),
                store.plan("f-1"),
                "PLAN-3: the plan came back changed. Look at: how its parts are written, unicode, nulls and order too");
    }

    void keepsApprovals() {
        Approval first = JournalSamples.approval("f-1", "ben", true, 1);
        Approval second = JournalSamples.approval("f-1", "eve", false, 2);
        Approval changed = JournalSamples.approval("f-1", "ben", false, 3);
        store.saveApproval(second);
        store.saveApproval(first);
        store.saveApproval(JournalSamples.approval("f-2", "ben", true, 2));
        assertEquals(
                List.of(first, second),
                store.approvals("f-1"),
                "SEC-4: approvals came back changed, or in another order. Look at: how their parts are written");
        store.saveApproval(changed);
        assertEquals(
                List.of(second, changed),
                store.approvals("f-1"),
                "SEC-4: what a person says last replaces what the same person said before. Look at: saveApproval");
        assertEquals(List.of(), store.approvals("f-3"), "SEC-4: an approval was found that nobody gave");
        RunRecord run = JournalSamples.run("run-1", "q-1");
        RunRecord approved = new RunRecord(
                run.runId(),
                run.plan(),
                run.confirmation(),
                run.startedAt(),
                JournalSamples.approval(run.plan().fingerprint(), "ben", true, 4));
        FencingToken unused = opened(store, approved);
        assertEquals(
                Optional.of(approved),
                store.run("run-1"),
                "SEC-4: a run came back without the approval that it needed. Look at: open, and how runs are read");
    }

    void unknownPlan() {
        assertEquals(Optional.empty(), store.plan("f-1"), "PLAN-3: a plan was found that nobody saved");
    }

    void replacesPlans() {
        store.savePlan(JournalSamples.plan("f-1", "q-1", BatchOperation.stop()), NOW);
        BatchPlan newer = JournalSamples.plan("f-1", "q-1", BatchOperation.resume());
        store.savePlan(newer, NOW);
        assertEquals(
                Optional.of(newer), store.plan("f-1"), "PLAN-3: the older plan was kept. Look at: saving over another");
    }

    void keepsConfirmedPlans() {
        RunRecord run = JournalSamples.run("run-1", "q-1");
        store.savePlan(run.plan(), NOW);
        FencingToken unused = opened(store, run);
        assertTrue(
                store.plan(run.plan().fingerprint()).isPresent(),
                "RUN-11: a plan was forgotten when its run was opened, so that confirming it again finds nothing");
    }

    void opensOnce() {
        RunRecord first = JournalSamples.run("run-1", "q-1");
        FencingToken unused = opened(store, first);
        RunOpening second =
                store.open(JournalSamples.run("run-2", "q-1", BatchOperation.resume()), JournalSamples.LEASE);
        assertEquals(
                new RunOpening.AlreadyThere(first),
                second,
                "RUN-11: a second run with the same request id must get the first. Look at: how open looks for it");
        assertEquals(Optional.empty(), store.run("run-2"), "RUN-11: the second run was kept all the same");
    }

    void likeRequests() {
        List<String> alike = List.of("q-one", "Q-one", "q-\u00f6ne", "q-one ", "q_one");
        for (int i = 0; i < alike.size(); i++) {
            RunRecord run = JournalSamples.run("run-" + i, alike.get(i));
            assertTrue(
                    store.open(run, JournalSamples.LEASE) instanceof RunOpening.Opened,
                    "RUN-11: the request \"" + alike.get(i) + "\" was taken for another"
                            + ". Look at: the collation of the column, and padding; ids are compared by their characters");
        }
    }

    void findsRuns() {
        RunRecord run = JournalSamples.run("run-1", "q-1", BatchOperation.forwardSwitchover());
        FencingToken unused = opened(store, run);
        assertEquals(Optional.of(run), store.run("run-1"), "RUN-11: the run came back changed, or not at all");
        assertEquals(Optional.of(run), store.runOfRequest("q-1"), "RUN-11: the run was not found by its request");
        assertEquals(Optional.empty(), store.run("q-1"), "a run was found that nobody opened");
        assertEquals(Optional.empty(), store.runOfRequest("run-1"), "a run was found for a request that nobody made");
    }

    void appends() {
        FencingToken token = opened(store, JournalSamples.run("run-1", "q-1"));
        List<JournalRecord> facts = JournalSamples.everyKind();
        store.append("run-1", token, facts.subList(0, 2));
        store.append("run-1", token, facts.subList(2, facts.size()));
        List<JournalEntry> expected = LongStream.rangeClosed(1, facts.size())
                .mapToObj(number -> new JournalEntry(number, token, facts.get((int) number - 1)))
                .toList();
        assertEquals(
                expected,
                store.read("run-1", 0, 100).stream()
                        .map(entry -> new JournalEntry(entry.sequence(), entry.token(), entry.record()))
                        .toList(),
                "RUN-2: the facts came back changed. Look at: numbering, order, and how details are written");
    }

    void saysWhere() {
        FencingToken token = opened(store, JournalSamples.run("run-1", "q-1"));
        FencingToken other = opened(store, JournalSamples.run("run-2", "q-2"));
        JournalRecord fact = JournalSamples.fact(JournalRecord.Kind.RESULT, ORDERS, "c");
        List<Long> last = List.of(
                store.append("run-1", token, List.of(fact, fact)).last(),
                store.append("run-2", other, List.of(fact)).last(),
                store.append("run-1", token, List.of(fact, fact, fact)).last(),
                store.append("run-1", token, List.of(fact)).last());
        assertEquals(
                List.of(2L, 1L, 5L, 6L),
                last,
                "RUN-2: where the last fact of each append stands. Look at: which numbers append returns");
    }

    void readsInParts() {
        FencingToken token = opened(store, JournalSamples.run("run-1", "q-1"));
        for (int i = 0; i < 25; i++) {
            store.append("run-1", token, List.of(JournalSamples.fact(JournalRecord.Kind.RESULT, ORDERS, "c" + i)));
        }
        assertEquals(List.of("c3", "c4"), codes(store.read("run-1", 3, 2)), "reading after 3, at most 2");
        assertEquals(List.of("c24"), codes(store.read("run-1", 24, 10)), "reading after 24, at most 10");
        assertEquals(25, store.read("run-1", 0, 1_000).size(), "reading everything");
    }

    void readsNothing() {
        FencingToken token = opened(store, JournalSamples.run("run-1", "q-1"));
        store.append("run-1", token, JournalSamples.everyKind());
        int length = JournalSamples.everyKind().size();
        assertEquals(List.of(), store.read("run-1", length, 10), "reading after the last fact");
        assertEquals(List.of(), store.read("run-9", 0, 10), "reading an unknown run");
    }

    void keepsRunsApart() {
        FencingToken first = opened(store, JournalSamples.run("run-1", "q-1"));
        FencingToken second = opened(store, JournalSamples.run("run-2", "q-2"));
        store.append("run-1", first, List.of(JournalSamples.fact(JournalRecord.Kind.RESULT, ORDERS, "one")));
        store.append("run-2", second, List.of(JournalSamples.fact(JournalRecord.Kind.RESULT, ORDERS, "two")));
        store.append("run-1", first, List.of(JournalSamples.fact(JournalRecord.Kind.RESULT, ORDERS, "three")));
        assertEquals(List.of("one", "three"), codes(store.read("run-1", 0, 10)), "facts of the first run");
        assertEquals(List.of("two"), codes(store.read("run-2", 0, 10)), "facts of the second run");
    }

    void fencesAppends() {
        FencingToken token = opened(store, JournalSamples.run("run-1", "q-1"));
        JournalException refused = assertThrows(
                JournalException.class,
                () -> store.append("run-1", other(token), JournalSamples.everyKind()),
                "DUR-2: a token that is not the newest could write. Look at: where append compares tokens");
        assertEquals(JournalException.Kind.FENCED, refused.kind(), "DUR-2: the kind of the failure");
        assertEquals("run-1", refused.runId(), "DUR-2: the run that the failure names");
        assertEquals(List.of(), store.read("run-1", 0, 10), "DUR-2: a fenced append wrote something");
    }

    void unknownRun() {
        JournalException refused = assertThrows(
                JournalException.class,
                () -> store.append("run-9", new FencingToken(1), JournalSamples.everyKind()),
                "an unknown run could be written to. Look at: where append looks for the run");
        assertEquals(JournalException.Kind.NO_SUCH_RUN, refused.kind(), "the kind of the failure");
    }

    void closes() {
        FencingToken token = opened(store, JournalSamples.run("run-1", "q-1"));
        store.close();
        store.close();
        List<Executable> calls = List.of(
                () -> store.savePlan(JournalSamples.plan("f", "q", BatchOperation.stop()), NOW),
                () -> store.plan("f-1"),
                () -> store.open(JournalSamples.run("run-2", "q-2"), JournalSamples.LEASE),
                () -> store.renew(JournalSamples.LEASE, Map.of("run-1", token)),
                () -> store.release("run-1", token),
                () -> store.abandoned(Set.of(), 10),
                () -> store.takeOver("run-1", JournalSamples.LEASE),
                () -> store.park("run-1", JournalSamples.runFact(JournalRecord.Kind.PARKED)),
                () -> store.run("run-1"),
                () -> store.runOfRequest("q-1"),
                () -> store.claim("run-1", token, Set.of(ORDERS), false, NOW),
                () -> store.append("run-1", token, JournalSamples.everyKind()),
                () -> store.read("run-1", 0, 10),
                () -> store.send(JournalSamples.command("c-1", "run-1")),
                () -> store.commands(Set.of("run-1"), 10),
                () -> store.answer("run-1", "c-1"),
                () -> store.runs(RunFilter.all(), null, 10),
                () -> store.summary("run-1"),
                () -> store.audit("run-1"));
        for (Executable call : calls) {
            assertThrows(
                    JournalException.class,
                    call,
                    "a closed store took a call. Look at: whether every method first asks if the store is closed");
        }
    }

    void survives(Function<JournalStore, Optional<JournalStore>> reopening) {
        assumeTrue(store.durable(), "the store says that it is not durable");
        RunRecord run = JournalSamples.run("run-1", "q-1");
        FencingToken token = opened(store, run);
        store.send(JournalSamples.command("answered", "run-1"));
        store.send(JournalSamples.command("waiting", "run-1"));
        store.append("run-1", token, JournalSamples.everyKind());
        store.append("run-1", token, List.of(JournalSamples.answer("answered")));
        List<JournalEntry> written = store.read("run-1", 0, 100);
        Optional<RunSummary> summary = store.summary("run-1");
        assertTrue(store.claim("run-1", token, Set.of(ORDERS), false, NOW).isEmpty(), "the task could not be claimed");
        store.close();
        Optional<JournalStore> reopened = reopening.apply(store);
        assumeTrue(reopened.isPresent(), "the contract was not told how to open the store again");
        try (JournalStore again = reopened.orElseThrow()) {
            assertEquals(Optional.of(run), again.run("run-1"), "the run was forgotten");
            assertEquals(written, again.read("run-1", 0, 100), "facts were forgotten, though they were acknowledged");
            assertEquals(
                    List.of(JournalSamples.command("waiting", "run-1")),
                    again.commands(Set.of("run-1"), 10),
                    "RUN-12: a command was forgotten, or one that was answered came back");
            assertEquals(
                    Optional.of(JournalSamples.answer("answered")),
                    again.answer("run-1", "answered"),
                    "RUN-12: an answer was forgotten");
            assertEquals(summary, again.summary("run-1"), "how the run stands was forgotten");
            FencingToken other = opened(again, JournalSamples.run("run-2", "q-2"));
            assertEquals(
                    Set.of(ORDERS),
                    again.claim("run-2", other, Set.of(ORDERS), false, NOW).keySet(),
                    "RUN-5: a claim was forgotten");
        }
    }

    static FencingToken other(FencingToken token) {
        return new FencingToken(token.value() == 1 ? 2 : token.value() - 1);
    }

    private static List<String> codes(List<JournalEntry> entries) {
        return entries.stream().map(entry -> entry.record().code()).toList();
    }
}
