package io.omsbatch.examples.postgres.demo;

import io.omsbatch.examples.postgres.database.Databases;
import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.problem.Problem;
import io.omsbatch.examples.postgres.problem.Waiting;
import io.omsbatch.examples.postgres.shop.Shop;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Breaks one database, and repairs it the way its remedy says. For one thread. */
final class Saboteur implements AutoCloseable {
    private static final Duration HELD_OPEN = Duration.ofSeconds(4);

    private final Databases source;
    private final @Nullable Breakage breakage;
    private @Nullable Connection open;

    Saboteur(Databases source, @Nullable Breakage breakage) {
        this.source = source;
        this.breakage = breakage;
    }

    /** Breaks it if it is to be broken in this way; says what was done, or nothing. */
    String breakBy(Breakage.Kind kind) {
        Breakage planned = breakage;
        if (planned == null || planned.kind() != kind) {
            return "";
        }
        return switch (kind) {
            case TABLE_WITHOUT_KEY -> {
                execute(planned.database(), "CREATE TABLE shop.audit (at timestamptz, line text)");
                yield "Broken on purpose: table shop.audit without a key in " + planned.database();
            }
            case LONG_TRANSACTION -> {
                if (open != null) {
                    yield "";
                }
                leaveOpen(planned.database(), "postgres");
                yield "Broken on purpose: a superuser in " + planned.database() + " has written and does not commit";
            }
            case OPEN_TRANSACTION -> {
                leaveOpen(planned.database(), Shop.ROLE);
                yield "Broken on purpose: a session in " + planned.database() + " has written and does not commit";
            }
        };
    }

    /** Whether this database was broken on purpose in a way for which there is a repair in time. */
    boolean knows(String database) {
        return breakage != null
                && breakage.database().equals(database)
                && breakage.kind() != Breakage.Kind.LONG_TRANSACTION;
    }

    /** Repairs it; says what was done. */
    String repair(String database) {
        if (breakage == null || !knows(database)) {
            throw new IllegalStateException("nothing was broken in " + database);
        }
        return switch (breakage.kind()) {
            case TABLE_WITHOUT_KEY -> {
                String statement =
                        "ALTER TABLE shop.audit ADD COLUMN IF NOT EXISTS id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY";
                execute(database, statement);
                yield statement;
            }
            case OPEN_TRANSACTION, LONG_TRANSACTION -> {
                close();
                yield "ROLLBACK";
            }
        };
    }

    @Override
    public void close() {
        try (Connection connection = open) {
            open = null;
            if (connection != null) {
                connection.rollback();
            }
        } catch (SQLException e) {
            // it was ended from outside, which repairs as well
            open = null;
        }
    }

    private void leaveOpen(String database, String role) {
        try {
            Properties properties = new Properties();
            properties.setProperty("user", role);
            properties.setProperty("ApplicationName", "forgotten report");
            Connection connection = DriverManager.getConnection(source.address().jdbcUrl(database), properties);
            open = connection;
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO shop.customer (name, email) VALUES ('forgotten', 'forgotten')");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("could not open a transaction in " + database, e);
        }
        Waiting.untilTrue(
                HELD_OPEN.multipliedBy(4),
                this::oldEnough,
                limit -> Problem.of(
                        "TRANSACTION_GONE", "the open transaction in " + database + " is not there", "start again"));
    }

    private boolean oldEnough() {
        try (Session session = source.openServer()) {
            return session.isTrue(
                    "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'forgotten report'"
                            + " AND clock_timestamp() - xact_start > make_interval(secs => ?))",
                    HELD_OPEN.toSeconds());
        }
    }

    private void execute(String database, String sql) {
        try (Session session = source.open(database)) {
            session.execute(sql);
        }
    }
}
