package io.omsbatch.api.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.SafeText;
import io.omsbatch.api.eligibility.Lane;
import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.Approval;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.Confirmation;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.plan.PlanEntry;
import io.omsbatch.api.switchover.BoardTask;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a host shows its operator")
class RenderedTextTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String EVIL = "evil\u001b[2J\r\nBatch stop: 100 of 100\u202e";
    private static final Actor ANN = new Actor("ann");
    private static final TaskRef A = new TaskRef("p", "a");
    private static final TaskRef B = new TaskRef("p", "b");
    private static final TaskRef C = new TaskRef("p", "c");
    private static final TaskRef D = new TaskRef("p", "d");

    private static BatchRequest request(TaskRef... tasks) {
        return BatchRequest.of("r", ANN, BatchOperation.stop(), List.of(tasks));
    }

    private static void assertSafe(String text) {
        assertThat(text.lines().allMatch(line -> line.equals(SafeText.escape(line))))
                .as(text)
                .isTrue();
    }

    @Test
    @DisplayName("a plan shows number, names and latest timestamps, and why the others are out")
    void plan() {
        MigrationTask named =
                MigrationTask.builder(A).name("orders").latestTimestamp(NOW).build();
        MigrationTask unnamed = MigrationTask.builder(B).build();
        BatchPlan plan = new BatchPlan(
                "f",
                request(A, B, C, D),
                NOW,
                NOW.plusSeconds(600),
                List.of(
                        new PlanEntry.Eligible(named),
                        new PlanEntry.Eligible(unnamed),
                        new PlanEntry.Ineligible(C, null, List.of(new Reason("WRONG_STATUS", "task c is FAILED"))),
                        new PlanEntry.NotFound(D)),
                List.of(),
                List.of("careful"));
        assertThat(plan.render()).isEqualTo("""
                Batch stop: 2 of 4 selected tasks
                  orders (p/a)  latest timestamp 2026-01-01T00:00:00Z
                  b  latest timestamp -
                Left out: 2
                  p/c  WRONG_STATUS: task c is FAILED
                  p/d  not found
                Warning: careful
                Confirm until 2026-01-01T00:10:00Z
                """);
        assertThat(plan.eligible()).containsExactly(named, unnamed);
        assertThat(plan.excluded()).hasSize(2);
    }

    @Test
    @DisplayName("SEC-2: a plan, a report and a board keep a hostile name, reason or message on its line")
    void hostile() {
        MigrationTask task = MigrationTask.builder(A).name(EVIL).build();
        BatchPlan plan = new BatchPlan(
                "f",
                request(A, B),
                NOW,
                NOW,
                List.of(
                        new PlanEntry.Eligible(task),
                        new PlanEntry.Ineligible(B, null, List.of(new Reason("CODE", EVIL)))),
                List.of(),
                List.of(EVIL));
        assertThat(plan.render().lines()).hasSize(6);
        assertSafe(plan.render());

        BatchReport report = report(
                "a\nb\tc",
                new TaskResult(A, EVIL, new TaskOutcome.Failed(new Problem(EVIL, EVIL, EVIL, false)), 2, NOW, NOW),
                new TaskResult(
                        B,
                        EVIL,
                        new TaskOutcome.LeftAt(
                                SwitchoverStep.STOP_FORWARD_SYNC, SwitchoverDirection.FORWARD, true, EVIL),
                        0,
                        null,
                        NOW));
        assertThat(report.render().lines()).hasSize(5);
        assertSafe(report.render());

        SwitchoverBoard board = board(EVIL, EVIL);
        assertThat(board.render().lines()).hasSize(3);
        assertSafe(board.render());
    }

    private static BatchReport report(String reason, TaskResult... results) {
        List<TaskRef> refs = new ArrayList<>();
        List.of(results).forEach(result -> refs.add(result.ref()));
        return new BatchReport(
                "run-1",
                BatchRequest.of("r", ANN, BatchOperation.stop(), refs),
                new Confirmation("f", ANN, reason, Set.of()),
                new Approval("f", new Actor("ben"), true, reason, NOW),
                NOW,
                NOW.plusMillis(1_540),
                List.of(results),
                List.of(),
                "");
    }

    @Test
    @DisplayName("RUN-1: a report derives its counts and status from the outcomes")
    void report() {
        TaskResult good = new TaskResult(A, "orders", new TaskOutcome.Succeeded(), 1, NOW, NOW);
        TaskResult already = new TaskResult(B, "items", new TaskOutcome.AlreadyDone(), 0, null, NOW);
        TaskResult bad = new TaskResult(
                C, "users", new TaskOutcome.Failed(new Problem("E1", "disk full", "make room", false)), 3, NOW, NOW);
        BatchReport report = report("maintenance", good, already, bad);
        assertThat(report.counts())
                .isEqualTo(Map.of(
                        TaskOutcome.Kind.SUCCEEDED, 1, TaskOutcome.Kind.ALREADY_DONE, 1, TaskOutcome.Kind.FAILED, 1));
        assertThat(report.count(TaskOutcome.Kind.UNKNOWN)).isZero();
        assertThat(report.status()).isEqualTo(BatchReport.Status.SOME_SUCCEEDED);
        assertThat(report("r", good, already).status()).isEqualTo(BatchReport.Status.ALL_SUCCEEDED);
        assertThat(report("r", bad).status()).isEqualTo(BatchReport.Status.NONE_SUCCEEDED);
        assertThat(report.render()).isEqualTo("""
                Batch stop: 3 tasks, 1 succeeded, 1 already done, 1 failed in 1.5 s
                Confirmed by ann: maintenance (run run-1)
                Approved by ben: maintenance
                  users: failed, E1: disk full (make room) [3 attempts]
                """);
    }

    private static SwitchoverBoard board(String name, String waitsFor) {
        List<StepStanding> steps = new ArrayList<>();
        MigrationType type = MigrationType.of();
        steps.add(new StepStanding(
                SwitchoverStep.START_FORWARD_SWITCHOVER, StepStanding.State.DONE, NOW.minusSeconds(9), ""));
        StepStanding current =
                new StepStanding(SwitchoverStep.SWITCHOVER_PRECHECK, StepStanding.State.FAILED, NOW, waitsFor);
        steps.add(current);
        steps.add(new StepStanding(SwitchoverStep.PROCESS_DATABASE_OBJECTS, StepStanding.State.PENDING, null, ""));
        BoardTask task = new BoardTask(
                A,
                name,
                steps,
                current,
                null,
                BoardTask.Course.PLAIN,
                EnumSet.of(SwitchoverAction.RETRY, SwitchoverAction.SKIP));
        return new SwitchoverBoard(
                "run-1",
                7,
                NOW.plusSeconds(30),
                List.of(new SwitchoverBoard.LaneBoard(
                        new Lane(
                                1,
                                type,
                                SwitchoverDirection.FORWARD,
                                SwitchoverStep.START_FORWARD_SWITCHOVER,
                                List.of(A)),
                        List.of(task))));
    }

    @Test
    @DisplayName("a board shows how each step stands, for how long, what it waits for, and what is open")
    void board() {
        assertThat(board("orders", "repair").render()).isEqualTo("""
                lane 1: 1 task of NONE, from start forward switchover on (board 7)
                  orders                   1+ 2! 7· switchover precheck 30 s, repair
                  open at "switchover precheck": retry, skip
                """);
    }

    @Test
    @DisplayName("PLAN-2, SEC-3: a request collapses duplicates, keeps the order, and has its bounds")
    void requests() {
        assertThat(request(B, A, B, C, A).tasks()).containsExactly(B, A, C);
        assertThatThrownBy(RenderedTextTest::request)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("BatchRequest.tasks: is empty; select at least one task");
        List<TaskRef> many = Collections.nCopies(1_000_001, A);
        assertThatThrownBy(() -> new BatchRequest("r", ANN, BatchOperation.stop(), many, RunPolicy.none(), null))
                .hasMessage("BatchRequest.tasks: has 1000001 tasks; at most 1000000 are allowed, split the selection");
        assertThat(request(A)).hasToString("stop of 1 task by ann (request r)");
    }

    @Test
    @DisplayName("RUN-12: a control names a task or a lane, a reason, and keeps the rest when consent is given")
    void controls() {
        Control one = Control.one(SwitchoverAction.SKIP, SwitchoverStep.SWITCHOVER_PRECHECK, A, 7, ANN, "known\nissue");
        assertThat(one.consent()).isNull();
        assertThat(one.consenting("token"))
                .isEqualTo(new Control(
                        SwitchoverAction.SKIP,
                        SwitchoverStep.SWITCHOVER_PRECHECK,
                        new Control.Target.Tasks(Set.of(A)),
                        7,
                        ANN,
                        "known\nissue",
                        "token"));
        assertThat(one.consenting("token").toString()).doesNotContain("token", "\n");
        assertThatThrownBy(() -> new Control.Target.Tasks(Set.of()))
                .hasMessage("Control.target: names no task; name at least one");
        assertThatThrownBy(() ->
                        Control.all(SwitchoverAction.MARK, SwitchoverStep.PROCESS_DATABASE_OBJECTS, 0, 7, ANN, "r"))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() ->
                        Control.all(SwitchoverAction.MARK, SwitchoverStep.PROCESS_DATABASE_OBJECTS, 1, 7, ANN, " "))
                .hasMessageStartingWith("Control.reason: is blank");
        assertThatThrownBy(
                        () -> Control.one(SwitchoverAction.SKIP, SwitchoverStep.SWITCHOVER_PRECHECK, A, -1, ANN, "r"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Control.boardVersion: is -1");
    }

    @Test
    @DisplayName("a problem keeps any message short and safe, and makes a code of anything")
    void problems() {
        Problem problem = new Problem("GHANA 1/ü", EVIL, "x".repeat(10_000), true);
        assertThat(problem.code()).isEqualTo("GHANA_1__");
        assertThat(problem.remedy()).hasSizeLessThan(2_100);
        assertSafe(problem.message());
        assertThat(new Problem("", "m", "", false)).hasToString("UNSPECIFIED: m");
        assertThat(new Problem("x".repeat(10_000), "m", "", false).code()).hasSizeLessThan(200);
    }
}
