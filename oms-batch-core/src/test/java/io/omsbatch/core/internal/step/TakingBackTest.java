package io.omsbatch.core.internal.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.core.workflow.StepSpec;
import io.omsbatch.core.workflow.StepTable;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SW-8: A task that is taken back")
class TakingBackTest {

    private static final SwitchoverStep STORE = SwitchoverStep.START_TARGET_STORE;
    private static final SwitchoverStep WRITES = SwitchoverStep.CONFIRM_WRITES_STOPPED;
    private static final Problem WRONG = Problem.of(ProblemCode.STEP_FAILED, "no rights");

    private static final List<StepSpec> ROWS = StepTable.switchover().rows();

    private final TakingBack back = new TakingBack(ROWS, SwitchoverDirection.FORWARD);

    private static List<String> residue(TaskOutcome outcome) {
        assertThat(outcome).isInstanceOf(TaskOutcome.UndoIncomplete.class);
        return ((TaskOutcome.UndoIncomplete) outcome)
                .residue().stream().map(Problem::message).toList();
    }

    @Test
    @DisplayName("is undone if nothing is left behind")
    void undone() {
        assertThat(back.taken()).isEqualTo(ROWS);
        assertThat(back.outcome()).isEqualTo(new TaskOutcome.Undone());
        assertThat(back.outcomeAfter(STORE, null)).isEqualTo(new TaskOutcome.Undone());
    }

    @Test
    @DisplayName("lists what is left behind, the last step too, and shouts only about a frozen source")
    void left() {
        assertThat(residue(back.outcomeAfter(STORE, WRONG))).containsExactly(STORE.title() + ": " + WRONG);
        assertThat(back.outcome()).as("asking changes nothing").isEqualTo(new TaskOutcome.Undone());
        back.leave(STORE, "it was over before this run");
        assertThat(residue(back.outcomeAfter(WRITES, null)))
                .containsExactly(STORE.title() + ": it was over before this run");
        assertThat(residue(back.outcomeAfter(WRITES, WRONG)))
                .containsExactly(
                        STORE.title() + ": it was over before this run",
                        WRITES.title() + " (THE SOURCE IS STILL FROZEN): " + WRONG);
    }
}
