package io.omsbatch.core.internal.run;

import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.ControlAnswer.Refusal;

/** Whether the journal took what was to be written. */
public enum Recorded {
    /** It did. */
    YES,
    /** Not yet; it is tried again. */
    LATER,
    /** It did not, and will not. */
    NO,
    /** Nobody knows yet; if it did, what was to be done after it will be done. */
    IN_DOUBT;

    /**
     * Returns what an operator is answered.
     *
     * @param done the answer if it was recorded
     * @return the answer
     */
    public ControlAnswer or(ControlAnswer done) {
        return switch (this) {
            case YES -> done;
            case LATER, IN_DOUBT ->
                new ControlAnswer.Refused(
                        Refusal.IN_DOUBT,
                        "the journal stopped answering while it took the action; whether it did shows once it answers again");
            case NO ->
                new ControlAnswer.Refused(
                        Refusal.NOT_RECORDED, "the journal did not take the action, so nothing was done");
        };
    }
}
