package io.omsbatch.examples.postgres.problem;

/**
 * Why something did not work and what to do about it. Immutable.
 *
 * @param code stable, upper case, for programs
 * @param message what happened, with the values, for people
 * @param remedy what to do about it
 * @param retryable whether the same call may succeed later without anybody repairing anything
 */
public record Problem(String code, String message, String remedy, boolean retryable) {

    /** A problem that somebody has to repair first. */
    public static Problem of(String code, String message, String remedy) {
        return new Problem(code, message, remedy, false);
    }

    /** A problem that may pass by itself. */
    public static Problem passing(String code, String message, String remedy) {
        return new Problem(code, message, remedy, true);
    }

    /** This problem as an exception. */
    public PlatformFailure asFailure() {
        return new PlatformFailure(this, null);
    }
}
