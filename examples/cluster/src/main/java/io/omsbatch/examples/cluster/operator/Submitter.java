package io.omsbatch.examples.cluster.operator;

import io.omsbatch.api.eligibility.Lane;
import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.examples.cluster.database.Database;
import io.omsbatch.examples.cluster.replica.RunOrder;
import io.omsbatch.examples.cluster.replica.Scheduling;
import java.io.PrintStream;
import java.util.List;
import java.util.UUID;

/** Plans and confirms a run for each lane, and lets some replica run it. For one thread. */
public final class Submitter {
    private static final int MOST_TASKS = 10_000;

    private final BatchEngine engine;
    private final Database service;
    private final Actor actor;
    private final PrintStream out;

    /** Submits with the plans of {@code engine}, which runs nothing itself. */
    public Submitter(BatchEngine engine, Database service, Actor actor, PrintStream out) {
        this.engine = engine;
        this.service = service;
        this.actor = actor;
        this.out = out;
    }

    /** Submits all tasks of the platform; says how many runs that makes. */
    public int submitAll() {
        List<Lane> lanes = plan(engine.select(task -> true, MOST_TASKS)).lanes();
        for (Lane lane : lanes) {
            BatchPlan plan = plan(lane.tasks());
            out.printf(
                    "  lane %d: %d tasks of %s, from %s on%n",
                    lane.number(),
                    lane.tasks().size(),
                    lane.type(),
                    lane.entryStep().title());
            Scheduling.order(service, RunOrder.of(plan, actor, "change 4711, lane " + lane.number()));
        }
        return lanes.size();
    }

    private BatchPlan plan(List<TaskRef> tasks) {
        return engine.plan(
                BatchRequest.of(UUID.randomUUID().toString(), actor, BatchOperation.forwardSwitchover(), tasks));
    }
}
