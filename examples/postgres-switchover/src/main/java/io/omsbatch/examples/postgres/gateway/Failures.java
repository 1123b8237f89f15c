package io.omsbatch.examples.postgres.gateway;

import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.examples.postgres.control.Answer;
import io.omsbatch.examples.postgres.database.SqlFailure;
import io.omsbatch.examples.postgres.problem.PlatformFailure;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The platform's answers and failures in the words of the port. */
final class Failures {

    private Failures() {}

    static GatewayReply reply(Answer answer) {
        io.omsbatch.examples.postgres.problem.Problem problem = answer.problem();
        if (problem != null) {
            return new GatewayReply.Refused(problem(problem));
        }
        return answer.finished() ? GatewayReply.done() : GatewayReply.accepted();
    }

    static Problem problem(io.omsbatch.examples.postgres.problem.Problem problem) {
        return new Problem(problem.code(), problem.message(), problem.remedy(), problem.retryable());
    }

    /**
     * A command is one transaction: whatever failed before its commit was asked for had no effect, and of a commit that
     * got no answer nobody knows.
     */
    static <T extends @Nullable Object> T translated(Supplier<T> call) {
        try {
            return call.get();
        } catch (PlatformFailure e) {
            throw new GatewayException(
                    kind(e),
                    e.problem().code(),
                    e.problem().message(),
                    e.problem().remedy(),
                    e);
        }
    }

    private static GatewayException.Kind kind(PlatformFailure failure) {
        if (failure instanceof SqlFailure sql && sql.commitUnanswered()) {
            return GatewayException.Kind.AMBIGUOUS;
        }
        return failure.problem().retryable() ? GatewayException.Kind.TRANSIENT : GatewayException.Kind.REJECTED;
    }
}
