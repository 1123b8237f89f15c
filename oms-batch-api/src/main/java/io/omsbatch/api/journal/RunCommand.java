package io.omsbatch.api.journal;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.Limits;
import io.omsbatch.api.SafeText;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * What an operator asks of a run that another engine owns, on its way through the inbox of the run. The owner acts on it once and
 * answers with a fact of kind {@code ANSWERED}. Immutable.
 *
 * @param id identifies the command among those of its run, 1 to 200 characters
 * @param runId the run
 * @param sentAt when it was sent, by the sender's clock
 * @param action what is asked for, 1 to 200 characters
 * @param detail further values by name, at most 32; flat
 * @since 0.1.0
 */
public record RunCommand(String id, String runId, Instant sentAt, String action, Map<String, String> detail) {

    private static final int MOST_DETAILS = 32;

    /** Checks the parts and copies the details. */
    public RunCommand {
        Limits.id("RunCommand.id", id);
        Limits.id("RunCommand.runId", runId);
        Objects.requireNonNull(sentAt, "RunCommand.sentAt");
        Limits.id("RunCommand.action", action);
        Objects.requireNonNull(detail, "RunCommand.detail");
        if (detail.size() > MOST_DETAILS) {
            throw new InvalidInputException(
                    "RunCommand.detail", "has " + detail.size() + " values; at most " + MOST_DETAILS + " are allowed");
        }
        Limits.noNull("RunCommand.detail", detail.keySet());
        Limits.noNull("RunCommand.detail", detail.values());
        detail = Map.copyOf(detail);
    }

    /** Returns what is asked of which run, escaped, without the details. */
    @Override
    public String toString() {
        return SafeText.escape("command " + id + " to run " + runId + ": " + action);
    }
}
