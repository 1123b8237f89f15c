package io.omsbatch.api.switchover;

import io.omsbatch.api.Limits;
import io.omsbatch.api.SafeText;
import java.util.Objects;

/**
 * One finding of the switchover precheck. Texts are made safe to show and shortened when they are taken in. Immutable.
 *
 * @param id a stable id of the check, 1 to 200 characters
 * @param severity how bad it is
 * @param message what was found, with the values
 * @param remedy what to do about it; empty if nothing is to be done
 * @since 0.1.0
 */
public record PrecheckItem(String id, Severity severity, String message, String remedy) {

    /** How bad a finding is. */
    public enum Severity {
        /** The check passed. */
        PASSED,
        /** Worth knowing; does not block. */
        WARNING,
        /** Blocks the switchover until it is repaired, or skipped with consent. */
        BLOCKING
    }

    /** Checks the id and makes the texts safe to show. */
    public PrecheckItem {
        Limits.id("PrecheckItem.id", id);
        Objects.requireNonNull(severity, "PrecheckItem.severity");
        message = SafeText.escape(Objects.requireNonNull(message, "PrecheckItem.message"), Limits.MESSAGE_LENGTH);
        remedy = SafeText.escape(Objects.requireNonNull(remedy, "PrecheckItem.remedy"), Limits.MESSAGE_LENGTH);
    }

    /** Returns severity, id, message and remedy. */
    @Override
    public String toString() {
        return severity + " " + id + ": " + message + (remedy.isEmpty() ? "" : " (" + remedy + ")");
    }
}
