package io.omsbatch.api.eligibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.task.AlertLevel;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.MigrationType.Part;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress.State;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("The documented matrix")
class EligibilityMatrixTest {

    private static final EligibilityPolicy POLICY = EligibilityPolicy.documented();

    private record Row(String operation, BatchOperation asked, Set<TaskStatus> statuses) {}

    /** The rows without conditions, as the documentation has them. */
    private static final List<Row> ROWS = List.of(
            new Row("start a task that is not started", BatchOperation.start(), Set.of(TaskStatus.NOT_STARTED)),
            new Row("stop a task that is running", BatchOperation.stop(), Set.of(TaskStatus.RUNNING)),
            new Row(
                    "resume a task that is stopped or failed",
                    BatchOperation.resume(),
                    Set.of(TaskStatus.STOPPED, TaskStatus.FAILED)),
            new Row(
                    "end a task that is stopped, failed or completed",
                    BatchOperation.end(),
                    Set.of(TaskStatus.STOPPED, TaskStatus.FAILED, TaskStatus.COMPLETED)),
            new Row(
                    "delete a task that is not started or ended",
                    BatchOperation.delete(),
                    Set.of(TaskStatus.NOT_STARTED, TaskStatus.ENDED)),
            new Row(
                    "modify the alert configuration of a task that is not started, at work, stopped or failed",
                    BatchOperation.modifyAlertLevel(AlertLevel.HIGH),
                    Set.of(
                            TaskStatus.NOT_STARTED,
                            TaskStatus.RUNNING,
                            TaskStatus.MODIFYING,
                            TaskStatus.INTEGRATING,
                            TaskStatus.STOPPED,
                            TaskStatus.FAILED)));

    private static MigrationTask.Builder task(TaskStatus status) {
        return MigrationTask.builder(new TaskRef("p", "orders-eu")).status(status);
    }

    private static String code(MigrationTask.Builder task, BatchOperation operation) {
        Verdict verdict = POLICY.judge(task.build(), operation);
        return verdict.eligible() ? "yes" : verdict.reasons().get(0).code();
    }

