package io.omsbatch.examples.service.watch;

import io.micrometer.core.instrument.MeterRegistry;
import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.event.BatchListener;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.switchover.StepStanding;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Counts what the engine tells. No tag has more values than the library has words for it: no run, no task, no actor, and no code that the
 * platform makes up.
 */
@Component
class RunMetrics implements BatchListener {

    private static final String PREFIX = "oms.batch.";

    private final MeterRegistry registry;

    RunMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void onEvent(BatchEvent event) {
        if (event instanceof BatchEvent.RunStarted) {
            count("runs.started");
        } else if (event instanceof BatchEvent.AttemptStarted started) {
            count("attempts.started", "step", started.step());
        } else if (event instanceof BatchEvent.AttemptFailed failed) {
            String retryable = Boolean.toString(failed.problem().retryable());
            count("attempts.failed", "step", failed.step(), "retryable", retryable);
        } else if (event instanceof BatchEvent.StepChanged changed) {
            StepStanding standing = changed.standing();
            count(
                    "steps",
                    "step",
                    standing.step().name(),
                    "state",
                    standing.state().name());
        } else if (event instanceof BatchEvent.TaskEnded ended) {
            taskEnded(ended.result());
        } else if (event instanceof BatchEvent.RunControlled controlled) {
            count("runs.controlled", "action", controlled.action().name());
        } else if (event instanceof BatchEvent.RunParked) {
            count("runs.parked");
        } else if (event instanceof BatchEvent.RunEnded ended) {
            runEnded(ended.report());
        }
    }

    private void taskEnded(TaskResult result) {
        String outcome = result.outcome().kind().name();
        count("tasks.ended", "outcome", outcome);
        Instant started = result.startedAt();
        if (started != null) {
            time("tasks.duration", Duration.between(started, result.endedAt()), "outcome", outcome);
        }
    }

    private void runEnded(BatchReport report) {
        String operation = report.request().operation().kind().name();
        count("runs.ended", "operation", operation, "status", report.status().name());
        time("runs.duration", Duration.between(report.startedAt(), report.endedAt()), "operation", operation);
    }

    private void count(String name, String... tags) {
        registry.counter(PREFIX + name, tags).increment();
    }

    private void time(String name, Duration duration, String... tags) {
        registry.timer(PREFIX + name, tags).record(duration);
    }
}
