package io.omsbatch.examples.postgres.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to one database, borrowed for a moment. Autocommit, because replication statements refuse to run in a
 * transaction block; every statement has a time limit. For one thread.
 */
public final class Session implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Connection connection;
    private final String where;
    private boolean limitChanged;

    Session(Connection connection, String where) {
        this.connection = connection;
        this.where = where;
    }

    /** Reads one row. */
    @FunctionalInterface
    public interface RowReader<T> {
        /** The row under the cursor as a value. */
        T read(ResultSet row) throws SQLException;
    }

    /** Gives the statements of this session another time limit, until it is closed. */
    public Session limitedTo(Duration limit) {
        execute("SET statement_timeout = " + limit.toMillis());
        limitChanged = true;
        return this;
    }

    /** Runs one statement without parameters. */
    public void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new SqlFailure(where, sql, e);
        }
    }

    /** Runs one statement with parameters and says how many rows it changed. */
    public int update(String sql, @Nullable Object... parameters) {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new SqlFailure(where, sql, e);
        }
    }

    /** Every row of a query. */
    public <T> List<T> list(String sql, RowReader<T> reader, @Nullable Object... parameters) {
        List<T> rows = new ArrayList<>();
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                rows.add(reader.read(row));
            }
        } catch (SQLException e) {
            throw new SqlFailure(where, sql, e);
        }
        return rows;
    }

    /** The first row of a query, if it has one. */
    public <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... parameters) {
        return list(sql, reader, parameters).stream().findFirst();
    }

    /** The only row of a query that always has one. */
    public <T> T one(String sql, RowReader<T> reader, @Nullable Object... parameters) {
        return first(sql, reader, parameters)
                .orElseThrow(() -> new IllegalStateException("no row on " + where + " from: " + sql));
    }

    /** The truth of a query that gives one boolean. */
    public boolean isTrue(String sql, @Nullable Object... parameters) {
        return one(sql, row -> row.getBoolean(1), parameters);
    }

    /** The first column of the only row, as text. */
    public String text(String sql, @Nullable Object... parameters) {
        return one(sql, row -> row.getString(1), parameters);
    }

    /** The first column of the only row, as a log position. */
    public Lsn lsn(String sql, @Nullable Object... parameters) {
        return Lsn.parse(text(sql, parameters));
    }

    /** Runs {@code work} in one transaction; a commit without an answer is {@link SqlFailure#commitUnanswered}. */
    public <T> T atomically(Supplier<T> work) {
        boolean done = false;
        try {
            connection.setAutoCommit(false);
            T result = work.get();
            done = true;
            commit();
            return result;
        } catch (SQLException e) {
            throw new SqlFailure(where, "BEGIN", e);
        } finally {
            leaveTransaction(done);
        }
    }

    private void commit() {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw SqlFailure.ofCommit(where, e);
        }
    }

    /** A connection that cannot even do this is broken, and its pool finds that out. */
    private void leaveTransaction(boolean committed) {
        try {
            if (!committed) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            LOG.debug("{}: {}", where, e.getMessage());
        }
    }

    /** The name of the server: source or target. */
    public String server() {
        return where.substring(0, where.indexOf('/'));
    }

    /** Where this session works, for messages. */
    public String where() {
        return where;
    }

    @Override
    public void close() {
        try (connection) {
            if (limitChanged) {
                execute("RESET statement_timeout");
            }
        } catch (SQLException e) {
            throw new SqlFailure(where, "close", e);
        }
    }

    private PreparedStatement prepare(String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }
}
