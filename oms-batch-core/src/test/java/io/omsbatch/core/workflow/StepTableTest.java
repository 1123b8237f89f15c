package io.omsbatch.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.switchover.Invariant;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverStep;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The step table")
class StepTableTest {

    @Test
    @DisplayName("SW-1: has for each migration type exactly the steps of that type, in order")
    void types() {
        for (MigrationType type : MigrationType.all()) {
            assertThat(StepTable.switchover(SwitchoverDirection.FORWARD, type).rows())
                    .extracting(StepSpec::step)
                    .isEqualTo(type.switchoverSteps());
        }
    }

    @Test
    @DisplayName("SW-2, SW-3, SW-7: says who drives, where the barrier is, and where the point of no return")
    void facts() {
        List<StepSpec> rows = StepTable.switchover().rows();
        assertThat(rows)
                .filteredOn(row -> row.driver() == StepSpec.Driver.OPERATOR)
                .extracting(row -> row.step().number())
                .containsExactly(1, 4, 7, 8);
        assertThat(rows)
                .filteredOn(StepSpec::barrier)
                .extracting(StepSpec::step)
                .containsExactly(SwitchoverStep.PROCESS_DATABASE_OBJECTS);
        assertThat(rows)
                .filteredOn(row -> row.onFailure().skipWaives() != null)
                .extracting(row -> row.step().number())
                .containsExactly(2, 3, 5, 6);
        assertThat(rows)
                .filteredOn(row -> row.onFailure().askTwice())
                .extracting(StepSpec::step)
                .containsExactly(SwitchoverStep.SWITCHOVER_PRECHECK);
        assertThat(rows)
                .filteredOn(row -> row.noReturn() == StepSpec.NoReturn.AT_INTENT)
                .extracting(StepSpec::step)
                .containsExactly(SwitchoverStep.START_REVERSE_INCREMENT);
    }

    @Test
    @DisplayName("SW-11: answers for every step and standing, and offers nothing for what is over or not reached")
    void total() {
        for (StepSpec row : StepTable.switchover().rows()) {
            for (StepStanding.State state : StepStanding.State.values()) {
                assertThatCode(() -> StepTable.offered(row, state)).doesNotThrowAnyException();
            }
            assertThat(StepTable.offered(row, StepStanding.State.DONE)).isEmpty();
            assertThat(StepTable.offered(row, StepStanding.State.PENDING)).isEmpty();
            assertThat(StepTable.offered(row, StepStanding.State.RUNNING)).contains(SwitchoverAction.EJECT);
            assertThat(StepTable.offered(row, StepStanding.State.RUNNING).contains(SwitchoverAction.ABORT))
                    .as("a step that may be the point of no return cannot be aborted while it runs: %s", row.name())
                    .isEqualTo(row.noReturn() == StepSpec.NoReturn.ELSEWHERE);
        }
    }

    @Test
    @DisplayName("of a plain operation has one automatic row whose failure is final")
    void operations() {
        for (OperationKind kind : OperationKind.values()) {
            if (!kind.isSwitchover()) {
                assertThat(StepTable.operation(kind).rows()).singleElement().satisfies(row -> {
                    assertThat(row.name()).isEqualTo(kind.name());
                    assertThat(row.driver()).isEqualTo(StepSpec.Driver.AUTOMATIC);
                    assertThat(row.onFailure()).isEqualTo(StepSpec.OnFailure.FINAL);
                });
            }
        }
        assertThatThrownBy(() -> StepTable.operation(OperationKind.FORWARD_SWITCHOVER))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    @DisplayName(
            "says of a failed step whether it may be tried again, what passing over it waives, and how often that is asked")
    void failures() {
        assertThat(StepSpec.OnFailure.retryOrSkip(Invariant.CAUGHT_UP))
                .isEqualTo(new StepSpec.OnFailure(true, Invariant.CAUGHT_UP, false));
        assertThat(StepSpec.OnFailure.retryOrSkipAskedTwice(Invariant.CAUGHT_UP))
                .isEqualTo(new StepSpec.OnFailure(true, Invariant.CAUGHT_UP, true));
    }

    @Test
    @DisplayName(
            "refuses to be empty, and a step with an effect of which nobody said what to do when its fate is unknown")
    void refusals() {
        assertThatThrownBy(() -> new StepTable(List.of())).hasMessageContaining("StepTable.rows: is empty");
        for (StepSpec.Effect.Kind kind : StepSpec.Effect.Kind.values()) {
            if (kind == StepSpec.Effect.Kind.READ) {
                assertThatCode(() -> new StepSpec.Effect(kind, null, StepSpec.Effect.Undo.NOTHING))
                        .doesNotThrowAnyException();
            } else {
                assertThatThrownBy(() -> new StepSpec.Effect(kind, null, StepSpec.Effect.Undo.NOTHING))
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageContaining("is " + kind + " without an on-ambiguity policy");
            }
        }
    }
}
