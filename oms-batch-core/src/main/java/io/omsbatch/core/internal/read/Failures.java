package io.omsbatch.core.internal.read;

import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.core.internal.call.CallResult;
import io.omsbatch.core.internal.call.SafeThrowable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Turns what a gateway threw, or did not return, into a problem that can be shown. */
public final class Failures {

    private Failures() {}

    /**
     * Returns why a read showed nothing, or null if it returned something.
     *
     * @param result how the read ended
     * @return the problem, or null
     */
    public static @Nullable Problem ofRead(CallResult<?> result) {
        if (result.timedOut()) {
            return Problem.of(ProblemCode.READ_FAILED, "the read " + timedOut(result));
        }
        if (result.failure() != null) {
            return ofRead(result.failure());
        }
        return result.value() == null ? Problem.of(ProblemCode.GATEWAY_BROKEN, "the gateway returned null") : null;
    }

    /**
     * Says how long a call was waited for.
     *
     * @param result a call that timed out
     * @return the end of a sentence
     */
    public static String timedOut(CallResult<?> result) {
        return "did not return within "
                + Duration.ofNanos(result.endedAt() - result.begunAt()).toMillis() + " ms";
    }

    private static Problem ofRead(Throwable thrown) {
        if (thrown instanceof GatewayException failure) {
            return new Problem(
                    ProblemCode.READ_FAILED.name(),
                    "the read failed: " + failure.code() + ": " + SafeThrowable.describe(failure),
                    failure.remedy().isEmpty() ? ProblemCode.READ_FAILED.remedy() : failure.remedy(),
                    failure.kind() != GatewayException.Kind.REJECTED);
        }
        return Problem.of(ProblemCode.GATEWAY_BROKEN, "the read threw " + SafeThrowable.describe(thrown));
    }
}
