package io.omsbatch.examples.benchmarks.durable.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A database of one contender, which keeps what it commits: it is refused otherwise. Thread-safe. */
public final class Database implements AutoCloseable {

    /** What is measured on. */
    public enum Kind {
        /** H2 in a file, embedded. */
        H2("H2", "H2 2.4.240 in a file, WRITE_DELAY=0"),
        /** A PostgreSQL server of its own on the loopback. */
        POSTGRESQL("PostgreSQL", "PostgreSQL 18.6 on the loopback, fsync and synchronous_commit on");

        private final String label;
        private final String title;

        Kind(String label, String title) {
            this.label = label;
            this.title = title;
        }

        /** Returns its name. */
        public String label() {
            return label;
        }

        /** Returns its name, its version, and how it keeps what it commits. */
        public String title() {
            return title;
        }
    }

    private static final Map<String, String> DURABLE =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

    private final Kind kind;
    private final String url;
    private final String user;
    private final @Nullable EmbeddedPostgres server;
    private final HikariDataSource own;
    private final List<HikariDataSource> pools = new ArrayList<>();

    private Database(Kind kind, String url, String user, @Nullable EmbeddedPostgres server) {
        this.kind = kind;
        this.url = url;
        this.user = user;
        this.server = server;
        this.own = pool(1);
    }

    /**
     * Starts a new, empty one.
     *
     * @param kind which
     * @param folder where it may write
     * @return the database
     */
    public static Database start(Kind kind, Path folder) {
        return switch (kind) {
            case H2 -> at(kind, fileUrl(folder.resolve("h2")));
            case POSTGRESQL -> postgres(folder);
        };
    }

    /**
     * Returns the address of H2 in a file.
     *
     * @param file the file, without what H2 adds to its name
     * @return the address
     */
    public static String fileUrl(Path file) {
        return "jdbc:h2:async:" + file.toAbsolutePath() + ";WRITE_DELAY=0";
    }

    /**
     * Opens one that this or another process started.
     *
     * @param kind which
     * @param url its address
     * @return the database
     */
    public static Database at(Kind kind, String url) {
        return new Database(kind, url, kind == Kind.H2 ? "sa" : "postgres", null).checked();
    }

    private static Database postgres(Path folder) {
        try {
            Path binaries = Path.of(System.getProperty("java.io.tmpdir"), "oms-batch-benchmarks-postgres");
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(
                            Files.createDirectories(binaries).toFile())
                    .setDataDirectory(folder.resolve("data"))
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setServerConfig("max_connections", "400");
            DURABLE.forEach(builder::setServerConfig);
            EmbeddedPostgres server = builder.start();
            String url = "jdbc:postgresql://localhost:" + server.getPort() + "/postgres?reWriteBatchedInserts=true";
            return new Database(Kind.POSTGRESQL, url, "postgres", server).checked();
        } catch (IOException broken) {
            throw new UncheckedIOException("PostgreSQL did not start", broken);
        }
    }

    private Database checked() {
        if (kind == Kind.POSTGRESQL) {
            DURABLE.forEach((name, wanted) -> {
                String found = text("SHOW " + name);
                if (!found.equals(wanted)) {
                    throw new IllegalStateException(name + " is " + found + "; nothing is measured but with " + wanted);
                }
            });
        }
        return this;
    }

    /** Returns which it is. */
    public Kind kind() {
        return kind;
    }

    /** Returns its address, by which another process may open it. */
    public String url() {
        return url;
    }

    /**
     * Returns a new pool, which is closed with this.
     *
     * @param size of how many connections, all of them open from the start
     * @return the pool
     */
    public HikariDataSource pool(int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(kind == Kind.H2 ? "" : "postgres");
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(size);
        HikariDataSource pool = new HikariDataSource(config);
        synchronized (pools) {
            pools.add(pool);
        }
        return pool;
    }

    /**
     * Executes a statement.
     *
     * @param sql the statement
     */
    public void execute(String sql) {
        try (Connection connection = own.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException broken) {
            throw new IllegalStateException(sql, broken);
        }
    }

    /**
     * Returns the one number that a query finds.
     *
     * @param sql the query
     * @return the number
     */
    public long number(String sql) {
        return Long.parseLong(text(sql));
    }

    private String text(String sql) {
        try (Connection connection = own.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException broken) {
            throw new IllegalStateException(sql, broken);
        }
    }

    /**
     * Empties all tables whose names begin so, but for those that are kept, and writes all that is not yet where it belongs, so that
     * no iteration pays for the one before.
     *
     * @param prefix what their names begin with, in lower case
     * @param kept the names of tables that are left as they are
     */
    public void empty(String prefix, String... kept) {
        List<String> names = new ArrayList<>();
        try (Connection connection = own.getConnection();
                ResultSet tables =
                        connection.getMetaData().getTables(null, null, null, new String[] {"TABLE", "BASE TABLE"})) {
            while (tables.next()) {
                String name = tables.getString("TABLE_NAME");
                if (name.toLowerCase(Locale.ROOT).startsWith(prefix)
                        && !List.of(kept).contains(name.toLowerCase(Locale.ROOT))) {
                    names.add("\"" + tables.getString("TABLE_SCHEM") + "\".\"" + name + "\"");
                }
            }
        } catch (SQLException broken) {
            throw new IllegalStateException("the tables of " + url, broken);
        }
        switch (kind) {
            case H2 -> {
                execute("SET REFERENTIAL_INTEGRITY FALSE");
                names.forEach(name -> execute("TRUNCATE TABLE " + name));
                execute("SET REFERENTIAL_INTEGRITY TRUE");
            }
            case POSTGRESQL -> {
                if (!names.isEmpty()) {
                    execute("TRUNCATE TABLE " + String.join(", ", names) + " CASCADE");
                }
                execute("VACUUM ANALYZE");
            }
        }
        execute("CHECKPOINT");
    }

    @Override
    public void close() {
        synchronized (pools) {
            pools.forEach(HikariDataSource::close);
        }
        if (server != null) {
            try {
                server.close();
            } catch (IOException broken) {
                throw new UncheckedIOException("PostgreSQL did not stop", broken);
            }
        }
    }
}
