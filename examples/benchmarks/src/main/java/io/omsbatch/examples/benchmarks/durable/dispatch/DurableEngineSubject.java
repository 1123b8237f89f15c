package io.omsbatch.examples.benchmarks.durable.dispatch;

import io.omsbatch.api.Limits;
import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.journal.JournalStore;
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
import io.omsbatch.examples.benchmarks.durable.store.Load;
import io.omsbatch.examples.benchmarks.fleet.Fleet;
import io.omsbatch.examples.benchmarks.fleet.FleetGateway;
import io.omsbatch.examples.benchmarks.fleet.Journals;
import io.omsbatch.examples.benchmarks.frame.Iteration;
import io.omsbatch.examples.benchmarks.frame.Subject;
import io.omsbatch.examples.benchmarks.frame.WrongOutcomesException;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * This library: one engine for all iterations, as a host has it, with its journal in the database; an iteration is a run of stops over a
 * fleet, from the confirmed plan to the report.
 */
final class DurableEngineSubject implements Subject {

    private static final int CONNECTIONS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final JournalRows rows;
    private final JdbcJournalStore journal;
    private final Load load;
    private final Feature feature;
    private final FleetGateway gateway = new FleetGateway(new Fleet(0), number -> {});
    private final BatchEngine engine;
    private volatile Calls calls;

    DurableEngineSubject(Database database, Load load, Feature feature) {
        this.rows = new JournalRows(database);
        this.journal = JdbcJournalStore.open(
                database.pool(CONNECTIONS),
                feature.journal(JdbcJournalSettings.defaults().withCreateTables(true)));
        this.load = load;
        this.feature = feature;
        this.calls = new Calls(0, load);
        this.engine = feature.addTo(OmsBatch.engine(gateway)
                        .journal(load.call().isZero() ? journal : noting())
                        .settings(settings()))
                .build();
    }

    /** Returns how it is configured. */
    static String configuration(Load load, Feature feature) {
        return load.atOnce() + " calls at once, else the defaults (call timeout, retries, claims, fencing, hash chain);"
                + " the first look after 1 ms; JdbcJournalStore over a pool of " + CONNECTIONS
                + "; each task read, claimed, intended, called, looked at, recorded" + feature.text;
    }

    @Override
    public Iteration prepare(int items) {
        rows.empty();
        Calls made = new Calls(items, load);
        Fleet fleet = new Fleet(items);
        gateway.reset(fleet, made::call);
        calls = made;
        Actor actor = new Actor("ann");
        BatchRequest request = BatchRequest.of(UUID.randomUUID().toString(), actor, BatchOperation.stop(), fleet.refs())
                .with(feature.policy());
        Confirmation confirmation = engine.plan(request).confirm(actor, "measured");
        AtomicReference<BatchReport> report = new AtomicReference<>();
        return CheckedIteration.of(
                made,
                () -> report.set(engine.run(confirmation).await(PATIENCE).orElseThrow()),
                () -> check(Objects.requireNonNull(report.get()), items));
    }

    private void check(BatchReport report, int items) {
        if (report.count(TaskOutcome.Kind.SUCCEEDED) != items) {
            throw new WrongOutcomesException("the report says " + report.counts());
        }
        rows.check(items, 1);
    }

    private JournalStore noting() {
        return Journals.tellingOutcomes(journal, task -> calls.recorded(Fleet.number(task)));
    }

    private EngineSettings settings() {
        return EngineSettings.defaults()
                .withCalls(CallSettings.defaults().withConcurrency(load.atOnce()))
                .withSettle(new SettleSettings(PATIENCE, Duration.ofMillis(1), Duration.ofSeconds(1)))
                .withPlan(PlanSettings.defaults().withMaximumTasks(Limits.TASKS));
    }

    @Override
    public void close() {
        engine.close();
        journal.close();
    }
}
