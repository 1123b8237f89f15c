package io.omsbatch.api.gateway;

import io.omsbatch.api.outcome.Problem;
import java.util.Objects;

/**
 * A platform's answer to a command. None of them ends a task by itself: the engine reads the task and reports success only
 * when it saw the wanted state (RUN-4). Immutable.
 *
 * @since 0.1.0
 */
public sealed interface GatewayReply {

    /** The command has had its effect; a read should show the wanted state at once. */
    record Done() implements GatewayReply {
        private static final GatewayReply INSTANCE = new Done();
    }

    /** The platform took the command and works on it; the wanted state follows later. */
    record Accepted() implements GatewayReply {
        private static final GatewayReply INSTANCE = new Accepted();
    }

    /**
     * The platform refused the command; it had no effect and will have none.
     *
     * @param problem why, and what to do; if it is retryable the engine tries again
     */
    record Refused(Problem problem) implements GatewayReply {
        /** Checks that the problem is there. */
        public Refused {
            Objects.requireNonNull(problem, "GatewayReply.Refused.problem");
        }
    }

    /** Returns the reply that the command has had its effect. */
    static GatewayReply done() {
        return Done.INSTANCE;
    }

    /** Returns the reply that the platform works on the command. */
    static GatewayReply accepted() {
        return Accepted.INSTANCE;
    }

    /**
     * Returns the reply that the platform refused the command.
     *
     * @param code the platform's code
     * @param message why
     * @param remedy what to do about it; may be empty
     * @return the reply
     */
    static GatewayReply refused(String code, String message, String remedy) {
        return new Refused(new Problem(code, message, remedy, false));
    }
}
