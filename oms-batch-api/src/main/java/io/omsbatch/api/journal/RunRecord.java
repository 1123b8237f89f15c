package io.omsbatch.api.journal;

import io.omsbatch.api.Limits;
import io.omsbatch.api.operation.Confirmation;
import io.omsbatch.api.plan.BatchPlan;
import java.time.Instant;
import java.util.Objects;

/**
 * A confirmed plan: what a run is bound to do. Immutable.
 *
 * @param runId the run
 * @param plan the plan that was confirmed
 * @param confirmation who confirmed it and why
 * @param startedAt when
 * @since 0.1.0
 */
public record RunRecord(String runId, BatchPlan plan, Confirmation confirmation, Instant startedAt) {

    /** Checks the parts. */
    public RunRecord {
        Limits.id("RunRecord.runId", runId);
        Objects.requireNonNull(plan, "RunRecord.plan");
        Objects.requireNonNull(confirmation, "RunRecord.confirmation");
        Objects.requireNonNull(startedAt, "RunRecord.startedAt");
    }
}
