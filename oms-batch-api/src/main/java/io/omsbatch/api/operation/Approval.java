package io.omsbatch.api.operation;

import io.omsbatch.api.Limits;
import io.omsbatch.api.SafeText;
import java.time.Instant;
import java.util.Objects;

/**
 * What a second person says of a plan (four eyes). Immutable.
 *
 * @param fingerprint the fingerprint of the plan
 * @param actor who says it
 * @param granted whether the plan may be run
 * @param reason why, 1 to 1 000 characters, not blank
 * @param at when, by the engine's clock
 * @since 0.1.0
 */
public record Approval(String fingerprint, Actor actor, boolean granted, String reason, Instant at) {

    /**
     * Checks the parts.
     *
     * @throws io.omsbatch.api.InvalidInputException if a part breaks its limit
     */
    public Approval {
        Limits.id("Approval.fingerprint", fingerprint);
        Objects.requireNonNull(actor, "Approval.actor");
        Limits.reason("Approval.reason", reason);
        Objects.requireNonNull(at, "Approval.at");
    }

    /** Returns what it says, actor, escaped reason and time. */
    @Override
    public String toString() {
        return (granted ? "approved by " : "rejected by ") + actor + " at " + at + ": " + SafeText.escape(reason);
    }
}
