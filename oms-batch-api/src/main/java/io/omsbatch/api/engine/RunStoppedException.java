package io.omsbatch.api.engine;

import io.omsbatch.api.OmsBatchException;
import java.io.Serial;
import java.util.Objects;

/**
 * A run stopped before every task had its outcome: it is parked or lost. What it commanded may have had its effect; its
 * results so far are final.
 *
 * @since 0.1.0
 */
public final class RunStoppedException extends OmsBatchException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String runId;
    private final RunState state;
    private final String why;

    /**
     * Creates the exception.
     *
     * @param runId the run
     * @param state PARKED or LOST
     * @param why why it stopped
     */
    public RunStoppedException(String runId, RunState state, String why) {
        super("run " + runId + " is " + state + ": " + why, null);
        this.runId = Objects.requireNonNull(runId, "RunStoppedException.runId");
        this.state = Objects.requireNonNull(state, "RunStoppedException.state");
        this.why = Objects.requireNonNull(why, "RunStoppedException.why");
    }

    /** Returns the run. */
    public String runId() {
        return runId;
    }

    /** Returns its state, PARKED or LOST. */
    public RunState state() {
        return state;
    }

    /** Returns why it stopped. */
    public String why() {
        return why;
    }
}
