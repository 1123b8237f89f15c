package io.omsbatch.core.internal.durable;

import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.core.internal.call.CallResult;
import io.omsbatch.core.internal.call.SafeThrowable;
import io.omsbatch.core.internal.read.Failures;
import org.jspecify.annotations.Nullable;

/**
 * What the end of a command's call says about its effect (RUN-3). Pure.
 *
 * @param kind what it says
 * @param problem what happened, or null if the platform took the command
 */
public record CallVerdict(Kind kind, @Nullable Problem problem) {

    /** What the end of a call can say. */
    public enum Kind {
        /** The effect should be there: look at once. */
        DONE,
        /** The effect will follow: look later. */
        ACCEPTED,
        /** There was no effect, and trying again is useless. */
        REFUSED,
        /** There was no effect, and trying again may help. */
        TRANSIENT,
        /** Nobody knows: look before anything else. */
        AMBIGUOUS
    }

    /**
     * Judges a call. Whatever is not understood is ambiguous.
     *
     * @param result how the call ended
     * @return what that says
     */
    public static CallVerdict of(CallResult<GatewayReply> result) {
        if (result.timedOut()) {
            return ambiguous(ProblemCode.CALL_TIMED_OUT, "the call " + Failures.timedOut(result));
        }
        Throwable failure = result.failure();
        if (failure instanceof GatewayException known) {
            return of(known);
        }
        if (failure != null) {
            return ambiguous(ProblemCode.GATEWAY_BROKEN, "the gateway threw " + SafeThrowable.describe(failure));
        }
        return of(result.value());
    }

    private static CallVerdict of(@Nullable GatewayReply reply) {
        if (reply instanceof GatewayReply.Done) {
            return new CallVerdict(Kind.DONE, null);
        }
        if (reply instanceof GatewayReply.Accepted) {
            return new CallVerdict(Kind.ACCEPTED, null);
        }
        if (reply instanceof GatewayReply.Refused refused) {
            return new CallVerdict(refused.problem().retryable() ? Kind.TRANSIENT : Kind.REFUSED, refused.problem());
        }
        return ambiguous(ProblemCode.GATEWAY_BROKEN, "the gateway returned null");
    }

    private static CallVerdict of(GatewayException failure) {
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        return switch (failure.kind()) {
            case REJECTED ->
                new CallVerdict(Kind.REFUSED, new Problem(failure.code(), message, failure.remedy(), false));
            case TRANSIENT ->
                new CallVerdict(Kind.TRANSIENT, new Problem(failure.code(), message, failure.remedy(), true));
            case AMBIGUOUS -> ambiguous(ProblemCode.REPLY_LOST, message);
        };
    }

    private static CallVerdict ambiguous(ProblemCode code, String message) {
        return new CallVerdict(Kind.AMBIGUOUS, Problem.of(code, message));
    }
}
