package io.omsbatch.api.plan;

import io.omsbatch.api.Limits;
import io.omsbatch.api.SafeText;
import io.omsbatch.api.eligibility.Lane;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.Confirmation;
import io.omsbatch.api.operation.Wave;
import io.omsbatch.api.operation.Waves;
import io.omsbatch.api.task.MigrationTask;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What a confirmation dialog shows: the tasks the operation will be applied to, and why the others are out (PLAN-1 to
 * PLAN-3). Immutable.
 *
 * @param fingerprint identifies the plan by operation, request, ids and observed revisions
 * @param request what was asked for
 * @param plannedAt when the tasks were read
 * @param validUntil until when the plan may be confirmed
 * @param entries one per selected id, in request order
 * @param lanes the switchover lanes over the eligible tasks of each wave; empty for every other operation
 * @param warnings sentences the actor should read before consenting; usually empty
 * @since 0.1.0
 */
public record BatchPlan(
        String fingerprint,
        BatchRequest request,
        Instant plannedAt,
        Instant validUntil,
        List<PlanEntry> entries,
        List<Lane> lanes,
        List<String> warnings) {

    /** Copies the parts. */
    public BatchPlan {
        Limits.id("BatchPlan.fingerprint", fingerprint);
        Objects.requireNonNull(request, "BatchPlan.request");
        Objects.requireNonNull(plannedAt, "BatchPlan.plannedAt");
        Objects.requireNonNull(validUntil, "BatchPlan.validUntil");
        entries = List.copyOf(Objects.requireNonNull(entries, "BatchPlan.entries"));
        lanes = List.copyOf(Objects.requireNonNull(lanes, "BatchPlan.lanes"));
        warnings = Objects.requireNonNull(warnings, "BatchPlan.warnings").stream()
                .map(SafeText::escape)
                .toList();
    }

    /** Returns the tasks the operation will be applied to, as they were read, in request order. */
    public List<MigrationTask> eligible() {
        return entries.stream()
                .filter(PlanEntry.Eligible.class::isInstance)
                .map(entry -> ((PlanEntry.Eligible) entry).task())
                .toList();
    }

    /** Returns the eligible tasks by the wave in which they are taken, each in request order; one wave if the request asks for none. */
    public List<List<MigrationTask>> waves() {
        Waves waves = request.policy().waves();
        return Wave.divide(waves == null ? List.of() : waves.parts(), eligible());
    }

    /** Returns the entries of the tasks that are out, in request order. */
    public List<PlanEntry> excluded() {
        return entries.stream()
                .filter(entry -> !(entry instanceof PlanEntry.Eligible))
                .toList();
    }

    /**
     * Returns the consent to run this plan.
     *
     * @param actor who consents
     * @param reason why, 1 to 1 000 characters
     * @return the confirmation to hand to the engine
     */
    public Confirmation confirm(Actor actor, String reason) {
        return new Confirmation(fingerprint, actor, reason, Set.of());
    }

    /** Returns the dialog as plain text, safe for a terminal: number, names, latest timestamps, and why others are out. */
    public String render() {
        return PlanText.render(this);
    }
}
