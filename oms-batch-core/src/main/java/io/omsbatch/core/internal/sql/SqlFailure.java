package io.omsbatch.core.internal.sql;

import java.io.Serial;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;

/** What a database's failure says about trying again. */
public enum SqlFailure {
    /** Another transaction was in the way, and is over: deadlock, serialization, a key that another has just taken. */
    CONTENTION(20),
    /** A statement took too long, most likely behind a lock. */
    TOO_SLOW(1),
    /** The connection is gone; a pool may have kept it too long, so another one is tried. */
    CONNECTION(2),
    /** There is no connection to be had; whoever gives them has waited long enough. */
    NO_CONNECTION(1),
    /** Anything else: trying again fails again. */
    OTHER(1);

    /** The data source gave no connection. */
    static final class NoConnection extends SQLException {
        @Serial
        private static final long serialVersionUID = 1L;

        NoConnection(SQLException reason) {
            super(reason.getMessage(), reason.getSQLState(), reason.getErrorCode(), reason);
        }
    }

    private final int attempts;

    SqlFailure(int attempts) {
        this.attempts = attempts;
    }

    /** How often a transaction that fails like this is tried. */
    int attempts() {
        return attempts;
    }

    /** Whether the database is gone for everybody, whatever is asked of it. */
    public static boolean isGone(SQLException failure) {
        SqlFailure kind = of(failure);
        return kind == CONNECTION || kind == NO_CONNECTION;
    }

    /** Tells what a failure says. */
    public static SqlFailure of(SQLException failure) {
        if (failure instanceof NoConnection) {
            return NO_CONNECTION;
        }
        SQLException found = root(failure);
        String state = String.valueOf(found.getSQLState());
        int code = found.getErrorCode();
        if (state.startsWith("40") || state.startsWith("23") || code == 90131 || state.equals("55P03")) {
            return CONTENTION;
        }
        // HYT00: H2's lock timeout; 57014: cancelled; 70100, 1205, 1969, 3024: MariaDB's and MySQL's
        if (found instanceof SQLTimeoutException
                || state.equals("HYT00")
                || state.equals("57014")
                || state.equals("70100")
                || code == 1205
                || code == 1969
                || code == 3024) {
            return TOO_SLOW;
        }
        // 57P: PostgreSQL shuts down; 25P03: it ended a session that was idle too long; 90067, 90098, 90121: H2 is
        // closed
        if (found instanceof SQLTransientConnectionException
                || found instanceof SQLNonTransientConnectionException
                || state.startsWith("08")
                || state.startsWith("57P")
                || state.equals("25P03")
                || code == 90067
                || code == 90098
                || code == 90121
                || code == 4031) {
            return CONNECTION;
        }
        return OTHER;
    }

    /** Whether a failed commit says that nothing was written; whatever else it says, it may have been. */
    static boolean rolledBack(SQLException failure) {
        String state = String.valueOf(root(failure).getSQLState());
        return (state.startsWith("40") && !state.equals("40003")) || state.startsWith("23");
    }

    /** Drivers hide the reason of a failed batch behind the batch. */
    private static SQLException root(SQLException failure) {
        SQLException found = failure;
        for (int depth = 0; depth < 10; depth++) {
            SQLException next = found.getNextException();
            if (next == null) {
                break;
            }
            found = next;
        }
        return found;
    }
}
