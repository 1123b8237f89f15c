package io.omsbatch.api.operation;

import io.omsbatch.api.Limits;
import io.omsbatch.api.SafeText;
import io.omsbatch.api.task.TaskRef;
import java.util.Objects;
import java.util.Set;

/**
 * The consent to run exactly the plan that was shown (PLAN-3). Immutable.
 *
 * @param fingerprint the fingerprint of the plan
 * @param actor who consents
 * @param reason why, 1 to 1 000 characters, not blank
 * @param acknowledgedUnknown tasks that an earlier run left UNKNOWN and that the actor has looked at and wants acted on
 *     all the same (RUN-5), 1 000 000 at most; usually empty
 * @since 0.1.0
 */
public record Confirmation(String fingerprint, Actor actor, String reason, Set<TaskRef> acknowledgedUnknown) {

    /**
     * Checks and copies the parts.
     *
     * @throws io.omsbatch.api.InvalidInputException if a part breaks its limit
     */
    public Confirmation {
        Limits.id("Confirmation.fingerprint", fingerprint);
        Objects.requireNonNull(actor, "Confirmation.actor");
        Limits.reason("Confirmation.reason", reason);
        Limits.tasks("Confirmation.acknowledgedUnknown", acknowledgedUnknown);
        acknowledgedUnknown = Set.copyOf(
                acknowledgedUnknown.stream().map(TaskRef.class::cast).toList()); // before one is asked for its hash
    }

    /**
     * Returns this confirmation with tasks acknowledged that an earlier run left UNKNOWN.
     *
     * @param tasks the tasks the actor has looked at
     * @return the wider confirmation
     */
    public Confirmation acknowledging(Set<TaskRef> tasks) {
        return new Confirmation(fingerprint, actor, reason, tasks);
    }

    /** Returns actor, escaped reason and fingerprint. */
    @Override
    public String toString() {
        return "confirmed by " + actor + ": " + SafeText.escape(reason) + " (plan " + fingerprint + ")";
    }
}
