package io.omsbatch.examples.benchmarks.fleet;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.Confirmation;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.core.EngineBuilder;
import io.omsbatch.core.OmsBatch;
import io.omsbatch.examples.benchmarks.frame.CallLog;
import io.omsbatch.examples.benchmarks.frame.Iteration;
import io.omsbatch.examples.benchmarks.frame.Subject;
import io.omsbatch.examples.benchmarks.frame.WrongOutcomesException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** This library: one engine for all iterations, as a host has it; an iteration is a run from its confirmation to its report. */
public final class EngineSubject implements Subject {

    private static final Actor ACTOR = new Actor("benchmark");
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final EngineSetup setup;
    private final FleetGateway gateway = new FleetGateway(new Fleet(0), number -> {});
    private final @Nullable JournalStore journal;
    private final BatchEngine engine;
    private volatile CallLog calls = new CallLog(0, Duration.ZERO);

    /**
     * Creates the engine, with its own journal in memory.
     *
     * @param setup how it is set up
     */
    public EngineSubject(EngineSetup setup) {
        this(setup, null);
    }

    /**
     * Creates the engine.
     *
     * @param setup how it is set up
     * @param store its journal, which is closed with it; the lag of outcomes is measured there. With null it has its own in memory
     */
    public EngineSubject(EngineSetup setup, @Nullable JournalStore store) {
        this.setup = setup;
        this.journal = store;
        EngineBuilder builder = setup.features().apply(OmsBatch.engine(gateway).settings(setup.settings()));
        this.engine = (store == null
                        ? builder
                        : builder.journal(Journals.tellingOutcomes(store, task -> calls.succeeded(Fleet.number(task)))))
                .build();
    }

    @Override
    public Iteration prepare(int items) {
        Fleet fleet = new Fleet(items);
        CallLog log = new CallLog(items, setup.call());
        gateway.reset(fleet, log::call);
        calls = log;
        BatchRequest request = BatchRequest.of(UUID.randomUUID().toString(), ACTOR, BatchOperation.stop(), fleet.refs())
                .with(setup.policy());
        return new EngineRun(engine.plan(request).confirm(ACTOR, "measured"), log);
    }

    @Override
    public void close() {
        engine.close();
        if (journal != null) {
            journal.close();
        }
    }

    private final class EngineRun implements Iteration {

        private final Confirmation confirmation;
        private final CallLog log;
        private @Nullable BatchReport report;

        EngineRun(Confirmation confirmation, CallLog log) {
            this.confirmation = confirmation;
            this.log = log;
        }

        @Override
        public void run() throws InterruptedException {
            report = engine.run(confirmation).await(LONGEST).orElse(null);
        }

        @Override
        public void verify() {
            if (report == null) {
                throw new WrongOutcomesException("the run did not end within " + LONGEST);
            }
            for (TaskResult result : report.results()) {
                if (result.outcome().kind() != TaskOutcome.Kind.SUCCEEDED) {
                    throw new WrongOutcomesException("not a success: " + result);
                }
                if (journal == null) {
                    log.succeeded(Fleet.number(result.ref()));
                }
            }
            log.verify();
        }

        @Override
        public Map<String, Double> notes() {
            return log.notes();
        }
    }
}
