package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.PlanRefusedException;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.Confirmation;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.TaskRef;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SEC-3: What an engine is called with")
class EngineInputTest {

    private static void refused(ThrowingCallable call, String field) {
        assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(field);
    }

    @Test
    @DisplayName("is named when it is missing, before anything is read")
    void missing() {
        try (EngineHarness world = EngineHarness.healthy()) {
            refused(() -> world.engine().select(null, 5), "select.wanted");
            refused(() -> world.engine().plan(null), "plan.request");
            refused(() -> world.engine().run(null), "run.confirmation");
            refused(() -> world.engine().switchover(null), "switchover.confirmation");
            refused(() -> world.engine().find(null), "find.runId");
            assertThat(world.platform.calls()).isEmpty();

            List<TaskRef> tasks = world.add(1, EngineHarness.entered(MigrationType.complete()));
            SwitchoverWorkflow workflow = world.switchover(tasks);
            refused(() -> workflow.act(null), "act.control");
            BatchRun run = workflow;
            refused(() -> run.await(null), "await.timeout");
            refused(() -> run.listen(null), "listener");
        }
    }

    @Test
    @DisplayName("is refused after close, whatever it is, with the reason that the engine is closed")
    void closed() {
        EngineHarness world = EngineHarness.healthy();
        Confirmation confirmation = world.plan(BatchOperation.stop(), world.add(1, EngineHarness.running()))
                .confirm(ANN, "because");
        world.engine().close();
        world.journal.close();
        List<ThrowingCallable> calls = List.of(
                () -> world.engine().select(task -> true, 5),
                () -> world.plan(BatchOperation.stop(), List.of(EngineHarness.ref("t1"))),
                () -> world.engine().run(confirmation),
                () -> world.engine().switchover(confirmation),
                () -> world.engine().recover());
        for (ThrowingCallable call : calls) {
            assertThatThrownBy(call)
                    .isInstanceOfSatisfying(
                            PlanRefusedException.class,
                            refused -> assertThat(refused.why()).isEqualTo(PlanRefusedException.Why.ENGINE_CLOSED));
        }
        world.close();
    }
}
