package io.omsbatch.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalRecord.Kind;
import io.omsbatch.api.journal.Lease;
import io.omsbatch.api.journal.RunCommand;
import io.omsbatch.api.journal.RunOpening;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.Approval;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.plan.PlanEntry;
import io.omsbatch.api.task.TaskRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The journal in memory")
class InMemoryJournalStoreTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final TaskRef TASK = new TaskRef("p", "t");
    private static final JournalRecord FACT = new JournalRecord(NOW, Kind.PARKED, null, "WHY", Map.of());
    private static final JournalRecord END = new JournalRecord(NOW, Kind.ENDED, null, "ENDED", Map.of());

    private final InMemoryJournalStore journal = new InMemoryJournalStore(InstantSource.system());

    private static BatchPlan plan(String id, Instant validUntil) {
        BatchRequest request = BatchRequest.of(id, new Actor("ann"), BatchOperation.stop(), List.of(TASK));
        return new BatchPlan(
                "f-" + id, request, NOW, validUntil, List.of(new PlanEntry.NotFound(TASK)), List.of(), List.of());
    }

    private FencingToken open(String id) {
        BatchPlan plan = plan(id, NOW);
        RunRecord run = new RunRecord(id, plan, plan.confirm(new Actor("ann"), "why"), NOW);
        return ((RunOpening.Opened) journal.open(run, new Lease("engine-1", Duration.ofMinutes(10)))).token();
    }

    @Test
    @DisplayName("remembers the last 100 ended runs, and every run that has not ended")
    void forgets() {
        open("live");
        for (int i = 0; i < 150; i++) {
            journal.append("run" + i, open("run" + i), List.of(END));
        }
        assertThat(journal.run("live")).isPresent();
        assertThat(journal.run("run49")).isEmpty();
        assertThat(journal.runOfRequest("run49")).isEmpty();
        assertThat(journal.read("run49", 0, 10)).isEmpty();
        assertThat(journal.run("run50")).isPresent();
    }

    @Test
    @DisplayName("remembers fewer ended runs when they are large, and always the newest")
    void forgetsLarge() {
        for (int i = 0; i < 5; i++) {
            FencingToken token = open("run" + i);
            journal.append("run" + i, token, Collections.nCopies(80_000, FACT));
            journal.append("run" + i, token, List.of(END));
        }
        assertThat(List.of("run0", "run1", "run2", "run3", "run4"))
                .filteredOn(id -> journal.run(id).isPresent())
                .containsExactly("run3", "run4");
        FencingToken huge = open("huge");
        journal.append("huge", huge, Collections.nCopies(300_000, FACT));
        journal.append("huge", huge, List.of(END));
        assertThat(journal.run("huge")).isPresent();
    }

    @Test
    @DisplayName("forgets the inbox of a run with the run")
    void forgetsInboxes() {
        FencingToken live = open("live");
        FencingToken old = open("old");
        journal.send(command("c", "live"));
        journal.send(command("answered", "old"));
        journal.send(command("waiting", "old"));
        JournalRecord answer = new JournalRecord(NOW, Kind.ANSWERED, null, "DONE", Map.of("command", "answered"));
        journal.append("old", old, List.of(answer, END));
        assertThat(journal.answer("old", "answered")).contains(answer);
        for (int i = 0; i < 100; i++) {
            journal.append("run" + i, open("run" + i), List.of(END));
        }
        assertThat(journal.answer("old", "answered")).isEmpty();
        assertThat(journal.commands(Set.of("old", "live"), 10)).containsExactly(command("c", "live"));
        assertThatThrownBy(() -> journal.send(command("d", "old"))).isInstanceOf(JournalException.class);
        journal.append("live", live, List.of(END));
    }

    private static RunCommand command(String id, String runId) {
        return new RunCommand(id, runId, NOW, "PAUSE", Map.of());
    }

    @Test
    @DisplayName("writes all facts of an append or none")
    void atomic() {
        FencingToken token = open("run");
        assertThatThrownBy(() -> journal.append("run", token, Arrays.asList(FACT, null)))
                .isInstanceOf(NullPointerException.class);
        assertThat(journal.read("run", 0, 10)).isEmpty();
    }

    @Test
    @DisplayName("drops expired plans when another one is saved")
    void expiredPlans() {
        journal.savePlan(plan("old", NOW.plusSeconds(600)), NOW);
        journal.savePlan(plan("new", NOW.plusSeconds(1_200)), NOW.plusSeconds(601));
        assertThat(journal.plan("f-old")).isEmpty();
        assertThat(journal.plan("f-new")).isPresent();
    }

    @Test
    @DisplayName("keeps the last 1 000 plans")
    void manyPlans() {
        for (int i = 0; i < 1_500; i++) {
            journal.savePlan(plan("p" + i, NOW.plusSeconds(600)), NOW);
        }
        journal.savePlan(plan("p500", NOW.plusSeconds(600)), NOW); // now the newest
        journal.savePlan(plan("new", NOW.plusSeconds(600)), NOW);
        assertThat(journal.plan("f-p499")).isEmpty();
        assertThat(journal.plan("f-p500")).isPresent();
        assertThat(journal.plan("f-p501")).isEmpty();
        assertThat(journal.plan("f-p502")).isPresent();
    }

    @Test
    @DisplayName("keeps fewer plans when they are large, and always the newest")
    void largePlans() {
        for (int i = 0; i < 20; i++) {
            journal.savePlan(large("p" + i, 10_000), NOW);
        }
        assertThat(journal.plan("f-p9")).isEmpty();
        assertThat(journal.plan("f-p10")).isPresent();
        journal.savePlan(large("huge", 300_000), NOW);
        assertThat(journal.plan("f-p19")).isEmpty();
        assertThat(journal.plan("f-huge")).isPresent();
    }

    private static BatchPlan large(String id, int tasks) {
        List<TaskRef> refs = IntStream.range(0, tasks)
                .mapToObj(i -> new TaskRef("p", "t" + i))
                .toList();
        BatchRequest request = BatchRequest.of(id, new Actor("ann"), BatchOperation.stop(), refs);
        return new BatchPlan("f-" + id, request, NOW, NOW.plusSeconds(600), List.of(), List.of(), List.of());
    }

    @Test
    @DisplayName("reads from any place, and at least one fact")
    void reads() {
        FencingToken token = open("run");
        journal.append("run", token, List.of(FACT, FACT, END));
        assertThat(journal.read("run", -5, Integer.MAX_VALUE)).hasSize(3);
        assertThat(journal.read("run", 2, 10)).singleElement().matches(entry -> entry.sequence() == 3);
        assertThat(journal.read("run", Long.MAX_VALUE, 10)).isEmpty();
        assertThatThrownBy(() -> journal.read("run", 0, 0)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    @DisplayName("does nothing more once it is closed")
    void closed() {
        FencingToken token = open("run");
        journal.close();
        journal.close();
        assertThatThrownBy(() -> journal.append("run", token, List.of(FACT)))
                .isInstanceOfSatisfying(
                        JournalException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(JournalException.Kind.CLOSED));
        assertThat(journal.durable()).isFalse();
    }

    @Test
    @DisplayName("SEC-4: never forgets that a plan was rejected while it can be confirmed, whatever is said of others")
    void rejections() {
        BatchPlan plan = plan("kept", NOW.plusSeconds(600));
        journal.savePlan(plan, NOW);
        Approval rejected = new Approval(plan.fingerprint(), new Actor("eve"), false, "no", NOW);
        journal.saveApproval(rejected);
        for (int i = 0; i < 3_000; i++) {
            journal.saveApproval(new Approval("f-" + i, new Actor("ben"), true, "yes", NOW));
        }
        assertThat(journal.approvals(plan.fingerprint())).containsExactly(rejected);
        assertThat(journal.approvals("f-0")).as("of a plan that is not kept").isEmpty();
        assertThat(journal.approvals("f-2999")).hasSize(1);
    }
}
