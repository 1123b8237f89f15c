package io.omsbatch.examples.benchmarks.durable.dispatch;

import io.omsbatch.examples.benchmarks.durable.store.BatchRepository;
import io.omsbatch.examples.benchmarks.durable.store.Calls;
import io.omsbatch.examples.benchmarks.durable.store.CheckedIteration;
import io.omsbatch.examples.benchmarks.durable.store.Database;
import io.omsbatch.examples.benchmarks.durable.store.Load;
import io.omsbatch.examples.benchmarks.durable.store.OutcomeTable;
import io.omsbatch.examples.benchmarks.frame.Iteration;
import io.omsbatch.examples.benchmarks.frame.Subject;
import org.springframework.batch.core.Job;

/** Spring Batch: one chunk step, whose outcome rows are in the transaction of its repository. */
final class SpringBatchSubject implements Subject {

    private final OutcomeTable table;
    private final BatchRepository repository;
    private final Load load;
    private final int chunk;

    /** Opens it; {@code load.atOnce()} threads each take chunks of a size. */
    SpringBatchSubject(Database database, Load load, int chunk) {
        this.table = new OutcomeTable(database);
        this.repository = new BatchRepository(database, load.atOnce());
        this.load = load;
        this.chunk = chunk;
    }

    /** Returns how it is configured. */
    static String configuration(Load load, int chunk) {
        return "Spring Batch 5.2.6: one chunk step of " + chunk + ", " + load.atOnce()
                + (load.atOnce() == 1 ? " thread" : " threads, a connection each")
                + "; JDBC repository and outcome rows in one database and one transaction; no intents: a crash repeats up to "
                + chunk + " calls a thread";
    }

    @Override
    public Iteration prepare(int items) {
        table.empty();
        Calls calls = new Calls(items, load);
        Job job = repository.job(repository.step(calls, 1, chunk, load.atOnce()));
        return CheckedIteration.of(calls, () -> repository.run(job), () -> table.check(items, 1));
    }
}
