package io.omsbatch.examples.cluster.database;

import java.sql.SQLException;

/** A database did not do what it was asked. */
public final class DatabaseFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean committing;

    DatabaseFailure(SQLException cause, boolean committing) {
        super(cause.getMessage(), cause);
        this.committing = committing;
    }

    /** Whether a commit was asked for and got no answer, so that nobody knows whether it happened. */
    public boolean committing() {
        return committing;
    }
}
