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
        NO_SUCH_PLAN("plan again, and confirm the plan that is returned"),
        /** The plan is too old to be confirmed. */
        EXPIRED("plan again, and look at what has changed since"),
        /** The plan is of another kind of operation than the call is for. */
        OTHER_OPERATION("call run for plain operations, switchover for the others"),
        /** A task of the plan is on a platform that the gateway of this engine does not serve. */
        OTHER_PLATFORM("ask an engine whose gateway serves that platform"),
        /** The request id belongs to a run with another actor, operation or selection (RUN-11). */
        REQUEST_CONFLICT("give each wish a request id of its own"),
        /** The operation needs the approval of a second person, and there is none that still holds. */
        APPROVAL_NEEDED("let another person approve the plan, then confirm it again"),
        /** A second person rejected the plan, or may not say anything of it. */
        NOT_APPROVED("ask the person who rejected it, then plan again"),
        /** The engine is closed. */
        ENGINE_CLOSED("ask another engine that shares the journal");

        private final String remedy;

        Why(String remedy) {
            this.remedy = remedy;
        }

        /** Returns what to do about it. */
        public String remedy() {
            return remedy;
        }
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
