package io.omsbatch.core.internal.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** How the databases differ that a journal can live in. */
public enum Dialect {
    /** H2. */
    H2,
    /** PostgreSQL. */
    POSTGRESQL,
    /** MariaDB, MySQL, and what speaks as MySQL does. */
    MYSQL;

    /** The present by the database's clock, as the type of its time columns. */
    String now() {
        return switch (this) {
            case H2 -> "CURRENT_TIMESTAMP(6)";
            case POSTGRESQL -> "clock_timestamp()";
            case MYSQL -> "UTC_TIMESTAMP(6)";
        };
    }

    /** The lock on a row to which something is added that others may refer to meanwhile; its key does not change. */
    String forAppend() {
        return this == POSTGRESQL ? "FOR NO KEY UPDATE" : "FOR UPDATE";
    }

    /** The lock on a row to which something refers, and which may not be taken away or changed by {@code FOR UPDATE} meanwhile. */
    String forClaim() {
        return this == POSTGRESQL ? "FOR KEY SHARE" : "FOR UPDATE";
    }

    /**
     * What an order begins with that shall go along an index whose first column has one value: H2 wants to be told that column,
     * MariaDB sorts if it is.
     */
    public String orderAlong(String column) {
        return this == H2 ? column + ", " : "";
    }

    /**
     * Begins a transaction whose plain reads see what is committed and whose locks cannot outlive a process that froze.
     * Every decision is made over rows that are locked first, so READ COMMITTED is enough everywhere.
     */
    void begin(Connection connection, boolean mariaDb, int seconds) throws SQLException {
        switch (this) {
            case H2 -> {
                if (connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED) {
                    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                }
            }
            case POSTGRESQL ->
                execute(
                        connection,
                        "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCAL statement_timeout = '" + seconds
                                + "s'; SET LOCAL idle_in_transaction_session_timeout = '" + 2 * seconds + "s'");
            case MYSQL -> {
                execute(connection, "SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
                if (mariaDb) {
                    execute(connection, "SET SESSION idle_transaction_timeout = " + 2 * seconds);
                }
            }
        }
    }

    /** Takes back what {@link #begin} changed beyond the transaction. */
    void end(Connection connection, boolean mariaDb) throws SQLException {
        switch (this) {
            case H2 -> {
                try (Statement statement = connection.createStatement()) {
                    statement.setQueryTimeout(0);
                }
            }
            case POSTGRESQL -> {
                // all of it was local to the transaction
            }
            case MYSQL -> {
                if (mariaDb) {
                    execute(connection, "SET SESSION idle_transaction_timeout = DEFAULT");
                }
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
