package io.omsbatch.core.internal.durable;

import static io.omsbatch.api.task.TaskStatus.COMPLETED;
import static io.omsbatch.api.task.TaskStatus.ENDED;
import static io.omsbatch.api.task.TaskStatus.ENDING;
import static io.omsbatch.api.task.TaskStatus.FAILED;
import static io.omsbatch.api.task.TaskStatus.INTEGRATING;
import static io.omsbatch.api.task.TaskStatus.MODIFYING;
import static io.omsbatch.api.task.TaskStatus.RUNNING;
import static io.omsbatch.api.task.TaskStatus.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.task.AlertLevel;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress.State;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("RUN-4: The settle table")
class SettleTableTest {

    private static final Set<TaskStatus> NONE = EnumSet.noneOf(TaskStatus.class);
    private static final Set<TaskStatus> OVER = EnumSet.of(ENDING, ENDED);

    private record Row(BatchOperation operation, Set<TaskStatus> wanted, Set<TaskStatus> failed) {}

    /** What follows from the life cycle, for a task in a stage that does not matter. */
    private static final List<Row> ROWS = List.of(
            new Row(
                    BatchOperation.start(),
                    EnumSet.of(RUNNING, MODIFYING, INTEGRATING, COMPLETED),
                    EnumSet.of(FAILED, ENDING, ENDED)),
            new Row(BatchOperation.stop(), EnumSet.of(STOPPED), EnumSet.of(FAILED, COMPLETED, ENDING, ENDED)),
            new Row(BatchOperation.resume(), EnumSet.of(RUNNING, MODIFYING, INTEGRATING, COMPLETED), OVER),
            new Row(BatchOperation.end(), EnumSet.of(ENDED), NONE),
            new Row(BatchOperation.delete(), NONE, NONE),
            new Row(BatchOperation.modifyAlertLevel(AlertLevel.HIGH), NONE, OVER),
            new Row(BatchOperation.skipFullVerification(), NONE, OVER),
            new Row(
                    BatchOperation.enterForwardSwitchover(),
                    NONE,
                    EnumSet.of(FAILED, STOPPED, COMPLETED, ENDING, ENDED)),
            new Row(BatchOperation.enterSwitchBack(), NONE, EnumSet.of(FAILED, STOPPED, COMPLETED, ENDING, ENDED)));

    private static final Set<Stage> FROM_SWITCHOVER_ON =
            EnumSet.of(Stage.FORWARD_SWITCHOVER, Stage.REVERSE_INCREMENT, Stage.SWITCH_BACK);

    private static MigrationTask.Builder task(TaskStatus status) {
        return MigrationTask.builder(new TaskRef("p", "t"))
                .status(status)
                .stage(Stage.INCREMENTAL_SYNC, State.RUNNING)
                .alertLevel(AlertLevel.LOW);
    }

    @TestFactory
    @DisplayName("says for every operation and status whether it is wanted, hopeless, or may still come")
    Stream<DynamicTest> everyPair() {
        assertThat(ROWS)
                .extracting(row -> row.operation().kind())
                .containsExactlyInAnyOrderElementsOf(
                        EnumSet.complementOf(EnumSet.of(OperationKind.FORWARD_SWITCHOVER, OperationKind.SWITCH_BACK)));
        return ROWS.stream()
                .flatMap(row -> Stream.of(TaskStatus.values()).map(status -> {
                    Settlement.Kind expected = row.wanted().contains(status)
                            ? Settlement.Kind.WANTED
                            : row.failed().contains(status) ? Settlement.Kind.FAILED : Settlement.Kind.GOING;
                    return DynamicTest.dynamicTest(
                            row.operation().kind().title() + ", then " + status + ": " + expected, () -> {
                                Settlement settlement = SettleTable.judge(
                                        row.operation(), task(status).build(), true);
                                assertThat(settlement.kind()).isEqualTo(expected);
                                assertThat(settlement.problem() != null).isEqualTo(expected == Settlement.Kind.FAILED);
                                assertThat(settlement.untouched()).isEqualTo(expected == Settlement.Kind.GOING);
                                assertThat(settlement.text().isEmpty()).isEqualTo(expected != Settlement.Kind.GOING);
                            });
                }));
    }

