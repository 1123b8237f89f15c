package io.omsbatch.api.journal;

import io.omsbatch.api.gateway.FencingToken;
import java.util.Objects;

/**
 * What came of opening a run.
 *
 * @since 0.1.0
 */
public sealed interface RunOpening {

    /**
     * The run is new, and the caller owns it.
     *
     * @param token the caller's token
     */
    record Opened(FencingToken token) implements RunOpening {
        /** Checks that it is there. */
        public Opened {
            Objects.requireNonNull(token, "RunOpening.Opened.token");
        }
    }

    /**
     * A run with this request id is there already (RUN-11).
     *
     * @param run that run
     */
    record AlreadyThere(RunRecord run) implements RunOpening {
        /** Checks that it is there. */
        public AlreadyThere {
            Objects.requireNonNull(run, "RunOpening.AlreadyThere.run");
        }
    }
}
