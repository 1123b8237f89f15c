package io.omsbatch.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.Environment;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A run that has ended")
class QuietEndTest {

    /** Notes what it is asked to execute after the end. */
    private record Watched(Environment world, BooleanSupplier ended, List<Runnable> late) implements Through {

        @Override
        public Executor executor() {
            return task -> {
                if (ended.getAsBoolean()) {
                    late.add(task);
                }
                world.executor().execute(task);
            };
        }
    }

    @Test
    @DisplayName("asks the executor for nothing but to say so, because its host may close the engine on that word")
    void quiet() {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<Runnable> late = new ArrayList<>();
            BooleanSupplier ended = () -> !world.facts(JournalRecord.Kind.ENDED).isEmpty();
            world.builder().environment(new Watched(world.environment, ended, late));
            BatchReport report = world.run(BatchOperation.stop(), world.add(3, EngineHarness.running()));
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(3);
            assertThat(late).hasSize(1);
        }
    }
}
