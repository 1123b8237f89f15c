package io.omsbatch.api.journal;

import io.omsbatch.api.Limits;
import io.omsbatch.api.operation.Approval;
import io.omsbatch.api.operation.Confirmation;
import io.omsbatch.api.plan.BatchPlan;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A confirmed plan: what a run is bound to do. Immutable.
 *
 * @param runId the run
 * @param plan the plan that was confirmed
 * @param confirmation who confirmed it and why
 * @param startedAt when
 * @param approval the approval of a second person that it needed, or null if it needed none
 * @since 0.1.0
 */
public record RunRecord(
        String runId,
        BatchPlan plan,
        Confirmation confirmation,
        Instant startedAt,
        @Nullable Approval approval) {

    /**
     * Creates a record of a run that needed no approval.
     *
     * @param runId the run
     * @param plan the plan that was confirmed
     * @param confirmation who confirmed it and why
     * @param startedAt when
     */
    public RunRecord(String runId, BatchPlan plan, Confirmation confirmation, Instant startedAt) {
        this(runId, plan, confirmation, startedAt, null);
    }

    /** Checks the parts. */
    public RunRecord {
        Limits.id("RunRecord.runId", runId);
        Objects.requireNonNull(plan, "RunRecord.plan");
        Objects.requireNonNull(confirmation, "RunRecord.confirmation");
        Objects.requireNonNull(startedAt, "RunRecord.startedAt");
    }
}
