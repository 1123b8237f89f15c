package io.omsbatch.api;

import java.io.Serial;
import java.util.Objects;

/**
 * An input broke a stated limit. It is thrown before anything is changed, and its message names the field, the value or
 * its size, the limit, and what to do (SEC-3).
 *
 * @since 0.1.0
 */
public final class InvalidInputException extends OmsBatchException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * Creates the exception.
     *
     * @param field the name of the offending field, as the caller knows it
     * @param problem what is wrong with it and what would be right
     */
    public InvalidInputException(String field, String problem) {
        super(
                Objects.requireNonNull(field, "InvalidInputException.field") + ": "
                        + Objects.requireNonNull(problem, "InvalidInputException.problem"),
                null);
        this.field = field;
    }

    /** Returns the name of the offending field. */
    public String field() {
        return field;
    }
}
