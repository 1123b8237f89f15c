package io.omsbatch.testkit.simulation;

import java.util.Objects;

/**
 * A trial that broke a promise.
 *
 * @param trial the trial
 * @param failure what was broken, with the whole history
 * @since 0.1.0
 */
public record Finding(Trial trial, Throwable failure) {

    /** Checks that the parts are there. */
    public Finding {
        Objects.requireNonNull(trial, "Finding.trial");
        Objects.requireNonNull(failure, "Finding.failure");
    }

    /** Returns the first line of what was broken. */
    public String summary() {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    /** Returns the trial, and what was broken with the whole history, for people. */
    @Override
    public String toString() {
        return trial + "\n" + failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
