package io.omsbatch.examples.postgres.demo;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.core.journal.jdbc.JdbcJournalSettings;
import io.omsbatch.core.journal.jdbc.JdbcJournalStore;
import io.omsbatch.examples.postgres.database.Databases;
import io.omsbatch.examples.postgres.problem.PlatformFailure;
import io.omsbatch.examples.postgres.problem.Problem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The journal of a run in a database. Thread-safe. */
final class RunJournal implements AutoCloseable {
    private static final String DATABASE = "oms_journal";
    private static final int CONNECTIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HikariDataSource pool;
    private final JournalStore store;

    private RunJournal(HikariDataSource pool, JournalStore store) {
        this.pool = pool;
        this.store = store;
    }

    /** Opens the one that an assignment names; null if it names none. */
    static @Nullable RunJournal open(Assignment assignment, Databases target) {
        String journal = assignment.options().journal();
        if (journal == null) {
            return null;
        }
        if (journal.equals(DemoOptions.EMBEDDED)) {
            target.createDatabase(DATABASE);
            return open(
                    assignment.id(),
                    target.address().jdbcUrl(DATABASE),
                    target.address().user());
        }
        return open(assignment.id(), journal, null);
    }

    /** Fails, before anything was done, if the journal that an assignment names cannot be used. */
    static void check(Assignment assignment) {
        String journal = assignment.options().journal();
        if (journal != null && !journal.equals(DemoOptions.EMBEDDED)) {
            open(assignment.id(), journal, null).close();
        }
    }

    JournalStore store() {
        return store;
    }

    @Override
    public void close() {
        try (pool) {
            store.close();
        }
    }

    private static RunJournal open(String id, String address, @Nullable String user) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("journal");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setInitializationFailTimeout(PATIENCE.toMillis());
        HikariDataSource pool = null;
        try {
            config.setJdbcUrl(address);
            config.setUsername(user);
            pool = new HikariDataSource(config);
            // runs that share a database have tables of their own, so that none takes over the batches of another
            JdbcJournalSettings settings = JdbcJournalSettings.defaults()
                    .withTablePrefix("oms_" + id + "_")
                    .withCreateTables(true);
            return new RunJournal(pool, JdbcJournalStore.open(pool, settings));
        } catch (RuntimeException e) {
            if (pool != null) {
                pool.close();
            }
            throw unusable(address, e);
        }
    }

    /** What follows in an address after this may hold a password. */
    private static RuntimeException unusable(String address, RuntimeException cause) {
        String shown = address.split("[?;]", 2)[0];
        return new PlatformFailure(
                Problem.of(
                        "JOURNAL_UNUSABLE",
                        "the journal at " + shown + " cannot be used: "
                                + String.valueOf(cause.getMessage()).replace(address, shown),
                        "repair what this names, or use --journal " + DemoOptions.EMBEDDED),
                cause);
    }
}
