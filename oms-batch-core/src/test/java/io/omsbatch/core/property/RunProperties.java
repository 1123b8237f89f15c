package io.omsbatch.core.property;

import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.Confirmation;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.arbitraries.FaultArbitraries;
import io.omsbatch.testkit.arbitraries.OperationArbitraries;
import io.omsbatch.testkit.arbitraries.TaskArbitraries;
import io.omsbatch.testkit.check.Promises;
import io.omsbatch.testkit.check.RunHistory;
import io.omsbatch.testkit.fault.FaultScript;
import io.omsbatch.testkit.history.CallKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

@Label("Runs of plain operations")
class RunProperties {

    private static final List<TaskRef> REFS = IntStream.rangeClosed(1, 6)
            .mapToObj(number -> new TaskRef("oms", "t" + number))
            .toList();
    private static final int ROUNDS = 4;
    private static final Set<CallKind> CALLS = Set.of(CallKind.READ, CallKind.COMMAND);

    /** Tasks t1, t2, …, one to six of them. */
    @Provide
    Arbitrary<List<MigrationTask>> tasks() {
        return Arbitraries.integers()
                .between(1, REFS.size())
                .flatMap(number -> Combinators.combine(REFS.subList(0, number).stream()
                                .map(TaskArbitraries::tasks)
                                .toList())
                        .as(tasks -> tasks));
    }

    @Provide
    Arbitrary<BatchOperation> plainOperations() {
        return OperationArbitraries.plainOperations();
    }

    @Provide
    Arbitrary<Setting> settings() {
        return Setting.limited();
    }

    @Provide
    Arbitrary<FaultScript> faults() {
        return FaultArbitraries.scripts(REFS, CALLS);
    }

    @Property(tries = 2_000, seed = Seeds.FIXED)
    @Label("keep PLAN-1, PLAN-2, RUN-1, RUN-2, RUN-3, RUN-4, RUN-8 and RUN-10, whatever goes wrong with the platform")
    void keepPromises(
            @ForAll("settings") Setting setting,
            @ForAll("tasks") List<MigrationTask> tasks,
            @ForAll("plainOperations") BatchOperation operation,
            @ForAll("faults") FaultScript faults) {
        try (Scene scene = new Scene(setting, tasks, faults)) {
            BatchPlan plan;
            try {
                plan = scene.plan(operation, selection(tasks));
            } catch (GatewayException unreadable) {
                requireNothingCommanded(scene);
                return;
            }
            requireNothingCommanded(scene);
            BatchRun run = scene.engine.run(plan.confirm(Scene.ANN, "property"));
            BatchReport report = scene.await(run);
            RunHistory history = scene.history(run, report);
            Promises.all(history);
            scene.requireUnbroken(history);
            if (!scene.slotsTaken()) {
                Promises.run6(history, scene.platform.touched());
            }
        }
    }

    @Property(tries = 1_000, seed = Seeds.FIXED)
    @Label("RUN-4: once the platform behaves again, a second run finishes what the first one left")
    void secondRunFinishes(
            @ForAll("settings") Setting setting,
            @ForAll("tasks") List<MigrationTask> tasks,
            @ForAll("plainOperations") BatchOperation operation,
            @ForAll("faults") FaultScript faults) {
        try (Scene scene = new Scene(setting, tasks, faults)) {
            List<RunHistory> histories = new ArrayList<>();
            Set<TaskRef> unknown = new HashSet<>();
            boolean undisturbed = false;
            for (int round = 0; round < ROUNDS; round++) {
                int faultsBefore = scene.faultsPlayed();
                try {
                    Confirmation consent = scene.plan(operation, selection(tasks))
                            .confirm(Scene.ANN, "property")
                            .acknowledging(unknown);
                    BatchRun run = scene.engine.run(consent);
                    BatchReport report = scene.await(run);
                    histories.add(scene.history(run, report));
                    unknown.addAll(with(report, TaskOutcome.Kind.UNKNOWN));
                    undisturbed = scene.faultsPlayed() == faultsBefore && !scene.slotsTaken();
                } catch (GatewayException unreadable) {
                    // nothing was changed; the next round finds the platform a few faults further on
                }
                scene.environment.advance(Duration.ofHours(1));
            }
            Promises.run5(histories);
            Promises.run11(histories);
            if (undisturbed) {
                Promises.run6(histories.get(histories.size() - 1), Set.of());
            }
        }
    }

    @Property(tries = 1_000, seed = Seeds.FIXED)
    @Label(
            "RUN-5, RUN-11: two runs and a repeated request at once never command a task together, and a request has one run")
    void manyRuns(
            @ForAll("settings") Setting setting,
            @ForAll("tasks") List<MigrationTask> tasks,
            @ForAll("plainOperations") BatchOperation one,
            @ForAll("plainOperations") BatchOperation other,
            @ForAll("faults") FaultScript faults) {
        try (Scene scene = new Scene(setting, tasks, faults)) {
            BatchPlan first;
            BatchPlan second;
            try {
                first = scene.plan(one, selection(tasks));
                second = scene.plan(other, selection(tasks));
            } catch (GatewayException unreadable) {
                return;
            }
            Confirmation consent = first.confirm(Scene.ANN, "one");
            BatchRun run = scene.engine.run(consent);
            BatchRun rival = scene.engine.run(second.confirm(Scene.ANN, "other"));
            BatchRun again = scene.engine.run(consent);
            List<RunHistory> histories = new ArrayList<>();
            for (BatchRun each : List.of(run, rival, again)) {
                histories.add(scene.history(each, scene.await(each)));
            }
            Promises.run5(histories);
            Promises.run11(histories);
            histories.forEach(Promises::all);
            scene.requireUnbroken(histories.get(0));
        }
    }

    /** Selects all tasks, the first one twice, and one that does not exist. */
    private static List<TaskRef> selection(List<MigrationTask> tasks) {
        List<TaskRef> selected =
                new ArrayList<>(tasks.stream().map(MigrationTask::ref).toList());
        selected.add(tasks.get(0).ref());
        selected.add(new TaskRef("oms", "missing"));
        return selected;
    }

    private static Set<TaskRef> with(BatchReport report, TaskOutcome.Kind kind) {
        return report.results().stream()
                .filter(result -> result.outcome().kind() == kind)
                .map(TaskResult::ref)
                .collect(Collectors.toSet());
    }

    private static void requireNothingCommanded(Scene scene) {
        boolean commanded =
                scene.platform.calls().stream().anyMatch(call -> call.kind().mutates());
        if (commanded) {
            throw new AssertionError("PLAN-1 is broken: planning changed something\n" + scene.platform.history());
        }
    }
}
