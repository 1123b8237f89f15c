package io.omsbatch.examples.postgres.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
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
    private final Map<String, HikariDataSource> pools = new ConcurrentHashMap<>();
    private final ScheduledExecutorService housekeeping;

    /** Sessions on the server at {@code address}; connects when first asked. */
    public Databases(ServerAddress address) {
        this.address = address;
        this.housekeeping = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "connections-" + address.name());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The server. */
    public ServerAddress address() {
        return address;
    }

    /** Borrows a connection to {@code database}; close it soon. */
    public Session open(String database) {
        try {
            return new Session(pools.computeIfAbsent(database, this::pool).getConnection(), where(database));
        } catch (SQLException e) {
            throw new SqlFailure(where(database), "connect", e);
        }
    }

    /** Borrows a connection to the maintenance database, for what concerns the whole server. */
    public Session openServer() {
        return open("postgres");
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
        config.addDataSourceProperty("ApplicationName", "oms-batch platform");
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
