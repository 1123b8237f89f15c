package io.omsbatch.api.journal;

import io.omsbatch.api.gateway.FencingToken;
import java.util.Objects;

/**
 * A run that was taken over from an owner whose lease had ended. Immutable.
 *
 * @param run the confirmed plan
 * @param token the new owner's token, higher than any before
 * @since 0.1.0
 */
public record TakenRun(RunRecord run, FencingToken token) {

    /** Checks that both are there. */
    public TakenRun {
        Objects.requireNonNull(run, "TakenRun.run");
        Objects.requireNonNull(token, "TakenRun.token");
    }
}
