package io.omsbatch.testkit.assertion;

import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.outcome.Waiver;
import io.omsbatch.api.switchover.Invariant;
import io.omsbatch.api.task.TaskRef;
import java.util.List;
import java.util.function.Predicate;

/**
 * Asserts how a run ended (RUN-1). Each method returns the same object, and throws an {@link AssertionError} with the whole report when it
 * fails. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class ReportAssert {

    private final BatchReport report;
    private final Picture picture;

    ReportAssert(BatchReport report) {
        this.report = Picture.given(report, "report");
        this.picture = new Picture("report", report::render);
    }

    /**
     * Asserts that these tasks succeeded. A task that was in the wanted state already did not, it is ALREADY_DONE.
     *
     * @param tasks the tasks
     * @return this
     */
    public ReportAssert succeeded(TaskRef... tasks) {
        for (TaskRef task : Picture.given(tasks, "tasks")) {
            outcome(task, TaskOutcome.Kind.SUCCEEDED);
        }
        return this;
    }

    /**
     * Asserts that every task succeeded or was in the wanted state already, and that there was one.
     *
     * @return this
     */
    public ReportAssert allSucceeded() {
        picture.require(
                report.status() == BatchReport.Status.ALL_SUCCEEDED,
                () -> "expected every task to succeed, but it was " + report.counts());
        return this;
    }

    /**
     * Asserts the outcome of a task.
     *
     * @param task the task
     * @param kind the outcome
     * @return this
     */
    public ReportAssert outcome(TaskRef task, TaskOutcome.Kind kind) {
        Picture.given(kind, "kind");
        return require(task, "end " + kind, outcome -> outcome.kind() == kind);
    }

    /**
     * Asserts the outcome of a task, and what its text says.
     *
     * @param task the task
     * @param kind the outcome
     * @param part a part of the text of the outcome
     * @return this
     */
    public ReportAssert outcome(TaskRef task, TaskOutcome.Kind kind, String part) {
        Picture.given(kind, "kind");
        Picture.given(part, "part");
        return require(
                task,
                "end " + kind + " with \"" + part + "\"",
                outcome -> outcome.kind() == kind && outcome.text().contains(part));
    }

    /**
     * Asserts the outcome of a task, and the problem of the engine that led to it.
     *
     * @param task the task
     * @param kind the outcome
     * @param problem the problem
     * @return this
     */
    public ReportAssert outcome(TaskRef task, TaskOutcome.Kind kind, ProblemCode problem) {
        Picture.given(kind, "kind");
        Picture.given(problem, "problem");
        return require(
                task,
                "end " + kind + " with " + problem,
                outcome -> outcome.kind() == kind && outcome.text().startsWith(problem.name() + ":"));
    }

    /**
     * Asserts how many tasks have an outcome.
     *
     * @param kind the outcome
     * @param tasks how many
     * @return this
     */
    public ReportAssert count(TaskOutcome.Kind kind, int tasks) {
        picture.require(
                report.count(Picture.given(kind, "kind")) == tasks,
                () -> "expected " + tasks + " tasks to end " + kind + ", but it was " + report.counts());
        return this;
    }

    /**
     * Asserts that a rule was passed over for a task.
     *
     * @param task the task
     * @param rule the rule
     * @return this
     */
    public ReportAssert waived(TaskRef task, Invariant rule) {
        Picture.given(task, "task");
        Picture.given(rule, "rule");
        picture.require(
                report.waivers().stream()
                        .anyMatch(waiver ->
                                waiver.task().equals(task) && waiver.rule().equals(rule.name())),
                () -> "expected " + rule + " to be waived for " + task + ", but waived are " + rules());
        return this;
    }

    /**
     * Asserts that nothing was passed over.
     *
     * @return this
     */
    public ReportAssert nothingWaived() {
        picture.require(report.waivers().isEmpty(), () -> "expected nothing to be waived, but waived are " + rules());
        return this;
    }

    private List<String> rules() {
        return report.waivers().stream().map(Waiver::toString).toList();
    }

    private ReportAssert require(TaskRef task, String wanted, Predicate<TaskOutcome> matches) {
        List<TaskOutcome> outcomes = report.results().stream()
                .filter(result -> result.ref().equals(Picture.given(task, "task")))
                .map(TaskResult::outcome)
                .toList();
        picture.require(
                outcomes.size() == 1 && matches.test(outcomes.get(0)),
                () -> "expected " + task + " to " + wanted + ", but it "
                        + (outcomes.isEmpty()
                                ? "is not in the report"
                                : "ended "
                                        + outcomes.stream()
                                                .map(outcome -> outcome.kind() + " (" + outcome.text() + ")")
                                                .toList()));
        return this;
    }
}