    @TestFactory
    @DisplayName("lets an operator")
    Stream<DynamicTest> rows() {
        return ROWS.stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.operation() + ", and no other",
                        () -> assertThat(Stream.of(TaskStatus.values())
                                        .filter(status ->
                                                code(task(status), row.asked()).equals("yes"))
                                        .collect(Collectors.toSet()))
                                .isEqualTo(row.statuses())));
    }

    @Test
    @DisplayName("lets full verification be skipped while the task is in it, running, stopped or failed")
    void skip() {
        BatchOperation skip = BatchOperation.skipFullVerification();
        for (TaskStatus status : List.of(TaskStatus.RUNNING, TaskStatus.STOPPED, TaskStatus.FAILED)) {
            for (State state : List.of(State.RUNNING, State.SUSPENDED, State.FAILED, State.MONITORING)) {
                assertThat(code(task(status).stage(Stage.FULL_VERIFICATION, state), skip))
                        .isEqualTo("yes");
            }
            for (State state : List.of(State.WAITING, State.FINISHED, State.SKIPPED, State.UNRECOGNIZED)) {
                assertThat(code(task(status).stage(Stage.FULL_VERIFICATION, state), skip))
                        .isEqualTo("NOT_IN_FULL_VERIFICATION");
            }
            assertThat(code(task(status).stage(Stage.INCREMENTAL_SYNC, State.RUNNING), skip))
                    .isEqualTo("NOT_IN_FULL_VERIFICATION");
        }
        assertThat(code(task(TaskStatus.COMPLETED).stage(Stage.FULL_VERIFICATION, State.RUNNING), skip))
                .isEqualTo("WRONG_STATUS");
    }

    @Test
    @DisplayName(
            "lets a running task enter the switchover once verification, or the last stage it has instead, is over")
    void enter() {
        BatchOperation enter = BatchOperation.enterForwardSwitchover();
        MigrationTask.Builder running = task(TaskStatus.RUNNING);
        assertThat(code(running.stage(Stage.FULL_VERIFICATION, State.FINISHED), enter))
                .isEqualTo("yes");
        assertThat(code(running.stage(Stage.FULL_VERIFICATION, State.SKIPPED), enter))
                .isEqualTo("yes");
        assertThat(code(running.stage(Stage.FULL_VERIFICATION, State.RUNNING), enter))
                .isEqualTo("NOT_READY_FOR_SWITCHOVER");
        running.type(MigrationType.of(Part.FULL, Part.INCREMENTAL));
        assertThat(code(running.stage(Stage.INCREMENTAL_SYNC, State.MONITORING), enter))
                .isEqualTo("yes");
        assertThat(code(running.stage(Stage.INCREMENTAL_SYNC, State.RUNNING), enter))
                .isEqualTo("NOT_READY_FOR_SWITCHOVER");
        assertThat(code(running.stage(Stage.FULL_MIGRATION, State.FINISHED), enter))
                .isEqualTo("NOT_READY_FOR_SWITCHOVER");
        running.type(MigrationType.of(Part.FULL));
        assertThat(code(running.stage(Stage.FULL_MIGRATION, State.FINISHED), enter))
                .isEqualTo("yes");
        assertThat(code(running.status(TaskStatus.STOPPED), enter)).isEqualTo("WRONG_STATUS");
    }

    @Test
    @DisplayName("lets a running task go through the switchover from any unfinished step that its type has")
    void switchover() {
        BatchOperation operation = BatchOperation.forwardSwitchover();
        MigrationType noReverse = MigrationType.of(Part.INCREMENTAL);
        MigrationTask.Builder task = task(TaskStatus.RUNNING).stage(Stage.FORWARD_SWITCHOVER, State.RUNNING);
        assertThat(code(task, operation)).isEqualTo("NOT_IN_SWITCHOVER");
        for (SwitchoverStep step : SwitchoverStep.values()) {
            for (SwitchoverProgress.State state : SwitchoverProgress.State.values()) {
                boolean known =
                        noReverse.switchoverSteps().contains(step) && state != SwitchoverProgress.State.UNRECOGNIZED;
                boolean over =
                        step == SwitchoverStep.PROCESS_DATABASE_OBJECTS && state == SwitchoverProgress.State.DONE;
                assertThat(code(task.type(noReverse).switchover(new SwitchoverProgress(step, state)), operation))
                        .as("%s %s", step, state)
                        .isEqualTo(!known ? "SWITCHOVER_STEP_UNKNOWN" : over ? "SWITCHOVER_FINISHED" : "yes");
            }
        }
    }

    @Test
    @DisplayName("PLAN-2: refuses with the actual values and what is needed, in one escaped sentence")
    void sentences() {
        assertThat(POLICY.judge(task(TaskStatus.STOPPED).build(), BatchOperation.end())
                        .reasons())
                .isEmpty();
        assertThat(POLICY.judge(task(TaskStatus.RUNNING).build(), BatchOperation.end())
                        .reasons())
                .containsExactly(new Reason(
                        "WRONG_STATUS", "task orders-eu is RUNNING; end needs STOPPED or FAILED or COMPLETED"));
        for (TaskStatus status : TaskStatus.values()) {
            for (BatchOperation operation : BatchOperation.all()) {
                Verdict verdict = POLICY.judge(task(status).build(), operation);
                assertThat(verdict.reasons().isEmpty()).isEqualTo(verdict.eligible());
            }
        }
    }

    @Test
    @DisplayName("tightened allows what both allow, with the reasons of both")
    void tightened() {
        Reason busy = new Reason("BUSY", "business hours");
        EligibilityPolicy never = POLICY.and((task, operation) -> Verdict.no(busy));
        EligibilityPolicy always = POLICY.and((task, operation) -> Verdict.yes());
        MigrationTask running = task(TaskStatus.RUNNING).build();
        assertThat(always.judge(running, BatchOperation.stop()).eligible()).isTrue();
        assertThat(never.judge(running, BatchOperation.stop()).reasons()).containsExactly(busy);
        assertThat(never.judge(running, BatchOperation.start()).reasons())
                .extracting(Reason::code)
                .containsExactly("WRONG_STATUS", "BUSY");
        assertThat(always.judge(running, BatchOperation.start()).reasons())
                .extracting(Reason::code)
                .containsExactly("WRONG_STATUS");
    }

    @Test
    @DisplayName("verdicts and reasons are values, and a refusal needs a reason of the right form")
    void verdicts() {
        Reason reason = new Reason("CODE_1", "te\u001bxt");
        assertThat(reason.text()).isEqualTo("te\\u{1b}xt");
        assertThat(Verdict.no(reason)).isEqualTo(Verdict.noLazily(() -> List.of(reason)));
        assertThat(Verdict.no(reason)).hasToString("CODE_1: te\\u{1b}xt").isNotEqualTo(Verdict.yes());
        assertThatThrownBy(Verdict::no).isInstanceOf(InvalidInputException.class);
        for (String code : new String[] {"", "lower", "1ST", "A B", "A".repeat(65), "A\u001b"}) {
            assertThatThrownBy(() -> new Reason(code, ""))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("use 1 to 64 of A-Z, 0-9 and _");
        }
    }

    @Test
    @DisplayName("SW-1: lanes hold one type at one step, in request order, and nobody at the precheck")
    void lanes() {
        MigrationTask a = switching("a", SwitchoverStep.START_FORWARD_SWITCHOVER, Part.FULL);
        MigrationTask b = switching("b", SwitchoverStep.START_FORWARD_SWITCHOVER, Part.INCREMENTAL);
        MigrationTask c = switching("c", SwitchoverStep.PROCESS_DATABASE_OBJECTS, Part.FULL);
        MigrationTask d = switching("d", SwitchoverStep.START_FORWARD_SWITCHOVER, Part.FULL);
        assertThat(LaneRule.lanes(List.of(a, b, c, d)))
                .containsExactly(
                        new Lane(
                                1,
                                a.type(),
                                SwitchoverDirection.FORWARD,
                                SwitchoverStep.START_FORWARD_SWITCHOVER,
                                List.of(a.ref(), d.ref())),
                        new Lane(
                                2,
                                b.type(),
                                SwitchoverDirection.FORWARD,
                                SwitchoverStep.START_FORWARD_SWITCHOVER,
                                List.of(b.ref())),
                        new Lane(
                                3,
                                c.type(),
                                SwitchoverDirection.FORWARD,
                                SwitchoverStep.PROCESS_DATABASE_OBJECTS,
                                List.of(c.ref())));
        assertThat(LaneRule.refusal(a)).isNull();
        assertThat(LaneRule.refusal(switching("e", SwitchoverStep.SWITCHOVER_PRECHECK, Part.FULL))
                        .code())
                .isEqualTo("AT_SWITCHOVER_PRECHECK");
        assertThat(LaneRule.refusal(task(TaskStatus.RUNNING).build()).code()).isEqualTo("NOT_IN_SWITCHOVER");
    }

    private static MigrationTask switching(String id, SwitchoverStep step, Part part) {
        return MigrationTask.builder(new TaskRef("p", id))
                .status(TaskStatus.RUNNING)
                .type(MigrationType.of(part))
                .switchover(new SwitchoverProgress(step, SwitchoverProgress.State.WAITING))
                .build();
    }

    @Test
    @DisplayName("renders every operation and every status")
    void rendered() {
        EligibilityMatrix matrix = EligibilityMatrix.documented();
        for (TaskStatus status : TaskStatus.values()) {
            assertThat(matrix.renderText()).contains(status.name());
        }
        for (OperationKind kind : OperationKind.values()) {
            assertThat(matrix.renderMarkdown()).contains("| " + kind.title() + " |");
        }
    }
}
