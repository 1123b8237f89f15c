package io.omsbatch.examples.postgres.precheck;

/**
 * What one check found.
 *
 * @param id which check
 * @param severity how bad it is
 * @param message what was found, with the values
 * @param remedy what to do about it; empty when it passed
 */
public record Finding(String id, Severity severity, String message, String remedy) {

    /** How bad a finding is. */
    public enum Severity {
        /** As it should be. */
        PASSED,
        /** Worth knowing. */
        WARNING,
        /** Has to be repaired first. */
        BLOCKING
    }

    static Finding passed(String id, String message) {
        return new Finding(id, Severity.PASSED, message, "");
    }

    static Finding warning(String id, String message, String remedy) {
        return new Finding(id, Severity.WARNING, message, remedy);
    }

    static Finding blocking(String id, String message, String remedy) {
        return new Finding(id, Severity.BLOCKING, message, remedy);
    }

    /** Whether it has to be repaired first. */
    public boolean blocks() {
        return severity == Severity.BLOCKING;
    }

    @Override
    public String toString() {
        return id + ": " + message + (remedy.isEmpty() ? "" : " - " + remedy);
    }
}
