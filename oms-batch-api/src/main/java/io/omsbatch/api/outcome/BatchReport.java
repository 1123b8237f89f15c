package io.omsbatch.api.outcome;

import io.omsbatch.api.Limits;
import io.omsbatch.api.operation.Approval;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.Confirmation;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One result per selected task, in request order. Counts and status are derived from the outcomes, never stored (RUN-1).
 * Immutable.
 *
 * @param runId the run
 * @param request what was asked for
 * @param confirmation who consented and why
 * @param approval which second person approved of it, or null if that was not needed
 * @param startedAt when the run began
 * @param endedAt when the last outcome was known; never before it began, also if the wall clock was set back meanwhile
 * @param results one per selected task, in request order
 * @param waivers which rules were passed over for which tasks, in request order of the tasks
 * @param auditHead the hash of the last fact of the run, to be kept elsewhere (SEC-4); empty if the journal keeps no hash chain
 * @since 0.1.0
 */
public record BatchReport(
        String runId,
        BatchRequest request,
        Confirmation confirmation,
        @Nullable Approval approval,
        Instant startedAt,
        Instant endedAt,
        List<TaskResult> results,
        List<Waiver> waivers,
        String auditHead) {

    /** The status of a whole run, derived from its outcomes. */
    public enum Status {
        /** Every selected task is in the wanted state. */
        ALL_SUCCEEDED,
        /** Some are, some are not. */
        SOME_SUCCEEDED,
        /** None is. */
        NONE_SUCCEEDED
    }

    /** Copies the results. */
    public BatchReport {
        Limits.id("BatchReport.runId", runId);
        Objects.requireNonNull(request, "BatchReport.request");
        Objects.requireNonNull(confirmation, "BatchReport.confirmation");
        Objects.requireNonNull(startedAt, "BatchReport.startedAt");
        Objects.requireNonNull(endedAt, "BatchReport.endedAt");
        results = List.copyOf(Objects.requireNonNull(results, "BatchReport.results"));
        waivers = List.copyOf(Objects.requireNonNull(waivers, "BatchReport.waivers"));
        if (!Objects.requireNonNull(auditHead, "BatchReport.auditHead").isEmpty()) {
            Limits.id("BatchReport.auditHead", auditHead);
        }
    }

    /** Returns how many tasks ended with each kind of outcome; kinds that did not occur are absent. */
    public Map<TaskOutcome.Kind, Integer> counts() {
        Map<TaskOutcome.Kind, Integer> counts = new EnumMap<>(TaskOutcome.Kind.class);
        results.forEach(result -> counts.merge(result.outcome().kind(), 1, Integer::sum));
        return Collections.unmodifiableMap(counts);
    }

    /**
     * Returns how many tasks ended with one kind of outcome.
     *
     * @param kind the kind
     * @return the number, 0 or more
     */
    public int count(TaskOutcome.Kind kind) {
        return counts().getOrDefault(Objects.requireNonNull(kind, "kind"), 0);
    }

    /** Returns the status of the whole run. */
    public Status status() {
        long successful =
                results.stream().filter(result -> result.outcome().successful()).count();
        if (successful == 0) {
            return Status.NONE_SUCCEEDED;
        }
        return successful == results.size() ? Status.ALL_SUCCEEDED : Status.SOME_SUCCEEDED;
    }

    /** Returns the report as plain text, safe for a terminal: the counts, then each task that needs attention. */
    public String render() {
        return ReportText.render(this);
    }
}
