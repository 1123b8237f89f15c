package io.omsbatch.api.operation;

import io.omsbatch.api.Limits;
import io.omsbatch.api.SafeText;

/**
 * Who acts, as the host asserts it; the library authenticates nobody (SEC-1). Immutable.
 *
 * @param name 1 to 200 characters, not blank, without control characters
 * @since 0.1.0
 */
public record Actor(String name) {

    /**
     * Checks the name.
     *
     * @throws io.omsbatch.api.InvalidInputException if it breaks its limit
     */
    public Actor {
        Limits.name("Actor.name", name);
    }

    /** Returns the name, escaped. */
    @Override
    public String toString() {
        return SafeText.escape(name);
    }
}
