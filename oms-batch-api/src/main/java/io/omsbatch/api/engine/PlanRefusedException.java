package io.omsbatch.api.engine;

import io.omsbatch.api.OmsBatchException;
import java.io.Serial;
import java.util.Objects;

/**
 * A confirmation was refused; nothing was changed.
 *
 * @since 0.1.0
 */
public final class PlanRefusedException extends OmsBatchException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Why a confirmation is refused. */
    public enum Why {
        /** No plan has this fingerprint: it was altered, or dropped since it expired, for newer ones, or with its ended run. */
        NO_SUCH_PLAN,
        /** The plan is too old to be confirmed. */
        EXPIRED,
        /** The plan is of another kind of operation than the call is for. */
        OTHER_OPERATION,
        /** A task of the plan is on a platform that the gateway of this engine does not serve. */
        OTHER_PLATFORM,
        /** The request id belongs to a run with another actor, operation or selection (RUN-11). */
        REQUEST_CONFLICT,
        /** The operation needs the approval of a second person, and there is none that still holds. */
        APPROVAL_NEEDED,
        /** A second person rejected the plan, or may not say anything of it. */
        NOT_APPROVED,
        /** The engine is closed. */
        ENGINE_CLOSED
    }

    private final Why why;

    /**
     * Creates the exception.
     *
     * @param why why it is refused
     * @param message the values, and what to do
     */
    public PlanRefusedException(Why why, String message) {
        super(Objects.requireNonNull(message, "PlanRefusedException.message"), null);
        this.why = Objects.requireNonNull(why, "PlanRefusedException.why");
    }

    /** Returns why the confirmation was refused. */
    public Why why() {
        return why;
    }
}
