package io.omsbatch.examples.postgres.gateway;

import io.omsbatch.examples.postgres.database.Databases;
import io.omsbatch.examples.postgres.problem.Problem;
import io.omsbatch.examples.postgres.problem.Waiting;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Locks the last table of a shop on the target, as soon as its rows are there, so that nobody can compare it. */
final class HeldTable implements AutoCloseable {
    private static final String COPIED =
            "SELECT EXISTS (SELECT FROM pg_subscription_rel WHERE srrelid = 'shop.purchase_line'::regclass AND srsubstate = 'r')";

    private final Databases target;
    private Connection connection;

    HeldTable(Databases target) {
        this.target = target;
    }

    void holdOnceCopied(String shop) {
        Waiting.untilTrue(Duration.ofSeconds(30), () -> held(shop), limit -> Problem.of("TEST", "not held", "look"));
    }

    @Override
    public void close() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            connection = null;
        }
    }

    private boolean held(String shop) {
        try {
            if (connection == null) {
                connection = DriverManager.getConnection(target.address().jdbcUrl(shop), "postgres", "");
                connection.setAutoCommit(false);
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("LOCK TABLE shop.purchase_line IN ACCESS EXCLUSIVE MODE NOWAIT");
                try (ResultSet row = statement.executeQuery(COPIED)) {
                    if (row.next() && row.getBoolean(1)) {
                        return true;
                    }
                }
            }
            connection.rollback();
        } catch (SQLException notYet) {
            // the database or the table is not there yet, or it is being copied
            close();
        }
        return false;
    }
}
