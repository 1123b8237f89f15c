package io.omsbatch.testkit.contract;

import static io.omsbatch.testkit.contract.JournalSamples.NOW;
import static io.omsbatch.testkit.contract.JournalSamples.ORDERS;
import static io.omsbatch.testkit.contract.JournalSamples.ORDERS_ELSEWHERE;
import static io.omsbatch.testkit.contract.JournalSamples.STOCK;
import static io.omsbatch.testkit.contract.RunMemory.opened;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.ClaimHolder;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.task.TaskRef;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a store keeps of which run holds which task. */
final class TaskClaims {

    private static final String LOOK =
            ". Look at: where claims are kept, and whether looking and claiming are one atomic action";

    private final JournalStore store;

    TaskClaims(JournalStore store) {
        this.store = store;
    }

    private Map<TaskRef, ClaimHolder> claim(String run, FencingToken token, TaskRef... tasks) {
        return store.claim(run, token, Set.of(tasks), false, NOW);
    }

    void claimsFree() {
        FencingToken token = opened(store, JournalSamples.run("run-1", "q-1"));
        assertEquals(Map.of(), claim("run-1", token, ORDERS, STOCK), "RUN-5: free tasks were refused" + LOOK);
        assertEquals(Map.of(), claim("run-1", token, ORDERS), "RUN-5: a run was refused its own task" + LOOK);
    }

    void refusesHeld() {
        FencingToken first = opened(store, JournalSamples.run("run-1", "q-1"));
        FencingToken second = opened(store, JournalSamples.run("run-2", "q-2"));
        FencingToken third = opened(store, JournalSamples.run("run-3", "q-3"));
        assertEquals(Map.of(), claim("run-1", first, ORDERS), "RUN-5: a free task was refused" + LOOK);
        assertEquals(
                Map.of(ORDERS, new ClaimHolder("run-1", NOW, false)),
                claim("run-2", second, ORDERS, STOCK),
                "RUN-5: another run must be refused, told who holds the task and since when, and get the rest" + LOOK);
        assertEquals(
                Map.of(STOCK, new ClaimHolder("run-2", NOW, false)),
                claim("run-3", third, STOCK),
                "RUN-5: the task that was not refused must be claimed" + LOOK);
    }

    void platforms() {
        FencingToken first = opened(store, JournalSamples.run("run-1", "q-1"));
        FencingToken second = opened(store, JournalSamples.run("run-2", "q-2"));
        assertEquals(Map.of(), claim("run-1", first, ORDERS), "RUN-5: a free task was refused" + LOOK);
        assertEquals(
                Map.of(),
                claim("run-2", second, ORDERS_ELSEWHERE),
                "RUN-5: two platforms may have tasks of the same id. Look at: whether claims keep the platform");
    }

    void likeIds() {
        FencingToken token = opened(store, JournalSamples.run("run-1", "q-1"));
        assertEquals(Map.of(), claim("run-1", token, ORDERS), "RUN-5: a free task was refused" + LOOK);
        List<String> alike = List.of("Orders", "\u00f6rders", "orders ", "order", "orders%");
        for (int i = 0; i < alike.size(); i++) {
            String run = "other-" + i;
            FencingToken other = opened(store, JournalSamples.run(run, "other-q-" + i));
            TaskRef task = new TaskRef(ORDERS.platform(), alike.get(i));
            assertEquals(
                    Map.of(),
                    claim(run, other, task),
                    () -> "RUN-5: \"" + task.id() + "\" was taken for \"" + ORDERS.id()
                            + "\". Look at: the collation of the column, and padding; ids are compared by their characters");
        }
    }

    void releases() {
        FencingToken first = opened(store, JournalSamples.run("run-1", "q-1"));
        FencingToken second = opened(store, JournalSamples.run("run-2", "q-2"));
        assertEquals(Map.of(), claim("run-1", first, ORDERS, STOCK), "RUN-5: free tasks were refused" + LOOK);
        store.append(
                "run-1",
                first,
                List.of(
                        JournalSamples.fact(JournalRecord.Kind.INTENT, ORDERS, "COMMAND"),
                        JournalSamples.fact(JournalRecord.Kind.RESULT, ORDERS, "TRANSIENT"),
                        JournalSamples.outcome(STOCK, TaskOutcome.Kind.FAILED)));
        assertEquals(
                Set.of(ORDERS),
                claim("run-2", second, ORDERS, STOCK).keySet(),
                "RUN-5: an OUTCOME, and nothing else, releases its own task. Look at: what append does with OUTCOME");
    }