    @Test
    @DisplayName("takes a task that is gone for deleted or ended, and for nothing else")
    void gone() {
        for (BatchOperation operation : BatchOperation.all()) {
            Settlement settlement = SettleTable.judge(operation, null, true);
            if (operation.kind() == OperationKind.DELETE || operation.kind() == OperationKind.END) {
                assertThat(settlement.kind()).isEqualTo(Settlement.Kind.WANTED);
            } else {
                assertThat(settlement.problem().code()).isEqualTo(ProblemCode.TASK_GONE.name());
            }
        }
    }

    @Test
    @DisplayName("settles the alert level by the level alone, whatever the status")
    void alertLevel() {
        BatchOperation high = BatchOperation.modifyAlertLevel(AlertLevel.HIGH);
        for (TaskStatus status : TaskStatus.values()) {
            MigrationTask task = task(status).alertLevel(AlertLevel.HIGH).build();
            assertThat(SettleTable.judge(high, task, false).kind()).isEqualTo(Settlement.Kind.WANTED);
        }
        MigrationTask unrecognized =
                task(RUNNING).alertLevel(AlertLevel.UNRECOGNIZED).build();
        assertThat(SettleTable.judge(high, unrecognized, false).kind()).isEqualTo(Settlement.Kind.GOING);
    }

    @Test
    @DisplayName("settles a skipped verification once the stage is done or left, not while it is under way")
    void skip() {
        BatchOperation skip = BatchOperation.skipFullVerification();
        for (State state : State.values()) {
            boolean done = state == State.FINISHED || state == State.SKIPPED;
            MigrationTask task =
                    task(RUNNING).stage(Stage.FULL_VERIFICATION, state).build();
            assertThat(SettleTable.judge(skip, task, false).kind())
                    .as("verification %s", state)
                    .isEqualTo(done ? Settlement.Kind.WANTED : Settlement.Kind.GOING);
        }
        for (Stage stage : Stage.values()) {
            boolean later = FROM_SWITCHOVER_ON.contains(stage);
            MigrationTask task = task(RUNNING).stage(stage, State.RUNNING).build();
            assertThat(SettleTable.judge(skip, task, false).kind())
                    .as("in %s", stage)
                    .isEqualTo(later ? Settlement.Kind.WANTED : Settlement.Kind.GOING);
        }
    }

    @Test
    @DisplayName("settles entering a switchover by the stage")
    void enter() {
        for (Stage stage : Stage.values()) {
            boolean there = FROM_SWITCHOVER_ON.contains(stage);
            MigrationTask task = task(RUNNING).stage(stage, State.WAITING).build();
            assertThat(SettleTable.judge(BatchOperation.enterForwardSwitchover(), task, false)
                            .kind())
                    .as("in %s", stage)
                    .isEqualTo(there ? Settlement.Kind.WANTED : Settlement.Kind.GOING);
            assertThat(SettleTable.judge(BatchOperation.enterSwitchBack(), task, false)
                            .kind())
                    .as("back, in %s", stage)
                    .isEqualTo(stage == Stage.SWITCH_BACK ? Settlement.Kind.WANTED : Settlement.Kind.GOING);
        }
    }

    @Test
    @DisplayName("has no row for the two switchovers, which settle step by step")
    void switchover() {
        for (BatchOperation operation : List.of(BatchOperation.forwardSwitchover(), BatchOperation.switchBack())) {
            assertThatThrownBy(() -> SettleTable.judge(operation, task(RUNNING).build(), true))
                    .hasMessageContaining("step by step");
        }
    }
}
