package io.omsbatch.core;

import io.omsbatch.api.engine.PlanRefusedException;
import io.omsbatch.api.engine.PlanRefusedException.Why;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.plan.BatchPlan;
import java.time.Instant;

/** Plans that somebody names by their fingerprints. */
final class KeptPlans {

    private KeptPlans() {}

    /** Returns a plan, or refuses a fingerprint that none has. */
    static BatchPlan find(JournalStore journal, String fingerprint) {
        return journal.plan(fingerprint)
                .orElseThrow(() -> new PlanRefusedException(
                        Why.NO_SUCH_PLAN,
                        "no plan has the fingerprint " + fingerprint
                                + ": it was altered, has expired, made room for newer ones, or led to a run that is over"
                                + " and forgotten; plan again"));
    }

    /** Refuses a plan that is too old. */
    static void ensureInTime(BatchPlan plan, Instant now) {
        if (now.isAfter(plan.validUntil())) {
            throw new PlanRefusedException(
                    Why.EXPIRED,
                    "the plan could be confirmed until " + plan.validUntil() + ", it is " + now + "; plan again");
        }
    }
}
