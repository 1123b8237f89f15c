package io.omsbatch.core.journal.jdbc;

import static io.omsbatch.core.journal.jdbc.H2DurabilityTest.opensAccepting;
import static io.omsbatch.core.journal.jdbc.H2DurabilityTest.refused;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A journal on a server does not open where acknowledged commits could be lost")
class ServerDurabilityIT {

    @Test
    @DisplayName("PostgreSQL with fsync or synchronous_commit off is refused, naming both, unless accepted by name")
    void postgres() {
        DataSource source = PostgresServer.started(18, Map.of("fsync", "off", "synchronous_commit", "off"))
                .source();
        refused(source, "fsync is off", "fsync = on", "synchronous_commit is off", "synchronous_commit = on");
        opensAccepting(source, DurabilityRisk.POSTGRESQL_FSYNC, DurabilityRisk.POSTGRESQL_SYNCHRONOUS_COMMIT);
    }

    @Test
    @DisplayName("synchronous_commit turned off for the journal's connections only is found as well")
    void postgresConnections() {
        TestDatabase server = PostgresServer.eighteen();
        try (HikariDataSource source = TestDatabase.pool(
                server.url() + "&options=-c%20synchronous_commit=off", server.user(), server.password())) {
            refused(source, "synchronous_commit is off", "DurabilityRisk.POSTGRESQL_SYNCHRONOUS_COMMIT");
            opensAccepting(source, DurabilityRisk.POSTGRESQL_SYNCHRONOUS_COMMIT);
        }
        opensAccepting(server.source());
    }

    @Test
    @DisplayName("MariaDB with innodb_flush_log_at_trx_commit 2, or a binary log that is not synced, is refused")
    void mariaDb() {
        DataSource source = MariaDbServer.started(
                        "--innodb-flush-log-at-trx-commit=2", "--log-bin=bin", "--server-id=1", "--sync-binlog=0")
                .source();
        refused(
                source,
                "innodb_flush_log_at_trx_commit is 2",
                "innodb_flush_log_at_trx_commit = 1",
                "sync_binlog is 0");
        opensAccepting(source, DurabilityRisk.MYSQL_FLUSH_LOG, DurabilityRisk.MYSQL_SYNC_BINLOG);
        opensAccepting(MariaDbServer.shared().source());
    }
}
