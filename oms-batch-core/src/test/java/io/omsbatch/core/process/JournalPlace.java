package io.omsbatch.core.process;

import com.zaxxer.hikari.HikariDataSource;
import io.omsbatch.core.journal.jdbc.JdbcJournalSettings;
import io.omsbatch.core.journal.jdbc.JdbcJournalStore;
import io.omsbatch.core.journal.jdbc.PostgresServer;
import io.omsbatch.core.journal.jdbc.TestDatabase;
import java.util.Map;

/** Where replicas keep their journal, as they are told it. */
record JournalPlace(String url, String user, String password, String prefix) {

    /** A durable server: fsync and synchronous_commit are on. */
    static JournalPlace postgres() {
        return of(PostgresServer.eighteen());
    }

    /** A file that one process at a time can open. */
    static JournalPlace h2() {
        TestDatabase file = TestDatabase.h2();
        ((HikariDataSource) file.source()).close();
        return of(file);
    }

    private static JournalPlace of(TestDatabase database) {
        return new JournalPlace(
                database.url(),
                database.user(),
                database.password(),
                TestDatabase.settings().tablePrefix());
    }

    static JournalPlace heard(Map<String, String> order) {
        return new JournalPlace(
                order.getOrDefault("journal", ""),
                order.getOrDefault("user", ""),
                order.getOrDefault("password", ""),
                order.getOrDefault("prefix", ""));
    }

    Map<String, String> told() {
        return Map.of("journal", url, "user", user, "password", password, "prefix", prefix);
    }

    HikariDataSource pool() {
        return TestDatabase.pool(url, user, password, 6, 5_000);
    }

    JdbcJournalStore open(HikariDataSource pool) {
        return JdbcJournalStore.open(
                pool, JdbcJournalSettings.defaults().withTablePrefix(prefix).withCreateTables(true));
    }
}
