package io.omsbatch.examples.postgres.demo;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.core.journal.jdbc.JdbcJournalSettings;
import io.omsbatch.core.journal.jdbc.JdbcJournalStore;
import io.omsbatch.examples.postgres.database.Databases;
import io.omsbatch.examples.postgres.problem.PlatformFailure;
import io.omsbatch.examples.postgres.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The journal of a run in a database, and the requests that lead to its runs: each has an id that follows from the run's own, so
 * that a process that goes on with it finds what was confirmed before. Thread-safe.
 */
final class RunJournal implements AutoCloseable {
    private static final String DATABASE = "oms_journal";
    private static final int FACTS_AT_ONCE = 1_000;
    private static final int CONNECTIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String id;
    private final HikariDataSource pool;
    private final JournalStore store;

    private RunJournal(String id, HikariDataSource pool, JournalStore store) {
        this.id = id;
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

    /** The id of the next request for an operation; one for which there is no run yet. */
    String nextRequest(OperationKind kind) {
        return request(kind, runs(kind).size() + 1);
    }

    /** The runs of an operation, oldest first. */
    List<RunRecord> runs(OperationKind kind) {
        List<RunRecord> runs = new ArrayList<>();
        Optional<RunRecord> run = store.runOfRequest(request(kind, 1));
        while (run.isPresent()) {
            runs.add(run.get());
            run = store.runOfRequest(request(kind, runs.size() + 1));
        }
        return runs;
    }

    /** The run that was under way when its process was killed. */
    Optional<RunRecord> unfinished() {
        return Arrays.stream(OperationKind.values())
                .flatMap(kind -> runs(kind).stream())
                .filter(run -> !ended(run))
                .findFirst();
    }

    private boolean ended(RunRecord run) {
        List<JournalEntry> page = store.read(run.runId(), 0, FACTS_AT_ONCE);
        while (!page.isEmpty()) {
            if (page.stream().anyMatch(entry -> entry.record().kind() == JournalRecord.Kind.ENDED)) {
                return true;
            }
            page = store.read(run.runId(), page.get(page.size() - 1).sequence(), FACTS_AT_ONCE);
        }
        return false;
    }

    private String request(OperationKind kind, int number) {
        return id + "/" + kind + "/" + number;
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
            return new RunJournal(id, pool, JdbcJournalStore.open(pool, settings));
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
