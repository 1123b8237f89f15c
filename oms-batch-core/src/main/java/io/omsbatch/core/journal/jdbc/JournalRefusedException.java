package io.omsbatch.core.journal.jdbc;

import io.omsbatch.api.OmsBatchException;
import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A journal would not open: on this database, with these tables, or with these settings it could not keep its promises.
 * Nothing was written but, where that was asked for, tables.
 *
 * @since 0.1.0
 */
public final class JournalRefusedException extends OmsBatchException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Why a journal would not open. */
    public enum Kind {
        /** The database could lose what it acknowledged; see {@link DurabilityRisk}. */
        NOT_DURABLE,
        /** The tables are missing or older than this version needs. */
        NO_TABLES,
        /** The tables were made by a newer version. */
        NEWER_TABLES,
        /** The database is none of {@link JournalDatabase}, or is set up in a way that the journal cannot work with. */
        UNSUPPORTED,
        /** The database did not answer. */
        UNREACHABLE
    }

    private final Kind kind;

    /**
     * Creates the exception.
     *
     * @param kind why
     * @param message what was found, and what to do
     * @param cause the underlying failure, if there is one
     */
    public JournalRefusedException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "JournalRefusedException.kind");
    }

    /** Returns why. */
    public Kind kind() {
        return kind;
    }
}
