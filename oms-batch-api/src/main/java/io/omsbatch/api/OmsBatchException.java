package io.omsbatch.api;

import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The root of every exception this library throws on purpose. The normal failure of one task is a value
 * ({@code TaskOutcome}), never an exception.
 *
 * @since 0.1.0
 */
public abstract class OmsBatchException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what happened, with which value, and what to do about it; it is escaped
     * @param cause the underlying failure, if there is one
     */
    protected OmsBatchException(String message, @Nullable Throwable cause) {
        super(SafeText.escape(Objects.requireNonNull(message, "message")), cause);
    }
}
