package io.omsbatch.examples.benchmarks.durable.cutover;

import io.omsbatch.examples.benchmarks.durable.store.BatchRepository;
import io.omsbatch.examples.benchmarks.durable.store.Calls;
import io.omsbatch.examples.benchmarks.durable.store.CheckedIteration;
import io.omsbatch.examples.benchmarks.durable.store.Database;
import io.omsbatch.examples.benchmarks.durable.store.OutcomeTable;
import io.omsbatch.examples.benchmarks.frame.Iteration;
import io.omsbatch.examples.benchmarks.frame.Subject;
import java.util.stream.IntStream;
import org.springframework.batch.core.Job;
import org.springframework.batch.core.Step;

/** Spring Batch: a job of eight chunk steps. */
final class SpringBatchSteps implements Subject {

    static final String CONFIGURATION =
            "Spring Batch 5.2.6: a job of 8 chunk steps, chunk 100, 1 thread; JDBC repository and outcome rows in"
                    + " one database and one transaction; no intents, no gates";

    private static final int CHUNK = 100;

    private final OutcomeTable table;
    private final BatchRepository repository;

    SpringBatchSteps(Database database) {
        this.table = new OutcomeTable(database);
        this.repository = new BatchRepository(database, 1);
    }

    @Override
    public Iteration prepare(int items) {
        table.empty();
        Calls calls = new Calls(items, ArraySwitchover.STEPS);
        Step[] others = IntStream.rangeClosed(2, ArraySwitchover.STEPS)
                .mapToObj(step -> repository.step(calls, step, CHUNK, 1))
                .toArray(Step[]::new);
        Job job = repository.job(repository.step(calls, 1, CHUNK, 1), others);
        return CheckedIteration.of(calls, () -> repository.run(job), () -> table.check(items, ArraySwitchover.STEPS));
    }
}
