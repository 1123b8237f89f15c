package io.omsbatch.examples.postgres.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.omsbatch.examples.postgres.problem.Problem;
import io.omsbatch.examples.postgres.problem.Waiting;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Sessions on all databases of one server. Setting up a connection costs more than most statements, so a few
 * connections a database are kept for half a minute; databases are many, so no more than {@value #CONNECTIONS} each,
 * none of them while idle for long, and one housekeeping thread for all. Thread-safe.
 */
public final class Databases implements AutoCloseable {
    private static final int CONNECTIONS = 4;
    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(12);
    private static final Duration ENDING_LIMIT = Duration.ofSeconds(10);
    /**
     * Texts of values are the same on every server. The platform may write where the door is shut to the application. A
     * transaction that it forgot would keep every new slot of the server waiting.
     */
    private static final String SETTINGS = String.join(
            " ",
            "-c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=iso_8601 -c extra_float_digits=1 -c bytea_output=hex",
            "-c default_transaction_read_only=off",
            "-c idle_in_transaction_session_timeout=5s",
            "-c statement_timeout=" + STATEMENT_LIMIT.toMillis());

    private final ServerAddress address;
    private final String client;
    private final Map<String, HikariDataSource> pools;
    private final ScheduledExecutorService housekeeping;
    private final Runnable check;

    /**
     * Sessions on the server at {@code address}; connects when first asked.
     *
     * @param client what the server calls whoever uses them
     */
    public Databases(ServerAddress address, String client) {
        this(
                address,
                client,
                new ConcurrentHashMap<>(),
                Executors.newSingleThreadScheduledExecutor(task -> {
                    Thread thread = new Thread(task, "connections-" + address.name());
                    thread.setDaemon(true);
                    return thread;
                }),
                () -> {});
    }

    private Databases(
            ServerAddress address,
            String client,
            Map<String, HikariDataSource> pools,
            ScheduledExecutorService housekeeping,
            Runnable check) {
        this.address = address;
        this.client = client;
        this.pools = pools;
        this.housekeeping = housekeeping;
        this.check = check;
    }

    /**
     * The same sessions for a user who may lose the right to them.
     *
     * @param lost throws once it is lost; asked each time when the connection is there already, so that whoever takes the right
     *     away and then ends every connection can be sure that none is used any more
     */
    public Databases unless(Runnable lost) {
        return new Databases(address, client, pools, housekeeping, lost);
    }

    /** The server. */
    public ServerAddress address() {
        return address;
    }

    /** Borrows a connection to {@code database}; close it soon. */
    public Session open(String database) {
        Session session;
        try {
            session = new Session(pools.computeIfAbsent(database, this::pool).getConnection(), where(database));
        } catch (SQLException e) {
            throw new SqlFailure(where(database), "connect", e);
        }
        try {
            check.run();
            return session;
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** Ends every session of a client on this server, whatever it is at, and returns when none is left. */
    public void endSessionsOf(String client) {
        try (Session session = openServer()) {
            Waiting.untilTrue(
                    ENDING_LIMIT,
                    () -> session.list(
                                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = ?",
                                    row -> true,
                                    client)
                            .isEmpty(),
                    limit -> Problem.passing(
                            "SESSIONS_STILL_THERE",
                            "sessions of " + client + " are still on " + address + " after " + limit.toSeconds() + " s",
                            "look for them in pg_stat_activity and end them"));
        }
    }

    /** Borrows a connection to the maintenance database, for what concerns the whole server. */
    public Session openServer() {
        return open("postgres");
    }

    /** Whether a database is there. */
    public boolean has(String name) {
        try (Session session = openServer()) {
            return !session.list("SELECT 1 FROM pg_database WHERE datname = ?", row -> true, name)
                    .isEmpty();
        }
    }

    /** Creates a database where it is absent. */
    public void createDatabase(String name) {
        try (Session session = openServer()) {
            session.execute("CREATE DATABASE " + Sql.name(name));
        } catch (SqlFailure e) {
            if (!e.alreadyThere()) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        pools.values().forEach(HikariDataSource::close);
        housekeeping.shutdownNow();
    }

    private String where(String database) {
        return address.name() + "/" + database;
    }

    private HikariDataSource pool(String database) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(address.name() + "-" + database);
        config.setJdbcUrl(address.jdbcUrl(database));
        config.setUsername(address.user());
        config.addDataSourceProperty("ApplicationName", client);
        config.addDataSourceProperty("connectTimeout", "5");
        config.addDataSourceProperty("socketTimeout", "60");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("options", SETTINGS);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        config.setIdleTimeout(Duration.ofSeconds(30).toMillis());
        config.setConnectionTimeout(Duration.ofSeconds(10).toMillis());
        config.setInitializationFailTimeout(-1);
        config.setScheduledExecutor(housekeeping);
        return new HikariDataSource(config);
    }
}
