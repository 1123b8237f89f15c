package io.omsbatch.examples.benchmarks.scale;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.core.OmsBatch;
import io.omsbatch.examples.benchmarks.fleet.EngineSetup;
import io.omsbatch.examples.benchmarks.fleet.Fleet;
import io.omsbatch.examples.benchmarks.fleet.FleetGateway;
import io.omsbatch.examples.benchmarks.frame.Iteration;
import io.omsbatch.examples.benchmarks.frame.Subject;
import io.omsbatch.examples.benchmarks.frame.WrongOutcomesException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** A run whose first calls are held: what the heap has more than before the request was made is what its waiting tasks need. */
final class WaitingEngine implements Subject {

    /** By this name the bytes are told. */
    static final String BYTES = "bytes of a waiting task";

    private static final Actor ACTOR = new Actor("benchmark");
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final int atOnce;

    WaitingEngine(int atOnce) {
        this.atOnce = atOnce;
    }

    @Override
    public Iteration prepare(int items) {
        HeldCalls calls = new HeldCalls(items, atOnce);
        Fleet fleet = new Fleet(items);
        FleetGateway gateway = new FleetGateway(fleet, calls::call).answeringAnew();
        BatchEngine engine = OmsBatch.engine(gateway)
                .settings(EngineSetup.of(atOnce, Duration.ZERO).settings())
                .build();
        return new Iteration() {

            private double bytes;

            @Override
            public void run() throws InterruptedException {
                long before = Heap.used();
                BatchRequest request =
                        BatchRequest.of(UUID.randomUUID().toString(), ACTOR, BatchOperation.stop(), fleet.refs());
                BatchRun run = engine.run(engine.plan(request).confirm(ACTOR, "measured"));
                calls.awaitHeld();
                bytes = (double) (Heap.used() - before) / items;
                calls.letGo();
                BatchReport report = run.await(LONGEST)
                        .orElseThrow(() -> new WrongOutcomesException("the run did not end within " + LONGEST));
                for (TaskResult result : report.results()) {
                    if (result.outcome().kind() == TaskOutcome.Kind.SUCCEEDED) {
                        calls.succeeded(Fleet.number(result.ref()));
                    }
                }
            }

            @Override
            public void verify() {
                calls.verify();
            }

            @Override
            public Map<String, Double> notes() {
                return Map.of(BYTES, bytes);
            }

            @Override
            public void close() {
                engine.close();
            }
        };
    }
}
