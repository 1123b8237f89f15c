package io.omsbatch.examples.embedding;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.core.OmsBatch;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Starts every task that was never started: plan, confirm, run, report. */
public final class QuickStart {

    private QuickStart() {}

    public static void main(String[] args) throws InterruptedException {
        InMemoryGateway gateway = new InMemoryGateway(); // yours: implements TaskGateway
        List.of("orders", "billing", "stock").forEach(gateway::add);

        try (BatchEngine engine = OmsBatch.engine(gateway).build()) {
            Actor me = new Actor("ann@example.com");
            List<TaskRef> selected = engine.select(task -> task.status() == TaskStatus.NOT_STARTED, 100);
            BatchRequest request = BatchRequest.of(UUID.randomUUID().toString(), me, BatchOperation.start(), selected);
            BatchPlan plan = engine.plan(request);
            System.out.print(plan.render()); // what a confirmation dialog shows
            BatchRun run = engine.run(plan.confirm(me, "go-live, change 4711"));
            BatchReport report = run.await(Duration.ofMinutes(15)).orElseThrow();
            System.out.print(report.render()); // the counts, and each task that did not succeed, with what to do
        }
    }
}
