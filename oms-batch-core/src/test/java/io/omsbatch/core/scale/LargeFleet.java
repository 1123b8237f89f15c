package io.omsbatch.core.scale;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.core.OmsBatch;
import io.omsbatch.core.settings.EngineSettings;
import io.omsbatch.core.settings.PlanSettings;
import io.omsbatch.core.settings.SettleSettings;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.stream.IntStream;

/** Stops a large fleet, in a process of its own; says on standard output what came of it. */
final class LargeFleet {

    static final int TASKS = 100_000;
    static final int CONCURRENCY = 64;

    private LargeFleet() {}

    public static void main(String[] arguments) throws InterruptedException {
        CountingPlatform platform = new CountingPlatform(TASKS, Integer.parseInt(arguments[0]));
        EngineSettings defaults = EngineSettings.defaults();
        EngineSettings settings = defaults.withCalls(defaults.calls().withConcurrency(CONCURRENCY))
                .withPlan(PlanSettings.defaults().withMaximumTasks(TASKS))
                .withSettle(new SettleSettings(Duration.ofMinutes(10), Duration.ofMillis(100), Duration.ofSeconds(1)));
        Actor actor = new Actor("ann");
        try (BatchEngine engine = OmsBatch.engine(platform).settings(settings).build()) {
            BatchPlan plan = engine.plan(BatchRequest.of(
                    "large",
                    actor,
                    BatchOperation.stop(),
                    IntStream.range(0, TASKS).mapToObj(CountingPlatform::ref).toList()));
            BatchReport report = engine.run(plan.confirm(actor, "maintenance"))
                    .await(Duration.ofMinutes(3))
                    .orElseThrow();
            System.out.println("counts=" + report.counts());
        }
        System.out.println("commandedOnce=" + platform.commandedOnce());
        System.out.println("mostInFlight=" + platform.mostInFlight());
        System.out.println("peakThreads=" + ManagementFactory.getThreadMXBean().getPeakThreadCount());
    }
}
