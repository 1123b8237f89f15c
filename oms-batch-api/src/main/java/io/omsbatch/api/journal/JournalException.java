package io.omsbatch.api.journal;

import io.omsbatch.api.Limits;
import io.omsbatch.api.OmsBatchException;
import io.omsbatch.api.SafeText;
import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The journal could not do what it was asked.
 *
 * @since 0.1.0
 */
public final class JournalException extends OmsBatchException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** What a failure says about the write. */
    public enum Kind {
        /** A newer owner holds the run: nothing was written, and never will be with this token. */
        FENCED,
        /** There is no such run: nothing was written. */
        NO_SUCH_RUN,
        /** The store does not answer; nothing was written. */
        UNAVAILABLE,
        /**
         * The store stopped answering while it wrote: all was written, or nothing, or it is still being written. Whoever goes on
         * renews the lease of the run first, after which that is decided, then reads what is there, and writes it again only if it
         * is not.
         */
        IN_DOUBT,
        /** The store holds something that this version does not understand, and neither read nor changed it (DUR-4). */
        UNREADABLE,
        /** The store was closed; nothing was written. */
        CLOSED
    }

    private final Kind kind;
    private final String runId;

    /**
     * Creates the exception.
     *
     * @param kind what it says about the write
     * @param runId the run
     * @param message what happened, with the values
     * @param cause the underlying failure, if there is one
     */
    public JournalException(Kind kind, String runId, String message, @Nullable Throwable cause) {
        super(
                SafeText.escape(Objects.requireNonNull(message, "JournalException.message"), Limits.MESSAGE_LENGTH),
                cause);
        this.kind = Objects.requireNonNull(kind, "JournalException.kind");
        this.runId = Objects.requireNonNull(runId, "JournalException.runId");
    }

    /** Returns what the failure says about the write. */
    public Kind kind() {
        return kind;
    }

    /** Returns the run. */
    public String runId() {
        return runId;
    }
}
