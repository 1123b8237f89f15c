package io.omsbatch.examples.cluster.replica;

import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.Confirmation;
import io.omsbatch.api.plan.BatchPlan;
import java.io.Serializable;
import java.util.Set;

/**
 * A confirmed plan that some replica is to run, as db-scheduler keeps it. Immutable.
 *
 * @param requestId the plan's request
 * @param fingerprint the plan
 * @param actor who confirmed it
 * @param reason why
 */
public record RunOrder(String requestId, String fingerprint, String actor, String reason) implements Serializable {

    /** The order to run a plan that an actor confirms. */
    public static RunOrder of(BatchPlan plan, Actor actor, String reason) {
        return new RunOrder(plan.request().requestId(), plan.fingerprint(), actor.name(), reason);
    }

    Confirmation confirmation() {
        return new Confirmation(fingerprint, new Actor(actor), reason, Set.of());
    }
}
