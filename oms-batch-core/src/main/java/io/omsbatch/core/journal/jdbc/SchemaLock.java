package io.omsbatch.core.journal.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one connection at a time change the tables of a prefix, as far as the database can; waiting is bounded. */
final class SchemaLock {

    private static final int WAIT_SECONDS = 30;

    private static final ReentrantLock IN_PROCESS = new ReentrantLock();

    /** What is done under the lock. */
    interface Change {
        void make() throws SQLException;
    }

    private SchemaLock() {}

    static void hold(Connection connection, JournalDatabase database, JdbcJournalSettings settings, Change change)
            throws SQLException {
        switch (database) {
            case H2 -> inProcess(change);
            case POSTGRESQL -> inTransaction(connection, settings.tablePrefix(), change);
            case MYSQL -> named(connection, settings.tablePrefix(), change);
        }
    }

    /** H2 has no lock that its DDL leaves alone; embedded it lies in one process, and every statement may be repeated. */
    private static void inProcess(Change change) throws SQLException {
        IN_PROCESS.lock();
        try {
            change.make();
        } finally {
            IN_PROCESS.unlock();
        }
    }

    private static void inTransaction(Connection connection, String prefix, Change change) throws SQLException {
        boolean before = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = '" + WAIT_SECONDS + "s'");
            statement.execute("SELECT pg_advisory_xact_lock(" + ("oms-batch " + prefix).hashCode() + ")");
            change.make();
            connection.commit();
        } catch (SQLException | RuntimeException broken) {
            connection.rollback();
            throw broken;
        } finally {
            connection.setAutoCommit(before);
        }
    }

    private static void named(Connection connection, String prefix, Change change) throws SQLException {
        if (!ask(connection, "SELECT GET_LOCK(?, " + WAIT_SECONDS + ")", "oms-batch " + prefix)) {
            throw new SQLTimeoutException(
                    "somebody else changes the tables " + prefix + "* for " + WAIT_SECONDS + " s");
        }
        try {
            change.make();
        } finally {
            boolean unused = ask(connection, "SELECT RELEASE_LOCK(?)", "oms-batch " + prefix);
        }
    }

    private static boolean ask(Connection connection, String question, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            statement.setString(1, name);
            try (ResultSet answer = statement.executeQuery()) {
                return answer.next() && answer.getInt(1) == 1;
            }
        }
    }
}
