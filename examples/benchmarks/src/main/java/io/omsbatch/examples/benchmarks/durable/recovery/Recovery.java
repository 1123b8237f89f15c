package io.omsbatch.examples.benchmarks.durable.recovery;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.core.journal.jdbc.JdbcJournalSettings;
import io.omsbatch.core.journal.jdbc.JdbcJournalStore;
import io.omsbatch.examples.benchmarks.durable.store.Database;
import io.omsbatch.examples.benchmarks.durable.store.JournalRows;
import io.omsbatch.examples.benchmarks.frame.Iteration;
import io.omsbatch.examples.benchmarks.frame.WrongOutcomesException;
import java.util.List;
import java.util.Map;

/** This library: another process goes on with a run whose process was killed. */
final class Recovery implements Iteration {

    private final Database database;
    private final FilePlatform platform;
    private final int items;
    private final JdbcJournalStore journal;
    private final BatchEngine engine;
    private long succeeded;
    private double readyMillis;
    private double allMillis;

    Recovery(Database database, FilePlatform platform, int items) {
        this.database = database;
        this.platform = platform;
        this.items = items;
        this.journal = JdbcJournalStore.open(database.pool(Replica.CONNECTIONS), JdbcJournalSettings.defaults());
        this.engine = Replica.engine(platform, journal, items);
    }

    @Override
    public void run() throws InterruptedException {
        long begun = System.nanoTime();
        List<BatchRun> runs = engine.recover();
        if (runs.size() != 1) {
            throw new WrongOutcomesException(runs.size() + " runs were taken over, not one");
        }
        succeeded = runs.get(0).await(Replica.PATIENCE).orElseThrow().count(TaskOutcome.Kind.SUCCEEDED);
        allMillis = (System.nanoTime() - begun) / 1e6;
        readyMillis = (platform.firstCommand() - begun) / 1e6;
    }

    @Override
    public void verify() {
        if (succeeded != items) {
            throw new WrongOutcomesException("the report says " + succeeded + " of " + items + " succeeded");
        }
        if (platform.firstCommand() == 0) {
            throw new WrongOutcomesException("no command was left for the second process");
        }
        platform.check();
        new JournalRows(database).check(items, 1);
    }

    @Override
    public Map<String, Double> notes() {
        return Map.of(RecoveryWorkloads.FIRST, readyMillis, "all ms", allMillis);
    }

    @Override
    public void close() {
        engine.close();
        journal.close();
        database.close();
    }
}
