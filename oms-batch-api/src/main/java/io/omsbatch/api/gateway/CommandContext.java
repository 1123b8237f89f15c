package io.omsbatch.api.gateway;

import io.omsbatch.api.Limits;
import io.omsbatch.api.operation.Actor;
import java.time.Instant;
import java.util.Objects;

/**
 * What comes with every command. Immutable.
 *
 * @param runId the run that commands; the scope of the fencing token
 * @param key identifies the wish, stable over retries and restarts; a gateway that deduplicates gives a key it has seen no
 *     second effect
 * @param attempt 1 for the first attempt with this key, then one more each
 * @param token the fencing token of the run's owner
 * @param deadline when the engine gives the call up; the call should end by then
 * @param actor who confirmed the run or this step, as the host asserts
 * @since 0.1.0
 */
public record CommandContext(String runId, String key, int attempt, FencingToken token, Instant deadline, Actor actor) {

    /** Checks the parts. */
    public CommandContext {
        Limits.id("CommandContext.runId", runId);
        Limits.id("CommandContext.key", key);
        Limits.range("CommandContext.attempt", attempt, 1, Integer.MAX_VALUE);
        Objects.requireNonNull(token, "CommandContext.token");
        Objects.requireNonNull(deadline, "CommandContext.deadline");
        Objects.requireNonNull(actor, "CommandContext.actor");
    }
}
