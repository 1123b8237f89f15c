package io.omsbatch.testkit.history;

import io.omsbatch.api.gateway.FencingToken;
import java.time.Duration;
import java.util.Objects;

/**
 * A lease that the journal granted, renewed or took back. Immutable.
 *
 * @param runId the run
 * @param moment when that was answered
 * @param token its owner's token
 * @param kind what the journal did
 * @param duration for how long from that moment on; zero if it was given up
 * @since 0.1.0
 */
public record RecordedLease(String runId, Moment moment, FencingToken token, Kind kind, Duration duration) {

    /** What the journal did. */
    public enum Kind {
        /** The run began with it. */
        OPENED,
        /** Its owner kept it. */
        RENEWED,
        /** Another owner got the run. */
        TAKEN_OVER,
        /** Its owner gave it up. */
        GIVEN_UP
    }

    /** Checks that the parts are there. */
    public RecordedLease {
        Objects.requireNonNull(runId, "RecordedLease.runId");
        Objects.requireNonNull(moment, "RecordedLease.moment");
        Objects.requireNonNull(token, "RecordedLease.token");
        Objects.requireNonNull(kind, "RecordedLease.kind");
        Objects.requireNonNull(duration, "RecordedLease.duration");
    }
}
