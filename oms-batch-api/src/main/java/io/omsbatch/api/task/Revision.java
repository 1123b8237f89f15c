package io.omsbatch.api.task;

import io.omsbatch.api.Limits;

/**
 * A token that changes when the task changes in a way that matters to a plan. It comes from the platform, or is derived
 * from status, stage, step, type and alert level; never from the sync position, which moves all the time (PLAN-3).
 * Immutable.
 *
 * @param value the token, 1 to 200 characters; only equality matters
 * @since 0.1.0
 */
public record Revision(String value) {

    /**
     * Checks the token.
     *
     * @throws io.omsbatch.api.InvalidInputException if it breaks its limit
     */
    public Revision {
        Limits.id("Revision.value", value);
    }

    /** Returns the token. */
    @Override
    public String toString() {
        return value;
    }
}
