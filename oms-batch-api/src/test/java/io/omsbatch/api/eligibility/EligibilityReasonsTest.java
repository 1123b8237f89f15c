package io.omsbatch.api.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A reason for leaving a task out (PLAN-2)")
class EligibilityReasonsTest {

    private static MigrationTask.Builder running(Stage stage, StageProgress.State state) {
        return MigrationTask.builder(new TaskRef("p", "orders"))
                .type(MigrationType.complete())
                .status(TaskStatus.RUNNING)
                .stage(stage, state);
    }

    private static MigrationTask at(Stage stage, SwitchoverStep step, SwitchoverProgress.State state, int round) {
        return running(stage, StageProgress.State.RUNNING)
                .switchover(new SwitchoverProgress(step, state, round))
                .build();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(
                        running(Stage.FULL_VERIFICATION, StageProgress.State.WAITING)
                                .build(),
                        BatchOperation.skipFullVerification(),
                        "NOT_IN_FULL_VERIFICATION",
                        "is in stage FULL_VERIFICATION:WAITING; it needs to have entered"),
                Arguments.of(
                        running(Stage.FULL_VERIFICATION, StageProgress.State.RUNNING)
                                .build(),
                        BatchOperation.enterForwardSwitchover(),
                        "NOT_READY_FOR_SWITCHOVER",
                        "is in stage FULL_VERIFICATION:RUNNING; it needs FULL_VERIFICATION to be finished or skipped"),
                Arguments.of(
                        running(Stage.INCREMENTAL_SYNC, StageProgress.State.MONITORING)
                                .build(),
                        BatchOperation.forwardSwitchover(),
                        "NOT_IN_SWITCHOVER",
                        "is in stage INCREMENTAL_SYNC:MONITORING; it needs to be at an unfinished step of FORWARD_SWITCHOVER"),
                Arguments.of(
                        at(Stage.FORWARD_SWITCHOVER, SwitchoverStep.UNRECOGNIZED, SwitchoverProgress.State.RUNNING, 1),
                        BatchOperation.forwardSwitchover(),
                        "SWITCHOVER_STEP_UNKNOWN",
                        " at step UNRECOGNIZED:RUNNING; it needs to be at an unfinished step"),
                Arguments.of(
                        at(
                                Stage.FORWARD_SWITCHOVER,
                                SwitchoverStep.START_REVERSE_INCREMENT,
                                SwitchoverProgress.State.DONE,
                                1),
                        BatchOperation.forwardSwitchover(),
                        "SWITCHOVER_FINISHED",
                        " at step START_REVERSE_INCREMENT:DONE; it needs"),
                Arguments.of(
                        at(
                                Stage.FORWARD_SWITCHOVER,
                                SwitchoverStep.STOP_FORWARD_SYNC,
                                SwitchoverProgress.State.DONE,
                                1),
                        BatchOperation.enterSwitchBack(),
                        "NOT_READY_FOR_SWITCH_BACK",
                        " at step STOP_FORWARD_SYNC:DONE; it needs a forward switchover that is over"),
                Arguments.of(
                        at(
                                Stage.FORWARD_SWITCHOVER,
                                SwitchoverStep.START_FORWARD_SWITCHOVER,
                                SwitchoverProgress.State.WAITING,
                                1),
                        BatchOperation.switchBack(),
                        "NOT_IN_SWITCHOVER",
                        "it needs to be at an unfinished step of SWITCH_BACK"));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("refused")
    @DisplayName("has a stable code, the values that decided, and what is needed")
    void says(MigrationTask task, BatchOperation operation, String code, String text) {
        Verdict verdict = EligibilityPolicy.documented().judge(task, operation);
        assertThat(verdict.eligible()).isFalse();
        assertThat(verdict.reasons()).hasSize(1);
        Reason reason = verdict.reasons().get(0);
        assertThat(reason.code()).isEqualTo(code);
        assertThat(reason.text()).contains(text);
        assertThat(reason).hasToString(reason.toString()).asString().contains(text);
    }

    @Test
    @DisplayName("says of a migration without full verification which stage it needs")
    void withoutVerification() {
        MigrationType type = MigrationType.all().stream()
                .filter(one -> one.lastStageBeforeSwitchover() == Stage.INCREMENTAL_SYNC)
                .findFirst()
                .orElseThrow();
        MigrationTask task = running(Stage.FULL_MIGRATION, StageProgress.State.RUNNING)
                .type(type)
                .build();
        assertThat(EligibilityPolicy.documented()
                        .judge(task, BatchOperation.enterForwardSwitchover())
                        .reasons()
                        .get(0)
                        .text())
                .contains("it needs INCREMENTAL_SYNC to be done");
    }

    @Test
    @DisplayName("is worth as much as one with the same words, written early or late")
    void equal() {
        Reason reason = new Reason("CODE", "it rains");
        Verdict early = Verdict.no(reason);
        Verdict late = Verdict.noLazily(() -> List.of(reason));
        assertThat(early).isEqualTo(late).hasSameHashCodeAs(late).isNotEqualTo(Verdict.yes());
        assertThat(early.hashCode())
                .isNotEqualTo(Verdict.no(new Reason("CODE", "it snows")).hashCode());
        assertThat(early).asString().contains("it rains");
    }

    @Test
    @DisplayName("stands in the tables beside what it is about")
    void tables() {
        EligibilityMatrix matrix = EligibilityMatrix.documented();
        assertThat(matrix.renderText())
                .contains("skip full verification: within the full verification stage\n")
                .contains(" stop\n")
                .contains("ENDED         delete\n")
                .containsPattern("(?m)^[A-Z_]+ +nothing$");
        assertThat(matrix.renderMarkdown())
                .contains("\nyes (3) in the forward switchover stage  ")
                .doesNotContain("\nyes yes")
                .contains("| yes (1) |");
    }
}
