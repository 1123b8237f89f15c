package io.omsbatch.examples.benchmarks.durable.cutover;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.Confirmation;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.core.OmsBatch;
import io.omsbatch.core.journal.jdbc.JdbcJournalSettings;
import io.omsbatch.core.journal.jdbc.JdbcJournalStore;
import io.omsbatch.core.settings.CallSettings;
import io.omsbatch.core.settings.EngineSettings;
import io.omsbatch.core.settings.PlanSettings;
import io.omsbatch.core.settings.SettleSettings;
import io.omsbatch.examples.benchmarks.durable.store.Calls;
import io.omsbatch.examples.benchmarks.durable.store.CheckedIteration;
import io.omsbatch.examples.benchmarks.durable.store.Database;
import io.omsbatch.examples.benchmarks.durable.store.JournalRows;
import io.omsbatch.examples.benchmarks.frame.Iteration;
import io.omsbatch.examples.benchmarks.frame.Subject;
import io.omsbatch.examples.benchmarks.frame.WrongOutcomesException;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** This library: a forward switchover of all tasks in lockstep, with its journal in the database. */
final class SwitchoverSubject implements Subject {

    static final String CONFIGURATION =
            "64 calls at once, the first look after 1 ms, else the defaults (3 samples of the sync, barrier"
                    + " at step 7, claims, fencing, hash chain); JdbcJournalStore over a pool of 8; each step observed before and after its"
                    + " command; four gates confirmed or marked for all tasks once the last of them stands there";

    private static final int CONNECTIONS = 8;
    private static final int AT_ONCE = 64;
    private static final Duration DEADLINE = Duration.ofMinutes(10);

    private final JournalRows rows;
    private final JdbcJournalStore journal;

    SwitchoverSubject(Database database) {
        this.rows = new JournalRows(database);
        this.journal = JdbcJournalStore.open(
                database.pool(CONNECTIONS), JdbcJournalSettings.defaults().withCreateTables(true));
    }

    @Override
    public Iteration prepare(int items) {
        rows.empty();
        Calls calls = new Calls(items, ArraySwitchover.STEPS);
        ArraySwitchover gateway = new ArraySwitchover(calls);
        Actor actor = new Actor("ann");
        Operator operator = new Operator(actor, items);
        BatchEngine engine = OmsBatch.engine(gateway)
                .journal(journal)
                .listener(operator)
                .settings(settings(items))
                .build();
        Confirmation confirmation = engine.plan(BatchRequest.of(
                        UUID.randomUUID().toString(), actor, BatchOperation.forwardSwitchover(), gateway.refs()))
                .confirm(actor, "measured");
        AtomicReference<BatchReport> report = new AtomicReference<>();
        return new CheckedIteration(
                calls,
                () -> {
                    SwitchoverWorkflow cutover = engine.switchover(confirmation);
                    operator.takeThrough(cutover);
                    report.set(cutover.completion().toCompletableFuture().get());
                },
                () -> check(Objects.requireNonNull(report.get()), items),
                engine::close);
    }

    private static EngineSettings settings(int items) {
        return EngineSettings.defaults()
                .withCalls(CallSettings.defaults().withConcurrency(AT_ONCE))
                .withSettle(new SettleSettings(DEADLINE, Duration.ofMillis(1), Duration.ofSeconds(1)))
                .withPlan(PlanSettings.defaults().withMaximumTasks(items));
    }

    private void check(BatchReport report, int items) {
        if (report.count(TaskOutcome.Kind.SUCCEEDED) != items) {
            throw new WrongOutcomesException("the report says " + report.counts());
        }
        rows.check(items, ArraySwitchover.STEPS);
    }

    @Override
    public void close() {
        journal.close();
    }
}
