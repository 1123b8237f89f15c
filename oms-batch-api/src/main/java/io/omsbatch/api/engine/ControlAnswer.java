package io.omsbatch.api.engine;

import io.omsbatch.api.Limits;
import io.omsbatch.api.SafeText;
import io.omsbatch.api.task.TaskRef;
import java.util.Objects;
import java.util.Set;

/**
 * What came of a control. Immutable.
 *
 * @since 0.1.0
 */
public sealed interface ControlAnswer {

    /** Why a control was refused. */
    enum Refusal {
        /** A task stands at another step than the control names. */
        OTHER_STEP("look at the board again, and name the step at which the task stands"),
        /** A task changed since the board that the operator saw, or the run never had that board. */
        BOARD_CHANGED("look at the board again, and decide by that"),
        /** The step table does not offer the action where the task stands. */
        NOT_OFFERED("choose one of the actions that the board offers for the task"),
        /** The run has no such task or lane, or no task of the lane stands there. */
        NO_SUCH_TASK("look at the board again; the task may have ended or stand elsewhere"),
        /** The consent token is not the one that was handed out for this control, is too old, or came from the same person. */
        WRONG_CONSENT(
                "ask again without a token, and give back the one that is handed out then, by the person who has to"),
        /** The run has ended, is parked or is lost. */
        NOT_RUNNING("nothing while it is over; resume it if it is parked"),
        /** The run is paused; resume it first. */
        PAUSED("resume the run first"),
        /** The run as a whole changed since the operator saw it, or never had that version. */
        RUN_CHANGED("look at the run again, and decide by that"),
        /** The run is in no state in which that can be done. */
        WRONG_STATE("choose an action that fits the state that the text names"),
        /** Tasks of a switchover have begun, and it must be said what becomes of them. */
        CHOICE_NEEDED("say whether begun tasks are left where they stand, or taken back"),
        /** The engine that owns the run, or was asked, does not understand the command or what the journal holds of the run. */
        NOT_UNDERSTOOD("let an engine of the version that wrote it own the run"),
        /** Another engine owns the run, or owned it until a moment ago, so that it cannot be taken over yet. */
        STILL_OWNED("wait until the lease of that engine is over, then ask again"),
        /** A task of the run is on a platform that the gateway of this engine does not serve; ask an engine that does. */
        OTHER_PLATFORM("ask an engine whose gateway serves that platform"),
        /** The action could not be written to the journal, so it was not taken. */
        NOT_RECORDED("ask again once the journal answers"),
        /**
         * The journal stopped answering while it took the action, and nobody knows whether it did. If it did, the action is done
         * once the journal answers again. Look again then; repeated on a newer board it is done once.
         */
        IN_DOUBT("look again once the journal answers; repeated on a newer board it is done once");

        private final String remedy;

        Refusal(String remedy) {
            this.remedy = remedy;
        }

        /** Returns what to do about it. */
        public String remedy() {
            return remedy;
        }
    }

    /**
     * It was recorded and is being done.
     *
     * @param tasks the tasks it applies to; none if it is for the run as a whole
     */
    record Accepted(Set<TaskRef> tasks) implements ControlAnswer {
        /** Copies the tasks. */
        public Accepted {
            tasks = Set.copyOf(Objects.requireNonNull(tasks, "Accepted.tasks"));
        }
    }

    /**
     * Nothing was done; only with {@link Refusal#IN_DOUBT} it may be.
     *
     * @param why why not, for programs
     * @param text why not and what to do, with the actual values, escaped
     */
    record Refused(Refusal why, String text) implements ControlAnswer {
        /** Makes the text safe to show. */
        public Refused {
            Objects.requireNonNull(why, "Refused.why");
            text = SafeText.escape(Objects.requireNonNull(text, "Refused.text"));
        }
    }

    /**
     * Nothing was done yet: the action waives a safety rule and is asked for twice, or its step is set off by two persons. Show the
     * text, and send the control again with the token; in the second case in the name of another person.
     *
     * @param token what to give back
     * @param text what is waived and what follows from it, and who else has to agree
     */
    record ConsentNeeded(String token, String text) implements ControlAnswer {
        /** Makes the text safe to show. */
        public ConsentNeeded {
            Limits.id("ConsentNeeded.token", token);
            text = SafeText.escape(Objects.requireNonNull(text, "ConsentNeeded.text"));
        }
    }

    /**
     * Another engine owns the run. The action waits in its inbox, and that engine has not answered yet; it will act on it once. Ask
     * for the answer with {@link BatchRun#answer}.
     *
     * @param commandId what to ask with
     * @param text who owns the run, escaped
     */
    record Pending(String commandId, String text) implements ControlAnswer {
        /** Makes the text safe to show. */
        public Pending {
            Limits.id("Pending.commandId", commandId);
            text = SafeText.escape(Objects.requireNonNull(text, "Pending.text"));
        }
    }
}
