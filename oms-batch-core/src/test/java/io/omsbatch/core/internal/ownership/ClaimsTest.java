package io.omsbatch.core.internal.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.ClaimHolder;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.call.OverdueCalls;
import io.omsbatch.core.internal.run.OneRun;
import io.omsbatch.core.settings.EngineSettings;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RUN-5: A task that another run left UNKNOWN")
class ClaimsTest {

    private static final TaskRef TASK = new TaskRef("p", "t1");
    private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

    private static JournalStore answering(Map<TaskRef, ClaimHolder> first, Map<TaskRef, ClaimHolder> overUnsettled) {
        return (JournalStore) Proxy.newProxyInstance(
                JournalStore.class.getClassLoader(),
                new Class<?>[] {JournalStore.class},
                (self, method, arguments) -> arguments[3].equals(true) ? overUnsettled : first);
    }

    @Test
    @DisplayName("is not claimed if a third run is quicker")
    void quicker() {
        RunRecord record;
        try (OneRun run = OneRun.switchover(EngineSettings.defaults(), RunPolicy.none(), 1)) {
            record = run.ledger.record();
        }
        JournalStore journal = answering(
                Map.of(TASK, new ClaimHolder("first", NOW.minusSeconds(60), true)),
                Map.of(TASK, new ClaimHolder("third", NOW, false)));
        Claims claims = new Claims(journal, record, new FencingToken(1), Duration.ofSeconds(1), new OverdueCalls());
        Map<TaskRef, Problem> problems = claims.claim(List.of(TASK), NOW, 0);
        assertThat(problems).containsOnlyKeys(TASK);
        assertThat(problems.get(TASK).code()).isEqualTo(ProblemCode.CLAIMED_BY_ANOTHER_RUN.name());
        assertThat(problems.get(TASK).message()).contains("third");
    }
}
