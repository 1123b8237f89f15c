package io.omsbatch.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.Lease;
import io.omsbatch.api.journal.RunOpening;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.switchover.Invariant;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A journal in which somebody changed a fact")
class ChangedJournalTest {

    @Test
    @DisplayName("so that it breaks a limit is not understood, as any other that no version writes (DUR-4)")
    void breaksALimit() {
        try (EngineHarness world = EngineHarness.healthy()) {
            TaskRef task = world.add("t1", EngineHarness.entered(MigrationType.complete()));
            BatchPlan plan = world.plan(BatchOperation.forwardSwitchover(), List.of(task));
            RunRecord record =
                    new RunRecord("changed", plan, plan.confirm(EngineHarness.ANN, "because"), plan.plannedAt());
            RunOpening.Opened opened =
                    (RunOpening.Opened) world.journal.open(record, new Lease("another", Duration.ofHours(1)));
            JournalRecord waiver = new JournalRecord(
                    plan.plannedAt(),
                    JournalRecord.Kind.WAIVER,
                    new Subject(task, SwitchoverStep.SWITCHOVER_PRECHECK.name(), 0),
                    Invariant.PRECHECK_PASSED.name(),
                    Map.of("actor", "\u0001", "reason", "because", "board", "0"));
            assertThat(world.journal.append("changed", opened.token(), List.of(waiver)))
                    .isNotNull();
            BatchRun followed = world.engine().find("changed").orElseThrow();
            assertThatThrownBy(followed::progress)
                    .isInstanceOfSatisfying(
                            JournalException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(JournalException.Kind.UNREADABLE))
                    .hasMessageContaining("breaks a limit");
        }
    }
}
