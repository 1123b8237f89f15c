package io.omsbatch.examples.postgres.shop;

import io.omsbatch.examples.postgres.database.ServerAddress;
import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.problem.Waiting;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The live application of one database: a thread with one connection that buys things until it is closed or is not let
 * in any more. Its {@link #ledger()} says exactly what it committed. Thread-safe.
 */
public final class ShopWriter implements AutoCloseable {
    private static final Duration LONGEST_STOP = Duration.ofSeconds(15);
    private static final int ATTEMPTS = 20;

    private final ServerAddress server;
    private final String database;
    private final Duration pace;
    private final WriteLedger ledger;
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean shutOut;

    private ShopWriter(ServerAddress server, String database, Duration pace, WriteLedger ledger) {
        this.server = server;
        this.database = database;
        this.ledger = ledger;
        this.pace = pace;
        this.thread = new Thread(this::writeUntilStopped, "shop-" + database);
        this.thread.setDaemon(true);
    }

    /**
     * Starts writing {@code perSecond} transactions a second.
     *
     * @param ledger where it notes them; it goes on after the last one there, and closes it with itself
     */
    public static ShopWriter start(ServerAddress server, String database, int perSecond, WriteLedger ledger) {
        Duration pace = Duration.ofSeconds(1).dividedBy(perSecond);
        ShopWriter writer = new ShopWriter(server, database, pace, ledger);
        writer.thread.start();
        return writer;
    }

    /** Goes on elsewhere, with the same ledger; it must have come to its end here. */
    public ShopWriter movedTo(ServerAddress other) {
        if (thread.isAlive()) {
            throw new IllegalStateException("the writer of " + database + " still writes on " + server);
        }
        ShopWriter writer = new ShopWriter(other, database, pace, ledger);
        writer.thread.start();
        return writer;
    }

    /** What it committed. */
    public WriteLedger ledger() {
        return ledger;
    }

    /** Whether it still writes. */
    public boolean writing() {
        return thread.isAlive();
    }

    /** Whether it wrote until it was not let in any more; false if it goes on, was closed, or gave up. */
    public boolean shutOut() {
        return shutOut;
    }

    /** Which of the writer's rows a server has. */
    public static Set<Integer> rowsIn(Session session) {
        return new HashSet<>(session.list(
                "SELECT writer_row FROM shop.purchase WHERE writer_row IS NOT NULL", row -> row.getInt(1)));
    }

    /** Tells it to stop, and does not wait. */
    public void stop() {
        closed = true;
    }

    /** Stops it; its last transaction is finished. */
    @Override
    public void close() {
        stop();
        try (ledger) {
            thread.join(LONGEST_STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeUntilStopped() {
        int row = ledger.next();
        int failures = 0;
        while (!closed && failures < ATTEMPTS) {
            try (Connection connection = connect(server, database)) {
                while (!closed) {
                    buy(connection, row++);
                    failures = 0;
                    Waiting.rest(pace);
                }
            } catch (SQLException e) {
                if (notLetIn(e)) {
                    shutOut = true;
                    return;
                }
                failures++;
                Waiting.rest(Duration.ofMillis(50));
            }
        }
    }

    /** One transaction; whatever fails before the commit was asked for has certainly not happened. */
    private void buy(Connection connection, int row) throws SQLException {
        execute(
                connection,
                "INSERT INTO shop.purchase (customer_id, writer_row, note)"
                        + " SELECT 1 + ? % max(id), ?, 'bought live' FROM shop.customer",
                row,
                row);
        execute(
                connection,
                "INSERT INTO shop.purchase_line SELECT id, 1, 'live', 1 FROM shop.purchase WHERE writer_row = ?",
                row);
        if (row % 3 == 0) {
            execute(connection, "UPDATE shop.customer SET balance = balance - 1 WHERE id = ?", 1 + row % 50);
        }
        if (row % 10 == 0) {
            execute(connection, "DELETE FROM shop.purchase_line WHERE purchase_id = ? AND line_no = 1", row / 10);
        }
        ledger.asked(row);
        connection.commit();
        ledger.committed(row);
    }

    /** A connection of the application, as everybody has it. */
    static Connection connect(ServerAddress server, String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", Shop.ROLE);
        properties.setProperty("ApplicationName", "shop");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "30");
        properties.setProperty("options", "-c statement_timeout=10s -c idle_in_transaction_session_timeout=20s");
        Connection connection = DriverManager.getConnection(server.jdbcUrl(database), properties);
        connection.setAutoCommit(false);
        return connection;
    }

    private static void execute(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }

    private static boolean notLetIn(SQLException e) {
        @Nullable String state = e.getSQLState();
        return "42501".equals(state) || "25006".equals(state);
    }
}
