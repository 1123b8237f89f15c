package io.omsbatch.examples.benchmarks.plan;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.plan.PlanEntry;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.OmsBatch;
import io.omsbatch.examples.benchmarks.fleet.EngineSetup;
import io.omsbatch.examples.benchmarks.fleet.FleetGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The engine as a maker of plans. */
final class EnginePlans implements PlanSubject.Maker {

    private final BatchEngine engine;

    EnginePlans(FleetGateway gateway, int atOnce) {
        engine = OmsBatch.engine(gateway)
                .settings(EngineSetup.of(atOnce, Duration.ZERO).settings())
                .build();
    }

    @Override
    public PlanSubject.Groups make(List<TaskRef> refs) {
        BatchPlan plan = engine.plan(
                BatchRequest.of(UUID.randomUUID().toString(), new Actor("benchmark"), BatchOperation.stop(), refs));
        List<MigrationTask> excluded = new ArrayList<>();
        for (PlanEntry entry : plan.excluded()) {
            if (entry instanceof PlanEntry.Ineligible ineligible && ineligible.task() != null) {
                excluded.add(ineligible.task());
            }
        }
        return new PlanSubject.Groups(plan.eligible(), excluded);
    }

    @Override
    public void close() {
        engine.close();
    }
}
