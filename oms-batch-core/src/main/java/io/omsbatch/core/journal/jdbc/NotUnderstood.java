package io.omsbatch.core.journal.jdbc;

import java.io.Serial;

/** A row that this version does not understand; the store says so as a {@code JournalException}. */
final class NotUnderstood extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    NotUnderstood(String message) {
        super(message);
    }
}
