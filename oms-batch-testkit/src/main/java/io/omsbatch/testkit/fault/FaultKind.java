package io.omsbatch.testkit.fault;

import io.omsbatch.testkit.history.CallKind;
import java.util.EnumSet;
import java.util.Set;

/**
 * The ways in which a call of a gateway can go wrong. "Effect" is what the call was to change; a call that only looks has
 * none.
 *
 * @since 0.1.0
 */
public enum FaultKind {
    /** A command is refused without an effect; trying again is useless. */
    REFUSE(Where.COMMANDS, Effect.NONE, Ending.REFUSED),
    /** A command is refused without an effect, with the advice to try again later. */
    REFUSE_RETRYABLE(Where.COMMANDS, Effect.NONE, Ending.REFUSED_RETRYABLE),
    /** The call throws REJECTED. */
    REJECT(Where.ANYWHERE, Effect.NONE, Ending.REJECTED),
    /** The call throws TRANSIENT. */
    TRANSIENT(Where.ANYWHERE, Effect.NONE, Ending.TRANSIENT),
    /** The call throws AMBIGUOUS; it had no effect. */
    AMBIGUOUS_BEFORE_EFFECT(Where.ANYWHERE, Effect.NONE, Ending.AMBIGUOUS),
    /** The call throws AMBIGUOUS; it had its effect. */
    AMBIGUOUS_AFTER_EFFECT(Where.COMMANDS, Effect.NORMAL, Ending.AMBIGUOUS),
    /** The call throws AMBIGUOUS at once; its effect comes after the fault's delay. */
    AMBIGUOUS_EFFECT_LATER(Where.COMMANDS, Effect.AFTER_DELAY, Ending.AMBIGUOUS),
    /** The call blocks until it is interrupted; it has no effect. */
    BLOCK_BEFORE_EFFECT(Where.ANYWHERE, Effect.NONE, Ending.BLOCKS),
    /** The call blocks until it is interrupted; it had its effect. */
    BLOCK_AFTER_EFFECT(Where.COMMANDS, Effect.NORMAL, Ending.BLOCKS),
    /** The call ignores the interrupt and ends after the fault's delay without an effect. */
    LATE_WITHOUT_EFFECT(Where.ANYWHERE, Effect.NONE, Ending.LATE),
    /** The call ignores the interrupt and ends after the fault's delay; its effect was there at once. */
    LATE_AFTER_EFFECT(Where.COMMANDS, Effect.NORMAL, Ending.LATE),
    /** The call ignores the interrupt and ends after the fault's delay, when it takes its effect. */
    LATE_WITH_EFFECT(Where.COMMANDS, Effect.AFTER_DELAY, Ending.LATE),
    /** The call ignores the interrupt and never ends; it has no effect. */
    NEVER_RETURN_BEFORE_EFFECT(Where.ANYWHERE, Effect.NONE, Ending.NEVER),
    /** The call ignores the interrupt and never ends; it had its effect. */
    NEVER_RETURN_AFTER_EFFECT(Where.COMMANDS, Effect.NORMAL, Ending.NEVER),
    /** The call throws a RuntimeException; it had no effect. */
    THROW_BEFORE_EFFECT(Where.ANYWHERE, Effect.NONE, Ending.RUNTIME_EXCEPTION),
    /** The call throws a RuntimeException; it had its effect. */
    THROW_AFTER_EFFECT(Where.COMMANDS, Effect.NORMAL, Ending.RUNTIME_EXCEPTION),
    /** The call throws an Error; it had no effect. */
    THROW_ERROR(Where.ANYWHERE, Effect.NONE, Ending.ERROR),
    /** The call returns null; a command had its effect. */
    RETURN_NULL(Where.ANYWHERE, Effect.NORMAL, Ending.NULL),
    /** A command says that it is done; the effect comes after the fault's delay. */
    LIE_EFFECT_LATER(Where.COMMANDS, Effect.AFTER_DELAY, Ending.DONE),
    /** A command says that it is done; there never is an effect. */
    LIE_NO_EFFECT(Where.COMMANDS, Effect.NONE, Ending.DONE),
    /** A command is accepted, and the wanted state never comes. */
    NEVER_SETTLES(Where.COMMANDS, Effect.NONE, Ending.ACCEPTED),
    /** A switchover step is accepted, and fails. */
    STEP_FAILS(Where.STEPS, Effect.FAILING, Ending.AS_USUAL),
    /** The call takes as long as the fault's delay, and then is as usual; it heeds the interrupt. */
    SLOW(Where.ANYWHERE, Effect.NORMAL, Ending.AS_USUAL),
    /** Somebody else changes the task just before the call, which then is as usual. */
    CHANGED_BEHIND(Where.ANYWHERE, Effect.NORMAL, Ending.AS_USUAL),
    /** Somebody else removes the task just before the call, which then is as usual. */
    DELETED_BEHIND(Where.ANYWHERE, Effect.NORMAL, Ending.AS_USUAL),
    /** A task is missing from what is shown. */
    OMIT_TASK(Where.LOOKS, Effect.NONE, Ending.AS_USUAL),
    /** Instead of a task another one is shown, under its own identity. */
    OTHER_TASK(Where.LOOKS, Effect.NONE, Ending.AS_USUAL),
    /** Status, stage and step of a task are shown as unrecognized. */
    UNKNOWN_STATUS(Where.LOOKS, Effect.NONE, Ending.AS_USUAL),
    /** The name of a task is shown as huge and full of escape codes. */
    POISON_NAME(Where.NAMES, Effect.NONE, Ending.AS_USUAL),
    /** A negative lag is shown. */
    LAG_SKEWED(Where.OBSERVATIONS, Effect.NONE, Ending.AS_USUAL),
    /** No lag and no sync sample is shown. */
    LAG_UNKNOWN(Where.OBSERVATIONS, Effect.NONE, Ending.AS_USUAL),
    /** The same old sync sample is shown again. */
    SAMPLE_FROZEN(Where.OBSERVATIONS, Effect.NONE, Ending.AS_USUAL),
    /** Neither direction of the sync can be observed. */
    LINKS_UNKNOWN(Where.OBSERVATIONS, Effect.NONE, Ending.AS_USUAL),
    /** The stop point is shown as if it had been read long before the writes were stopped. */
    STOP_POINT_EARLY(Where.OBSERVATIONS, Effect.NONE, Ending.AS_USUAL);

