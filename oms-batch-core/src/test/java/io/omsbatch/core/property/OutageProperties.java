package io.omsbatch.core.property;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.OutageJournal;
import io.omsbatch.core.OutageJournal.Fate;
import io.omsbatch.testkit.arbitraries.FaultArbitraries;
import io.omsbatch.testkit.arbitraries.OperationArbitraries;
import io.omsbatch.testkit.arbitraries.TaskArbitraries;
import io.omsbatch.testkit.check.Promises;
import io.omsbatch.testkit.check.RunHistory;
import io.omsbatch.testkit.fault.FaultScript;
import io.omsbatch.testkit.history.CallKind;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

@Label("DUR-5: Runs whose journal fails now and then")
class OutageProperties {

    private static final List<TaskRef> REFS = IntStream.rangeClosed(1, 6)
            .mapToObj(number -> new TaskRef("oms", "t" + number))
            .toList();

    private static final List<Fate> FAILURES =
            List.of(Fate.UNAVAILABLE, Fate.LOST, Fate.ANSWER_LOST, Fate.BROKEN_AFTERWARDS);

    @Provide
    Arbitrary<List<MigrationTask>> tasks() {
        return Combinators.combine(REFS.stream().map(TaskArbitraries::tasks).toList())
                .as(tasks -> tasks);
    }

    @Provide
    Arbitrary<BatchOperation> plainOperations() {
        return OperationArbitraries.plainOperations();
    }

    @Provide
    Arbitrary<Setting> settings() {
        return Setting.any();
    }

    @Provide
    Arbitrary<FaultScript> faults() {
        return Arbitraries.oneOf(
                Arbitraries.just(FaultScript.none()),
                FaultArbitraries.scripts(REFS, Set.of(CallKind.READ, CallKind.COMMAND)));
    }

    @Property(tries = 1_000, seed = Seeds.FIXED)
    @Label(
            "keep RUN-1 to RUN-8, whatever goes wrong with the platform meanwhile, and whatever is written without an answer")
    void keepPromises(
            @ForAll("settings") Setting setting,
            @ForAll("tasks") List<MigrationTask> tasks,
            @ForAll("plainOperations") BatchOperation operation,
            @ForAll("faults") FaultScript faults,
            @ForAll @IntRange(min = 10, max = 50) int percent) {
        OutageJournal way = new OutageJournal();
        try (Scene scene = new Scene(setting, tasks, faults);
                BatchEngine engine = scene.another(way.before(scene.journal))) {
            BatchPlan plan;
            try {
                plan = engine.plan(BatchRequest.of("request", Scene.ANN, operation, REFS));
            } catch (GatewayException unreadable) {
                return;
            }
            Random chance = new Random(setting.seed());
            AtomicInteger failures = new AtomicInteger();
            way.script((method, facts) -> {
                boolean fails =
                        Set.of("append", "claim", "read", "renew").contains(method) && chance.nextInt(100) < percent;
                failures.addAndGet(fails ? 1 : 0);
                return fails ? FAILURES.get(chance.nextInt(FAILURES.size())) : Fate.WORKS;
            });
            BatchRun run = engine.run(plan.confirm(Scene.ANN, "property"));
            BatchReport report = scene.await(run);
            RunHistory history = scene.history(run, report);
            Promises.all(history);
            scene.requireUnbroken(history);
            Statistics.label("failures of the journal").collect(Math.min(failures.get(), 5));
        }
    }
}
