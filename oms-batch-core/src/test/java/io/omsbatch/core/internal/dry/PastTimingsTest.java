package io.omsbatch.core.internal.dry;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.DryRun.Timing;
import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalRecord.Kind;
import io.omsbatch.api.journal.Lease;
import io.omsbatch.api.journal.RunOpening;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.plan.PlanEntry;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.journal.InMemoryJournalStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("How long steps took in the past")
class PastTimingsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Actor ANN = new Actor("ann");
    private static final String STEP = "STOP";

    private final InMemoryJournalStore journal = new InMemoryJournalStore(InstantSource.fixed(NOW));

    private static TaskRef task(int number) {
        return new TaskRef("p", "t" + number);
    }

    private static JournalRecord fact(Kind kind, int task, int attempt, int seconds, String code) {
        return new JournalRecord(
                NOW.plusSeconds(seconds), kind, new Subject(task(task), STEP, attempt), code, Map.of());
    }

    private void run(String id, BatchOperation operation, List<JournalRecord> facts, boolean ended) {
        BatchPlan plan = new BatchPlan(
                "f-" + id,
                BatchRequest.of(id, ANN, operation, List.of(task(1))),
                NOW,
                NOW,
                List.of(new PlanEntry.NotFound(task(1))),
                List.of(),
                List.of());
        RunRecord record = new RunRecord(id, plan, plan.confirm(ANN, "why"), NOW);
        FencingToken token = ((RunOpening.Opened) journal.open(record, new Lease("e", Duration.ofMinutes(1)))).token();
        List<JournalRecord> all = new ArrayList<>(facts);
        if (ended) {
            all.add(new JournalRecord(NOW, Kind.ENDED, null, "ENDED", Map.of()));
        }
        journal.append(id, token, all);
    }

    @Test
    @DisplayName("is the median and the ninetieth percentile of those that came through, from the first attempt on")
    void percentiles() {
        List<JournalRecord> facts = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            facts.add(fact(Kind.INTENT, i, 1, 0, "RUN"));
            facts.add(fact(Kind.INTENT, i, 2, 1, "RUN"));
            facts.add(fact(Kind.OUTCOME, i, 2, i * 10, "SUCCEEDED"));
        }
        facts.add(fact(Kind.INTENT, 11, 1, 0, "RUN"));
        facts.add(fact(Kind.OUTCOME, 11, 1, 5_000, "FAILED"));
        facts.add(fact(Kind.OUTCOME, 12, 0, 6_000, "SUCCEEDED"));
        run("r-1", BatchOperation.stop(), facts, true);
        PastTimings timings = PastTimings.of(journal, OperationKind.STOP);
        assertThat(timings.of(STEP)).isEqualTo(new Timing(Duration.ofSeconds(50), Duration.ofSeconds(90), 10));
        assertThat(timings.runs()).isEqualTo(1);
    }

    @Test
    @DisplayName("is taken from ended runs of the same operation only, and nobody knows it without one")
    void otherRuns() {
        List<JournalRecord> facts =
                List.of(fact(Kind.INTENT, 1, 1, 0, "RUN"), fact(Kind.OUTCOME, 1, 1, 7, "SUCCEEDED"));
        run("going-on", BatchOperation.stop(), facts, false);
        run("other", BatchOperation.start(), facts, true);
        PastTimings timings = PastTimings.of(journal, OperationKind.STOP);
        assertThat(timings.of(STEP)).isNull();
        assertThat(timings.runs()).isZero();
        run("ended", BatchOperation.stop(), facts, true);
        assertThat(PastTimings.of(journal, OperationKind.STOP).of(STEP))
                .isEqualTo(new Timing(Duration.ofSeconds(7), Duration.ofSeconds(7), 1));
    }
}