    /** What becomes of the effect. */
    public enum Effect {
        /** There is none. */
        NONE,
        /** It comes as usual. */
        NORMAL,
        /** It comes after the fault's delay. */
        AFTER_DELAY,
        /** The step is taken up and fails. */
        FAILING
    }

    /** How the call ends. */
    public enum Ending {
        /** As without the fault. */
        AS_USUAL,
        /** With a refusal. */
        REFUSED,
        /** With a refusal that advises to try again. */
        REFUSED_RETRYABLE,
        /** With the reply that it is done. */
        DONE,
        /** With the reply that the platform works on it. */
        ACCEPTED,
        /** With an exception of kind REJECTED. */
        REJECTED,
        /** With an exception of kind TRANSIENT. */
        TRANSIENT,
        /** With an exception of kind AMBIGUOUS. */
        AMBIGUOUS,
        /** When it is interrupted, with an exception of kind AMBIGUOUS. */
        BLOCKS,
        /** After the delay, whether or not it was interrupted. */
        LATE,
        /** Never. */
        NEVER,
        /** With another exception. */
        RUNTIME_EXCEPTION,
        /** With an Error. */
        ERROR,
        /** With null. */
        NULL
    }

    private enum Where {
        ANYWHERE,
        COMMANDS,
        STEPS,
        LOOKS,
        NAMES,
        OBSERVATIONS;

        private boolean holds(CallKind call) {
            return switch (this) {
                case ANYWHERE -> true;
                case COMMANDS -> call.mutates();
                case STEPS -> call == CallKind.STEP;
                case LOOKS -> call == CallKind.READ || call == CallKind.OBSERVE;
                case NAMES -> call == CallKind.READ || call == CallKind.LIST;
                case OBSERVATIONS -> call == CallKind.OBSERVE;
            };
        }
    }

    private final Where where;
    private final Effect effect;
    private final Ending ending;

    FaultKind(Where where, Effect effect, Ending ending) {
        this.where = where;
        this.effect = effect;
        this.ending = ending;
    }

    /**
     * Returns whether a call can go wrong in this way.
     *
     * @param call the kind of call
     * @return whether it can
     */
    public boolean fits(CallKind call) {
        return where.holds(call);
    }

    /** Returns what becomes of the call's effect. */
    public Effect effect() {
        return effect;
    }

    /** Returns how the call ends. */
    public Ending ending() {
        return ending;
    }

    /** Returns the kinds that can befall a kind of call. */
    public static Set<FaultKind> of(CallKind call) {
        EnumSet<FaultKind> kinds = EnumSet.allOf(FaultKind.class);
        kinds.removeIf(kind -> !kind.fits(call));
        return kinds;
    }
}
