package io.omsbatch.core.internal.sql;

import io.omsbatch.api.OmsBatchException;
import io.omsbatch.api.journal.JournalException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs work in transactions, each on a connection of its own that is given back at the end. What failed for a moment is tried
 * again so many times; a commit of which nobody knows what came is done again by work that first looks what is there.
 */
public final class Transactions {

    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    /** Attempts to find out what came of a commit, with pauses that double from 50 ms to 2 s: about 10 s in all. */
    private static final int DOUBT_ATTEMPTS = 10;

    private static final long FIRST_PAUSE_MS = 50;
    private static final long LONGEST_PAUSE_MS = 2_000;
    private static final int NETWORK_SLACK_MS = 5_000;

    /** Work of one transaction; it may be done several times. */
    public interface Work<T> {
        /**
         * Does the work.
         *
         * @param sql the transaction
         * @param inDoubt whether an earlier attempt may have been committed
         */
        T run(Sql sql, boolean inDoubt) throws SQLException;
    }

    private static final class CommitInDoubt extends Exception {
        private static final long serialVersionUID = 1L;
        private final SQLException reason;

        CommitInDoubt(SQLException reason) {
            super(reason);
            this.reason = reason;
        }
    }

    private final DataSource source;
    private final Dialect database;
    private final boolean mariaDb;
    private final String prefix;
    private final int seconds;
    private final ReentrantLock pauseLock = new ReentrantLock();
    private final Condition never = pauseLock.newCondition();

    /** Creates them: over tables with a prefix, giving up a statement after a time. */
    public Transactions(
            DataSource source, Dialect database, boolean mariaDb, String prefix, Duration statementTimeout) {
        this.source = source;
        this.database = database;
        this.mariaDb = mariaDb;
        this.prefix = prefix;
        this.seconds = (int) statementTimeout.toSeconds();
    }

    /**
     * Runs work.
     *
     * @throws JournalException UNAVAILABLE if nothing was written, IN_DOUBT if nobody knows, UNREADABLE if a row is not
     *     understood; or what the work throws
     */
    public <T> T run(String runId, Work<T> work) {
        boolean interrupted = Thread.interrupted(); // H2 closes its file under an interrupted thread
        try {
            return attempt(runId, work);
        } catch (NotUnderstood row) {
            throw new JournalException(
                    JournalException.Kind.UNREADABLE,
                    runId,
                    "the journal holds something of run " + runId + " that this version does not understand: "
                            + row.getMessage() + "; use the version that wrote it, or a newer one",
                    row);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T> T attempt(String runId, Work<T> work) {
        boolean inDoubt = false;
        for (int attempt = 1; ; attempt++) {
            SQLException failure;
            try {
                return once(work, inDoubt);
            } catch (CommitInDoubt doubt) {
                inDoubt = true;
                failure = doubt.reason;
                LOG.warn("Run {}: the result of a commit is unknown and is looked up", runId);
            } catch (SQLException broken) {
                failure = broken;
            }
            int most = inDoubt ? DOUBT_ATTEMPTS : SqlFailure.of(failure).attempts();
            if (attempt >= most) {
                throw failed(runId, inDoubt, attempt, failure);
            }
            if (inDoubt) {
                pause(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(attempt, 10)));
            }
        }
    }

    private <T> T once(Work<T> work, boolean inDoubt) throws SQLException, CommitInDoubt {
        Connection connection = connect();
        boolean autoCommit = true;
        boolean usable = false;
        try {
            limitNetwork(connection);
            autoCommit = connection.getAutoCommit();
            if (autoCommit) {
                connection.setAutoCommit(false);
            }
            database.begin(connection, mariaDb, seconds);
            T result = work.run(new Sql(connection, database, prefix, seconds), inDoubt);
            commit(connection);
            usable = true;
            giveBack(connection, autoCommit);
            return result;
        } catch (OmsBatchException | NotUnderstood said) {
            throw said;
        } catch (RuntimeException thrown) {
            throw broken(thrown);
        } finally {
            if (!usable) {
                rollback(connection, autoCommit);
            }
            close(connection);
        }
    }

    private Connection connect() throws SQLException {
        Connection connection;
        try {
            connection = source.getConnection();
        } catch (SQLException none) {
            throw new SqlFailure.NoConnection(none);
        } catch (RuntimeException thrown) {
            throw new SqlFailure.NoConnection(broken(thrown));
        }
        if (connection == null) {
            throw new SqlFailure.NoConnection(new SQLException("the data source broke its contract and returned null"));
        }
        return connection;
    }

    /** A driver may throw nothing but its own exceptions; what else it throws says as little as they do. */
    private static SQLException broken(RuntimeException thrown) {
        return new SQLException(
                "the driver broke its contract and threw " + thrown.getClass().getName(), thrown);
    }

    private void commit(Connection connection) throws SQLException, CommitInDoubt {
        try {
            connection.commit();
        } catch (SQLException failure) {
            if (SqlFailure.rolledBack(failure)) {
                throw failure;
            }
            throw new CommitInDoubt(failure);
        } catch (RuntimeException thrown) {
            throw new CommitInDoubt(broken(thrown));
        }
    }

    /** What is committed stays so, whatever happens here. */
    private void giveBack(Connection connection, boolean autoCommit) {
        try {
            database.end(connection, mariaDb);
            if (autoCommit) {
                connection.setAutoCommit(true);
            }
        } catch (SQLException | RuntimeException failure) {
            LOG.debug("A connection could not be reset", failure);
        }
    }

    private void rollback(Connection connection, boolean autoCommit) {
        try {
            connection.rollback();
            giveBack(connection, autoCommit);
        } catch (SQLException | RuntimeException failure) {
            LOG.debug("A transaction could not be rolled back; its connection is given up", failure);
            try {
                connection.abort(Runnable::run);
            } catch (SQLException | RuntimeException alsoFailed) {
                LOG.debug("A connection could not be given up", alsoFailed);
            }
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException | RuntimeException failure) {
            LOG.debug("A connection could not be closed", failure);
        }
    }

    /** A dead network must not hold a thread for ever; a pool takes the limit back by itself. */
    private void limitNetwork(Connection connection) throws SQLException {
        try {
            connection.setNetworkTimeout(Runnable::run, seconds * 1_000 + NETWORK_SLACK_MS);
        } catch (SQLFeatureNotSupportedException notThere) {
            LOG.trace("The driver has no network timeout", notThere);
        }
    }

    private void pause(long milliseconds) {
        pauseLock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(milliseconds);
            while (left > 0) {
                left = never.awaitNanos(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            pauseLock.unlock();
        }
    }

    private static JournalException failed(
            String runId, boolean inDoubt, int attempts, @Nullable SQLException failure) {
        String said = failure == null ? "" : ": " + failure.getMessage();
        return inDoubt
                ? new JournalException(
                        JournalException.Kind.IN_DOUBT,
                        runId,
                        "the journal stopped answering during a commit of run " + runId
                                + "; it may or may not be written, as " + attempts + " attempts could not find out"
                                + said,
                        failure)
                : new JournalException(
                        JournalException.Kind.UNAVAILABLE,
                        runId,
                        "the journal did not take what belongs to run " + runId + ", in " + attempts
                                + (attempts == 1 ? " attempt" : " attempts") + said,
                        failure);
    }
}
