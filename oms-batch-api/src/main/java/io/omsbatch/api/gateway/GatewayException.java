package io.omsbatch.api.gateway;

import io.omsbatch.api.Limits;
import io.omsbatch.api.OmsBatchException;
import io.omsbatch.api.SafeText;
import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A gateway could not carry out a call. Its kind says what that means for the effect, which is what the engine decides by;
 * a timeout is always {@link Kind#AMBIGUOUS} (RUN-3).
 *
 * @since 0.1.0
 */
public final class GatewayException extends OmsBatchException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** What a failure says about the effect of the call. */
    public enum Kind {
        /** The platform said no: there was no effect and there will be none; trying again is useless. */
        REJECTED,
        /** There was no effect, and trying again later may help: connection refused, too many requests. */
        TRANSIENT,
        /** Nobody knows whether there was an effect: reply lost, connection cut, timeout. */
        AMBIGUOUS
    }

    private final Kind kind;
    private final String code;
    private final String remedy;

    /**
     * Creates the exception.
     *
     * @param kind what it says about the effect
     * @param code the platform's code, for programs
     * @param message what happened
     * @param remedy what to do about it; may be empty
     * @param cause the underlying failure, if there is one
     */
    public GatewayException(Kind kind, String code, String message, String remedy, @Nullable Throwable cause) {
        super(
                SafeText.escape(Objects.requireNonNull(message, "GatewayException.message"), Limits.MESSAGE_LENGTH),
                cause);
        this.kind = Objects.requireNonNull(kind, "GatewayException.kind");
        this.code = Objects.requireNonNull(code, "GatewayException.code");
        this.remedy = Objects.requireNonNull(remedy, "GatewayException.remedy");
    }

    /**
     * Returns a failure that had no effect and that trying again cannot mend.
     *
     * @param code the platform's code
     * @param message what happened
     * @param remedy what to do about it; may be empty
     * @return the exception
     */
    public static GatewayException rejected(String code, String message, String remedy) {
        return new GatewayException(Kind.REJECTED, code, message, remedy, null);
    }

    /**
     * Returns a failure that certainly had no effect and that trying again may mend.
     *
     * @param message what happened
     * @param cause the underlying failure, if there is one
     * @return the exception
     */
    public static GatewayException transientFailure(String message, @Nullable Throwable cause) {
        return new GatewayException(Kind.TRANSIENT, "TRANSIENT", message, "", cause);
    }

    /**
     * Returns a failure of which nobody knows whether it had an effect.
     *
     * @param message what happened
     * @param cause the underlying failure, if there is one
     * @return the exception
     */
    public static GatewayException ambiguous(String message, @Nullable Throwable cause) {
        return new GatewayException(Kind.AMBIGUOUS, "AMBIGUOUS", message, "", cause);
    }

    /** Returns what the failure says about the effect. */
    public Kind kind() {
        return kind;
    }

    /** Returns the platform's code. */
    public String code() {
        return code;
    }

    /** Returns what to do about it; may be empty. */
    public String remedy() {
        return remedy;
    }
}
