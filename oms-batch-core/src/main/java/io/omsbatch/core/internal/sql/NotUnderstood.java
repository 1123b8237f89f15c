package io.omsbatch.core.internal.sql;

import java.io.Serial;

/** A row that this version does not understand; the store says so as a {@code JournalException}. */
public final class NotUnderstood extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Creates the exception with what is not understood. */
    public NotUnderstood(String message) {
        super(message);
    }
}
