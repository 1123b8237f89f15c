package io.omsbatch.examples.service.web;

import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.Progress;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.outcome.Waiver;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run as the page shows it. */
record RunView(String id, String operation, String state, long version, Progress progress, List<Result> results) {

    /** How a task ended. */
    record Result(String id, String name, String outcome, String text, int attempts, Instant endedAt) {

        static Result of(TaskResult result) {
            TaskOutcome outcome = result.outcome();
            return new Result(
                    result.ref().id(),
                    result.name(),
                    outcome.kind().name(),
                    outcome.text(),
                    result.attempts(),
                    result.endedAt());
        }
    }

    static RunView of(BatchRun run) {
        long version = run.version(); // before the rest: what is older than what it stands for is refused, not mistaken
        return new RunView(
                run.id(),
                run.request().operation().kind().name(),
                run.state().name(),
                version,
                run.progress(),
                run.results().stream().map(Result::of).toList());
    }

    /** A run in a list. */
    record Line(String id, String operation, String state, String confirmedBy, Instant startedAt, int tasks) {

        static Line of(RunSummary run) {
            return new Line(
                    run.runId(),
                    run.operation().name(),
                    run.standing().state().name(),
                    run.confirmedBy().name(),
                    run.startedAt(),
                    run.tasks());
        }
    }

    /** A page of runs. */
    record Page(List<Line> runs, @Nullable String next) {}

    /** What a run came to. */
    record Report(
            String status,
            Map<TaskOutcome.Kind, Integer> counts,
            Confirmed confirmed,
            Instant endedAt,
            List<Result> results,
            List<Waived> waivers,
            String auditHead) {

        /** Who confirmed the run, and why. */
        record Confirmed(String actor, String reason) {}

        /** A rule that was passed over. */
        record Waived(String task, String rule, String actor, String reason, Instant at) {
            static Waived of(Waiver waiver) {
                return new Waived(
                        waiver.task().id(), waiver.rule(), waiver.actor().name(), waiver.reason(), waiver.at());
            }
        }

        static Report of(BatchReport report) {
            return new Report(
                    report.status().name(),
                    report.counts(),
                    new Confirmed(
                            report.confirmation().actor().name(),
                            report.confirmation().reason()),
                    report.endedAt(),
                    report.results().stream().map(Result::of).toList(),
                    report.waivers().stream().map(Waived::of).toList(),
                    report.auditHead());
        }
    }
}
