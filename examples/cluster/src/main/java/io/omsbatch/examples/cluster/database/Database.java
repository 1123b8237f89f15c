package io.omsbatch.examples.cluster.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One database of the server, through a small pool; every statement has a time limit. Thread-safe. */
public final class Database implements AutoCloseable {
    private static final int CONNECTIONS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What a frozen process leaves open is thrown away soon. */
    private static final String OPTIONS =
            "-c TimeZone=UTC -c statement_timeout=3s -c idle_in_transaction_session_timeout=3s";

    private final HikariDataSource pool;

    /**
     * Opens a database.
     *
     * @param port where the server listens, on loopback
     * @param name the database
     */
    public Database(int port, String name) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl("jdbc:postgresql://localhost:" + port + "/" + name);
        config.setUsername("postgres");
        config.addDataSourceProperty("options", OPTIONS);
        config.addDataSourceProperty("socketTimeout", "20");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(PATIENCE.toMillis());
        pool = new HikariDataSource(config);
    }

    /** Reads one row. */
    @FunctionalInterface
    public interface RowReader<T> {
        /** The row under the cursor as a value. */
        T read(ResultSet row) throws SQLException;
    }

    /** Several statements. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does them. */
        T in(Connection connection) throws SQLException;
    }

    /** For those who bring their own statements. */
    public DataSource source() {
        return pool;
    }

    /** Does work in one transaction. */
    public <T> T transaction(Work<T> work) {
        boolean committing = false;
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.in(connection);
                committing = true;
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollBack(connection);
                throw e;
            }
        } catch (SQLException e) {
            throw new DatabaseFailure(e, committing);
        }
    }

    /** Every row of a query. */
    public <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) {
        try (Connection connection = pool.getConnection()) {
            return query(connection, sql, reader, parameters);
        } catch (SQLException e) {
            throw new DatabaseFailure(e, false);
        }
    }

    /** Runs one statement. */
    public void update(String sql, Object... parameters) {
        try (Connection connection = pool.getConnection()) {
            update(connection, sql, parameters);
        } catch (SQLException e) {
            throw new DatabaseFailure(e, false);
        }
    }

    /** Every row of a query, within other work. */
    public static <T> List<T> query(Connection connection, String sql, RowReader<T> reader, Object... parameters)
            throws SQLException {
        List<T> rows = new ArrayList<>();
        try (PreparedStatement statement = prepared(connection, sql, parameters);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                rows.add(reader.read(row));
            }
        }
        return rows;
    }

    /** Runs one statement within other work. */
    public static void update(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, parameters)) {
            statement.executeUpdate();
        }
    }

    /** Runs a script of this class path. */
    public void script(Class<?> near, String name) {
        try (InputStream script = near.getResourceAsStream(name);
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            if (script == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        } catch (SQLException e) {
            throw new DatabaseFailure(e, false);
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private static PreparedStatement prepared(Connection connection, String sql, @Nullable Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // a connection that is broken holds nothing, and its pool finds that out
            return;
        }
    }
}
