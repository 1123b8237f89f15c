package io.omsbatch.core.journal.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A running database; each test takes tables with a prefix of its own, so that its journal is empty. */
public record TestDatabase(JournalDatabase kind, String url, String user, String password, DataSource source) {

    private static final AtomicInteger PREFIXES = new AtomicInteger();

    static TestDatabase of(JournalDatabase kind, String url, String user, String password) {
        return new TestDatabase(kind, url, user, password, pool(url, user, password));
    }

    /** H2 in a file, as a host would have it. */
    public static TestDatabase h2() {
        return of(
                JournalDatabase.H2,
                "jdbc:h2:async:" + Scratch.folder("oms-batch-journal") + "/journal;WRITE_DELAY=0",
                "sa",
                "");
    }

    public static HikariDataSource pool(String url, String user, String password) {
        return pool(url, user, password, 16, 20_000);
    }

    public static HikariDataSource pool(String url, String user, String password, int size, long patience) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(patience);
        return new HikariDataSource(config);
    }

    public static JdbcJournalSettings settings() {
        return JdbcJournalSettings.defaults()
                .withTablePrefix("t" + PREFIXES.incrementAndGet() + "_")
                .withCreateTables(true);
    }

    public void execute(String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException broken) {
            throw new AssertionError(sql, broken);
        }
    }
}
