package io.omsbatch.core;

import io.omsbatch.api.Limits;
import io.omsbatch.api.engine.PlanRefusedException;
import io.omsbatch.api.engine.PlanRefusedException.Why;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.Approval;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.core.internal.run.EngineParts;
import io.omsbatch.core.settings.PlanSettings;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sees to it that what needs the approval of a second person has it. */
final class Approvals {

    private final EngineParts parts;

    Approvals(EngineParts parts) {
        this.parts = parts;
    }

    /** Keeps what a second person says of a plan. */
    Approval say(String fingerprint, Actor actor, boolean granted, String reason) {
        Limits.id("approval.plan", fingerprint);
        Objects.requireNonNull(actor, "approval.actor");
        Instant now = parts.environment().clock().instant();
        Approval approval = new Approval(fingerprint, actor, granted, reason, now);
        BatchPlan plan = KeptPlans.find(parts.journal(), fingerprint);
        KeptPlans.ensureInTime(plan, now);
        ensureMaySay(plan, actor);
        parts.journal().saveApproval(approval);
        return approval;
    }

    private void ensureMaySay(BatchPlan plan, Actor actor) {
        if (plan.request().actor().equals(actor)) {
            throw new PlanRefusedException(
                    Why.NOT_APPROVED, actor + " asked for the plan; let another person say whether it may be run");
        }
        BatchOperation operation = plan.request().operation();
        for (MigrationTask task : plan.eligible()) {
            if (!parts.access().allows(actor, operation, task.ref())) {
                throw new PlanRefusedException(
                        Why.NOT_APPROVED,
                        actor + " has no access to " + task.ref() + " for a "
                                + operation.kind().title() + "; let somebody say it who has");
            }
        }
    }

    /**
     * Returns the approval that a plan needs to be run now, or null if it needs none.
     *
     * @throws PlanRefusedException if it needs one and has none that holds, or was rejected
     */
    @Nullable
    Approval needed(BatchPlan plan, Actor confirming, Instant now) {
        PlanSettings settings = parts.settings().plan();
        if (!settings.fourEyes().contains(plan.request().operation().kind())) {
            return null;
        }
        List<Approval> said = parts.journal().approvals(plan.fingerprint());
        Approval holds = null;
        for (Approval approval : said) {
            if (!approval.granted()) {
                throw new PlanRefusedException(
                        Why.NOT_APPROVED, "the plan was " + approval + "; plan again once that is settled");
            }
            boolean another = !approval.actor().equals(confirming);
            boolean inTime = !approval.at().plus(settings.approvalValidity()).isBefore(now);
            holds = another && inTime ? approval : holds;
        }
        if (holds == null) {
            throw new PlanRefusedException(
                    Why.APPROVAL_NEEDED,
                    "a " + plan.request().operation().kind().title() + " needs the approval of another person than "
                            + confirming + ", not older than " + settings.approvalValidity()
                            + (said.isEmpty() ? "; there is none" : "; there is only: " + said.get(said.size() - 1))
                            + ". Let somebody look at the plan and call BatchEngine.approve");
        }
        return holds;
    }
}
