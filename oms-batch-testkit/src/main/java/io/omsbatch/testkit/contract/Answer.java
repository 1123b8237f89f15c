package io.omsbatch.testkit.contract;

import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.outcome.Problem;
import org.jspecify.annotations.Nullable;

/**
 * How a gateway answered a command: with a reply, or by throwing.
 *
 * @param reply the reply, or null if it threw
 * @param failure what it threw, or null if it replied
 */
record Answer(@Nullable GatewayReply reply, @Nullable GatewayException failure) {

    /** A command that may throw what its port allows. */
    interface Call {
        @Nullable
        GatewayReply send();
    }

    static Answer of(String what, Call call) {
        try {
            GatewayReply reply = call.send();
            if (reply == null) {
                throw new AssertionError("RUN-6: " + what + " returned null. Look at: every path of command;"
                        + " each must end with a reply or a GatewayException");
            }
            return new Answer(reply, null);
        } catch (GatewayException failure) {
            return new Answer(null, failure);
        } catch (RuntimeException other) {
            throw new AssertionError(
                    "RUN-6: " + what + " threw " + other + ". Look at: where the gateway maps failures of its platform;"
                            + " only GatewayException says what happened to the effect",
                    other);
        }
    }

    boolean done() {
        return reply instanceof GatewayReply.Done;
    }

    boolean taken() {
        return reply != null && !(reply instanceof GatewayReply.Refused);
    }

    /** Returns whether the platform said no for good. */
    boolean refused() {
        return reply instanceof GatewayReply.Refused
                || (failure != null && failure.kind() == GatewayException.Kind.REJECTED);
    }

    /** Returns whether it was said that nothing happened. */
    boolean denied() {
        return refused() || (failure != null && failure.kind() == GatewayException.Kind.TRANSIENT);
    }

    /** Returns why the platform said no; empty texts if it did not. */
    Problem problem() {
        if (reply instanceof GatewayReply.Refused refused) {
            return refused.problem();
        }
        return failure == null
                ? new Problem("", "", "", false)
                : new Problem(failure.code(), String.valueOf(failure.getMessage()), failure.remedy(), false);
    }

    @Override
    public String toString() {
        return failure == null ? String.valueOf(reply) : failure.kind() + " (" + failure.getMessage() + ")";
    }
}