    void unsettled() {
        FencingToken first = opened(store, JournalSamples.run("run-1", "q-1"));
        FencingToken second = opened(store, JournalSamples.run("run-2", "q-2"));
        assertEquals(Map.of(), claim("run-1", first, ORDERS), "RUN-5: a free task was refused" + LOOK);
        store.append("run-1", first, List.of(JournalSamples.outcome(ORDERS, TaskOutcome.Kind.UNKNOWN)));
        Map<TaskRef, ClaimHolder> refused = claim("run-2", second, ORDERS);
        assertEquals(
                Set.of(ORDERS),
                refused.keySet(),
                "RUN-5: after UNKNOWN the task must be refused. Look at: what append does with the outcome UNKNOWN");
        ClaimHolder holder = refused.get(ORDERS);
        assertEquals(
                new ClaimHolder("run-1", holder == null ? NOW : holder.since(), true),
                holder,
                "RUN-5: the refusal must name the run that left the task unsettled");
        assertEquals(
                Map.of(),
                store.claim("run-2", second, Set.of(ORDERS), true, NOW),
                "RUN-5: an unsettled task must be claimable when somebody settled or acknowledged it");
        store.append("run-2", second, List.of(JournalSamples.outcome(ORDERS, TaskOutcome.Kind.SUCCEEDED)));
        FencingToken third = opened(store, JournalSamples.run("run-3", "q-3"));
        assertEquals(
                Map.of(), claim("run-3", third, ORDERS), "RUN-5: the task is settled, and was refused all the same");
    }

    void ownUnsettled() {
        FencingToken token = opened(store, JournalSamples.run("run-1", "q-1"));
        assertEquals(Map.of(), claim("run-1", token, ORDERS), "RUN-5: a free task was refused" + LOOK);
        store.append("run-1", token, List.of(JournalSamples.fact(JournalRecord.Kind.RELEASED, ORDERS, "UNSETTLED")));
        assertEquals(
                Map.of(),
                claim("run-1", token, ORDERS),
                "RUN-5: a run was refused what it had left unsettled itself. Look at: what claim does with the same run");
        FencingToken second = opened(store, JournalSamples.run("run-2", "q-2"));
        assertEquals(
                Map.of(ORDERS, new ClaimHolder("run-1", NOW, false)),
                store.claim("run-2", second, Set.of(ORDERS), true, NOW),
                "RUN-5: the task is claimed again, and must be held as any other" + LOOK);
    }

    void givenUp() {
        FencingToken first = opened(store, JournalSamples.run("run-1", "q-1"));
        FencingToken second = opened(store, JournalSamples.run("run-2", "q-2"));
        assertEquals(Map.of(), claim("run-1", first, ORDERS, STOCK), "RUN-5: free tasks were refused" + LOOK);
        store.append(
                "run-1",
                first,
                List.of(
                        JournalSamples.fact(JournalRecord.Kind.RELEASED, ORDERS, "UNSETTLED"),
                        JournalSamples.fact(JournalRecord.Kind.RELEASED, STOCK, "SETTLED")));
        assertEquals(
                Map.of(ORDERS, new ClaimHolder("run-1", NOW, true)),
                claim("run-2", second, ORDERS, STOCK),
                "RUN-8: RELEASED must give a task back, and with the code UNSETTLED leave it unsettled."
                        + " Look at: what append does with RELEASED");
        assertEquals(
                Map.of(),
                store.claim("run-2", second, Set.of(ORDERS), true, NOW),
                "RUN-8: a task that was given up unsettled must be claimable over that");
    }

    void liveStaysHeld() {
        FencingToken first = opened(store, JournalSamples.run("run-1", "q-1"));
        FencingToken second = opened(store, JournalSamples.run("run-2", "q-2"));
        assertEquals(Map.of(), claim("run-1", first, ORDERS), "RUN-5: a free task was refused" + LOOK);
        assertEquals(
                Map.of(ORDERS, new ClaimHolder("run-1", NOW, false)),
                store.claim("run-2", second, Set.of(ORDERS), true, NOW),
                "RUN-5: a task of a live run was given away because unsettled ones were asked for."
                        + " Look at: what claim does with overUnsettled");
    }

    void fencesClaims() {
        FencingToken token = opened(store, JournalSamples.run("run-1", "q-1"));
        JournalException fenced = assertThrows(
                JournalException.class,
                () -> claim("run-1", RunMemory.other(token), ORDERS),
                "DUR-2: a token that is not the newest could claim. Look at: where claim compares tokens");
        assertEquals(JournalException.Kind.FENCED, fenced.kind(), "DUR-2: the kind of the failure");
        JournalException unknown = assertThrows(
                JournalException.class,
                () -> claim("run-9", token, ORDERS),
                "an unknown run could claim. Look at: where claim looks for the run");
        assertEquals(JournalException.Kind.NO_SUCH_RUN, unknown.kind(), "the kind of the failure");
        FencingToken second = opened(store, JournalSamples.run("run-2", "q-2"));
        assertEquals(Map.of(), claim("run-2", second, ORDERS), "DUR-2: a refused claim kept the task");
    }
}
