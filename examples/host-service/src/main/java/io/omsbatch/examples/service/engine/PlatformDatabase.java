package io.omsbatch.examples.service.engine;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;

/**
 * The platform's database, in a file of its own beside the journal's. It is no {@code DataSource} itself, so that Spring Boot makes the one
 * for the journal.
 */
final class PlatformDatabase implements AutoCloseable {

    private final HikariDataSource source = new HikariDataSource();

    PlatformDatabase(String folder) {
        source.setPoolName("platform");
        // Spring closes it after the engine; H2 would do that by itself, as soon as the process is told to end.
        source.setJdbcUrl("jdbc:h2:async:" + folder + "/platform;DB_CLOSE_ON_EXIT=FALSE");
        source.setConnectionTimeout(5_000);
    }

    DataSource source() {
        return source;
    }

    @Override
    public void close() {
        source.close();
    }
}
