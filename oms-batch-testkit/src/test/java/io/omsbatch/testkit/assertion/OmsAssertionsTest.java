package io.omsbatch.testkit.assertion;

import static io.omsbatch.testkit.assertion.OmsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.eligibility.DenialCode;
import io.omsbatch.api.eligibility.Lane;
import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.operation.Waves;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.outcome.Waiver;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.plan.PlanEntry;
import io.omsbatch.api.switchover.BoardTask;
import io.omsbatch.api.switchover.Invariant;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The assertions of the testkit")
class OmsAssertionsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:20:30Z");
    private static final Actor ANN = new Actor("ann");
    private static final TaskRef ORDERS = new TaskRef("oms", "orders");
    private static final TaskRef STOCK = new TaskRef("oms", "stock");
    private static final TaskRef SECRET = new TaskRef("oms", "secret");
    private static final TaskRef GONE = new TaskRef("oms", "gone");
    private static final TaskRef OTHER = new TaskRef("oms", "other");

    private static final BatchRequest REQUEST = BatchRequest.of(
                    "req-1", ANN, BatchOperation.stop(), List.of(ORDERS, STOCK, SECRET, GONE))
            .with(RunPolicy.none().withWaves(Waves.parse("1")));

    private static final BatchPlan PLAN = new BatchPlan(
            "f-1",
            REQUEST,
            NOW,
            NOW.plusSeconds(600),
            List.of(
                    new PlanEntry.Eligible(MigrationTask.builder(ORDERS).build()),
                    new PlanEntry.Ineligible(
                            STOCK,
                            null,
                            List.of(new Reason("WRONG_STATUS", "it is ENDED"), new Reason("FROZEN", "until monday"))),
                    new PlanEntry.Denied(SECRET),
                    new PlanEntry.NotFound(GONE)),
            List.of(new Lane(
                    1,
                    MigrationType.complete(),
                    SwitchoverDirection.FORWARD,
                    SwitchoverStep.START_FORWARD_SWITCHOVER,
                    List.of(ORDERS))),
            List.of("the journal forgets at exit"));

    private static final BatchReport REPORT = new BatchReport(
            "run-1",
            REQUEST,
            PLAN.confirm(ANN, "window 17"),
            null,
            NOW,
            NOW.plusSeconds(9),
            List.of(
                    result(ORDERS, new TaskOutcome.Succeeded()),
                    result(STOCK, new TaskOutcome.Failed(Problem.of(ProblemCode.RETRIES_EXHAUSTED, "busy"))),
                    result(SECRET, new TaskOutcome.Denied()),
                    result(GONE, new TaskOutcome.NotFound())),
            List.of(new Waiver(ORDERS, Invariant.CAUGHT_UP.name(), ANN, "tiny", NOW)),
            "");

    private static final SwitchoverBoard BOARD = new SwitchoverBoard(
            "run-1",
            7,
            NOW,
            List.of(new SwitchoverBoard.LaneBoard(
                    PLAN.lanes().get(0),
                    List.of(
                            row(
                                    ORDERS,
                                    new StepStanding(
                                            SwitchoverStep.CONFIRM_WRITES_STOPPED,
                                            StepStanding.State.GATED,
                                            NOW.minusSeconds(5),
                                            "confirmation"),
                                    SwitchoverAction.CONFIRM,
                                    SwitchoverAction.ABORT),
                            row(STOCK, null)))));

    private static TaskResult result(TaskRef ref, TaskOutcome outcome) {
        return new TaskResult(ref, ref.id(), outcome, 1, NOW, NOW.plusSeconds(1));
    }

    private static BoardTask row(TaskRef ref, StepStanding current, SwitchoverAction... actions) {
        StepStanding first =
                new StepStanding(SwitchoverStep.START_FORWARD_SWITCHOVER, StepStanding.State.DONE, NOW, "");
        return new BoardTask(
                ref,
                ref.id(),
                current == null ? List.of(first) : List.of(first, current),
                current,
                null,
                current == null
                        ? BoardTask.Course.PLAIN
                        : new BoardTask.Course(true, new BoardTask.Freeze(NOW, NOW.plusSeconds(300))),
                Set.of(actions));
    }

    private static void fails(ThrowingCallable assertion, String message, String picture) {
        assertThatThrownBy(assertion)
                .isExactlyInstanceOf(AssertionError.class)
                .hasMessageStartingWith(message)
                .hasMessageEndingWith(picture);
    }

    private static void planFails(ThrowingCallable assertion, String message) {
        fails(assertion, message, "\nThe whole plan:\n" + PLAN.render());
    }

    private static void reportFails(ThrowingCallable assertion, String message) {
        fails(assertion, message, "\nThe whole report:\n" + REPORT.render());
    }

    private static void boardFails(ThrowingCallable assertion, String message) {
        fails(assertion, message, "\nThe whole board:\n" + BOARD.render());
    }

    @Test
    @DisplayName("pass for a plan as it is")
    void plan() {
        assertThat(PLAN)
                .eligible(ORDERS)
                .onlyEligible(ORDERS)
                .ineligible(STOCK, "FROZEN", "WRONG_STATUS")
                .denied(SECRET)
                .notFound(GONE)
                .wave(1, ORDERS)
                .wave(2)
                .lane(1, ORDERS)
                .lane(2)
                .warns("forgets at exit");
    }

    @Test
    @DisplayName("fail for a plan that is otherwise, and show all of it")
    void planOtherwise() {
        planFails(
                () -> assertThat(PLAN).eligible(ORDERS, STOCK),
                "expected oms/stock to be eligible, but it is ineligible with [WRONG_STATUS: it is ENDED, FROZEN: until monday]\n");
        planFails(() -> assertThat(PLAN).allEligible(), "expected oms/stock to be eligible, but it is ineligible");
        planFails(
                () -> assertThat(PLAN).eligible(OTHER),
                "expected oms/other to be eligible, but it is not in the plan\n");
        planFails(() -> assertThat(PLAN).onlyEligible(), "expected [] as eligible tasks, but these are [oms/orders]\n");
        planFails(
                () -> assertThat(PLAN).ineligible(STOCK, DenialCode.WRONG_STATUS),
                "expected oms/stock to be ineligible with WRONG_STATUS, but it is ineligible with [WRONG_STATUS");
        planFails(
                () -> assertThat(PLAN).ineligible(ORDERS, DenialCode.WRONG_STATUS),
                "expected oms/orders to be ineligible with WRONG_STATUS, but it is eligible as oms/orders \"orders\" NOT_STARTED");
        planFails(() -> assertThat(PLAN).denied(GONE), "expected oms/gone to be denied, but it is not found\n");
        planFails(() -> assertThat(PLAN).notFound(SECRET), "expected oms/secret to be not found, but it is denied\n");
        planFails(
                () -> assertThat(PLAN).wave(1, STOCK),
                "expected [oms/stock] as tasks of wave 1, but these are [oms/orders]\n");
        planFails(
                () -> assertThat(PLAN).lane(3, ORDERS), "expected [oms/orders] as tasks of lane 3, but these are []\n");
        planFails(
                () -> assertThat(PLAN).warns("disk"),
                "expected a warning with \"disk\", but there are [the journal forgets at exit]\n");
        assertThatThrownBy(() -> assertThat(PLAN).ineligible(STOCK, new String[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("name the code of at least one reason");
    }

    @Test
    @DisplayName("pass for a report as it is")
    void report() {
        assertThat(REPORT)
                .succeeded(ORDERS)
                .outcome(STOCK, TaskOutcome.Kind.FAILED)
                .outcome(STOCK, TaskOutcome.Kind.FAILED, "busy")
                .outcome(STOCK, TaskOutcome.Kind.FAILED, ProblemCode.RETRIES_EXHAUSTED)
                .outcome(SECRET, TaskOutcome.Kind.DENIED)
                .count(TaskOutcome.Kind.NOT_FOUND, 1)
                .count(TaskOutcome.Kind.UNKNOWN, 0)
                .waived(ORDERS, Invariant.CAUGHT_UP);
    }

    @Test
    @DisplayName("fail for a report that is otherwise, and show all of it")
    void reportOtherwise() {
        reportFails(
                () -> assertThat(REPORT).succeeded(ORDERS, STOCK),
                "expected oms/stock to end SUCCEEDED, but it ended [FAILED (RETRIES_EXHAUSTED: busy (");
        reportFails(
                () -> assertThat(REPORT).succeeded(OTHER),
                "expected oms/other to end SUCCEEDED, but it is not in the report\n");
        reportFails(
                () -> assertThat(REPORT).allSucceeded(),
                "expected every task to succeed, but it was {SUCCEEDED=1, DENIED=1, NOT_FOUND=1, FAILED=1}\n");
        reportFails(
                () -> assertThat(REPORT).outcome(STOCK, TaskOutcome.Kind.FAILED, "disk"),
                "expected oms/stock to end FAILED with \"disk\", but it ended [FAILED");
        reportFails(
                () -> assertThat(REPORT).outcome(STOCK, TaskOutcome.Kind.FAILED, ProblemCode.STEP_FAILED),
                "expected oms/stock to end FAILED with STEP_FAILED, but it ended [FAILED");
        reportFails(
                () -> assertThat(REPORT).count(TaskOutcome.Kind.UNKNOWN, 1),
                "expected 1 tasks to end UNKNOWN, but it was {");
        reportFails(
                () -> assertThat(REPORT).waived(STOCK, Invariant.CAUGHT_UP),
                "expected CAUGHT_UP to be waived for oms/stock, but waived are [CAUGHT_UP for oms/orders by ann: tiny]\n");
        reportFails(
                () -> assertThat(REPORT).nothingWaived(),
                "expected nothing to be waived, but waived are [CAUGHT_UP for oms/orders by ann: tiny]\n");
    }

    @Test
    @DisplayName("pass for a board as it is")
    void board() {
        assertThat(BOARD)
                .at(ORDERS, SwitchoverStep.CONFIRM_WRITES_STOPPED, StepStanding.State.GATED)
                .step(SwitchoverStep.START_FORWARD_SWITCHOVER, StepStanding.State.DONE)
                .offers(SwitchoverAction.CONFIRM)
                .offersOnly(SwitchoverAction.ABORT, SwitchoverAction.CONFIRM)
                .waitsFor("confirm")
                .alone()
                .frozen()
                .ended(STOCK)
                .offersOnly()
                .task(ORDERS)
                .offers();
    }

    @Test
    @DisplayName("fail for a board that is otherwise, and show all of it")
    void boardOtherwise() {
        boardFails(
                () -> assertThat(BOARD).at(ORDERS, SwitchoverStep.SWITCHOVER_PRECHECK, StepStanding.State.GATED),
                "expected oms/orders at SWITCHOVER_PRECHECK, GATED, but it is at CONFIRM_WRITES_STOPPED, GATED\n");
        boardFails(
                () -> assertThat(BOARD).at(ORDERS, SwitchoverStep.CONFIRM_WRITES_STOPPED, StepStanding.State.RUNNING),
                "expected oms/orders at CONFIRM_WRITES_STOPPED, RUNNING, but it is at CONFIRM_WRITES_STOPPED, GATED\n");
        boardFails(
                () -> assertThat(BOARD).at(STOCK, SwitchoverStep.SWITCHOVER_PRECHECK, StepStanding.State.GATED),
                "expected oms/stock at SWITCHOVER_PRECHECK, GATED, but it has ended\n");
        boardFails(
                () -> assertThat(BOARD).ended(ORDERS),
                "expected oms/orders to have ended, but it is at CONFIRM_WRITES_STOPPED, GATED\n");
        boardFails(
                () -> assertThat(BOARD).task(OTHER),
                "expected oms/other on the board, but there are only [oms/orders, oms/stock]\n");
        boardFails(
                () -> assertThat(BOARD).task(ORDERS).offers(SwitchoverAction.SKIP, SwitchoverAction.ABORT),
                "expected oms/orders to offer [SKIP, ABORT], but it offers [CONFIRM, ABORT]\n");
        boardFails(
                () -> assertThat(BOARD).task(ORDERS).offersOnly(SwitchoverAction.CONFIRM),
                "expected oms/orders to offer only [CONFIRM], but it offers [CONFIRM, ABORT]\n");
        boardFails(
                () -> assertThat(BOARD).task(STOCK).step(SwitchoverStep.SWITCHOVER_PRECHECK, StepStanding.State.DONE),
                "expected SWITCHOVER_PRECHECK of oms/stock to be DONE, but it has no such step\n");
        boardFails(
                () -> assertThat(BOARD)
                        .task(ORDERS)
                        .step(SwitchoverStep.START_FORWARD_SWITCHOVER, StepStanding.State.SKIPPED),
                "expected START_FORWARD_SWITCHOVER of oms/orders to be SKIPPED, but it is DONE\n");
        boardFails(
                () -> assertThat(BOARD).task(ORDERS).waitsFor("lag"),
                "expected oms/orders to wait for \"lag\", but it waits for \"confirmation\"\n");
        boardFails(
                () -> assertThat(BOARD).task(STOCK).waitsFor("lag"),
                "expected oms/stock to wait for \"lag\", but it waits for \"\"\n");
        boardFails(
                () -> assertThat(BOARD).task(STOCK).alone(),
                "expected oms/stock to go on alone, but it is in its lane\n");
        boardFails(
                () -> assertThat(BOARD).task(STOCK).frozen(),
                "expected the source of oms/stock to be frozen, but it is not\n");
    }

    @Test
    @DisplayName("ask for a task where none was named, and refuse null")
    void misuse() {
        assertThatThrownBy(() -> assertThat(BOARD).offers(SwitchoverAction.SKIP))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("name a task first, with at, ended or task");
        assertThatThrownBy(() -> assertThat(PLAN).denied(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("task");
        assertThat(List.of(PLAN)).hasSize(1); // stands beside the assertThat of AssertJ
    }
}
