package io.omsbatch.core.workflow;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.Limits;
import io.omsbatch.api.switchover.Invariant;
import io.omsbatch.api.task.SwitchoverStep;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One row of a step table: all the engine needs to know to take a task through a step. Immutable.
 *
 * @param name the step's name in the journal and on the board
 * @param step the switchover step, or null for the single step of a plain operation
 * @param driver who sets the step off
 * @param effect what the step does to the world
 * @param onFailure what may be done when it failed
 * @param barrier whether no task of the lane passes it before all have
 * @param noReturn where the point of no return lies, if it lies here
 * @since 0.1.0
 */
public record StepSpec(
        String name,
        @Nullable SwitchoverStep step,
        Driver driver,
        Effect effect,
        OnFailure onFailure,
        boolean barrier,
        NoReturn noReturn) {

    /** Who sets a step off. */
    public enum Driver {
        /** The engine, as soon as the step before is over. */
        AUTOMATIC,
        /** An operator, for all tasks or for one. */
        OPERATOR
    }

    /**
     * What a step does to the world, and what to do when a command's fate is unknown.
     *
     * @param kind what it does
     * @param onAmbiguity what to do; null only for a step without an effect
     * @param undo whether and when it is taken back (SW-8)
     */
    public record Effect(Kind kind, @Nullable OnAmbiguity onAmbiguity, Undo undo) {

        /** The kinds of effect. */
        public enum Kind {
            /** Looks only. */
            READ,
            /** Repeating it changes nothing more. */
            IDEMPOTENT,
            /** Makes something that was not there. */
            CREATE,
            /** Cannot be taken back. */
            IRREVERSIBLE,
            /** Takes back what an earlier step of the same run did. */
            UNDO
        }

        /** Whether and when a step is taken back, if its task is aborted. */
        public enum Undo {
            /** Never: it leaves nothing, or is past the point of no return. */
            NOTHING,
            /** In reverse order of the steps. */
            IN_TURN,
            /** In reverse order; if that fails, it is listed as left behind and the undo goes on, so that the source is not kept waiting. */
            IN_TURN_OR_LEFT,
            /** After all others: it gives the source back. */
            LAST
        }

        /** Refuses an effect of which nobody said what to do when its fate is unknown. */
        public Effect {
            Objects.requireNonNull(kind, "StepSpec.effect.kind");
            Objects.requireNonNull(undo, "StepSpec.effect.undo");
            if (kind != Kind.READ && onAmbiguity == null) {
                throw new InvalidInputException(
                        "StepSpec.effect", "is " + kind + " without an on-ambiguity policy; choose one of OnAmbiguity");
            }
        }
    }

    /** What to do when nobody knows whether a command had its effect. Every policy looks before it does anything. */
    public enum OnAmbiguity {
        /** Look; if the effect is not there once it must be, repeat with the same key. */
        LOOK_THEN_REPEAT,
        /** Look until it is there or the deadline passes; never repeat. */
        LOOK_ONLY
    }

    /**
     * What may be done when a step failed.
     *
     * @param retry whether an operator may try again
     * @param skipWaives what is waived by passing over the step; null if it cannot be passed over
     * @param askTwice whether passing over it is asked twice
     */
    public record OnFailure(boolean retry, @Nullable Invariant skipWaives, boolean askTwice) {

        /** Nothing: the task's outcome is the failure. */
        public static final OnFailure FINAL = new OnFailure(false, null, false);

        /** Retry only. */
        public static final OnFailure RETRY = new OnFailure(true, null, false);

        /**
         * Returns retry and skip.
         *
         * @param waived what is waived by skipping
         * @return the policy
         */
        public static OnFailure retryOrSkip(Invariant waived) {
            return new OnFailure(true, Objects.requireNonNull(waived, "waived"), false);
        }

        /**
         * Returns retry, and skip asked twice.
         *
         * @param waived what is waived by skipping
         * @return the policy
         */
        public static OnFailure retryOrSkipAskedTwice(Invariant waived) {
            return new OnFailure(true, Objects.requireNonNull(waived, "waived"), true);
        }
    }

    /** Where the point of no return lies (SW-7). */
    public enum NoReturn {
        /** Not at this step. */
        ELSEWHERE,
        /** With the intent of this step. */
        AT_INTENT,
        /** When this step is over, for a task that has no later step. */
        WHEN_OVER_AND_LAST
    }

    /** Returns whether the row takes back a step. */
    public boolean undoes() {
        return effect.kind() == Effect.Kind.UNDO;
    }

    /** Checks the parts. */
    public StepSpec {
        Limits.id("StepSpec.name", name);
        Objects.requireNonNull(driver, "StepSpec.driver");
        Objects.requireNonNull(effect, "StepSpec.effect");
        Objects.requireNonNull(onFailure, "StepSpec.onFailure");
        Objects.requireNonNull(noReturn, "StepSpec.noReturn");
    }
}
