package io.omsbatch.core.property;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.FailureBudget;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.operation.Wave;
import io.omsbatch.api.operation.Waves;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
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
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** Operators who pause, resume and cancel a run at any time, on its own replica and on another. */
@Label("Pause, resume and cancel, at any time and from any replica,")
class RunControlProperties {

    private static final List<TaskRef> REFS = IntStream.rangeClosed(1, 5)
            .mapToObj(number -> new TaskRef("oms", "t" + number))
            .toList();

    /** What somebody does: after how long, what, and where. */
    record Order(int waitSeconds, RunAction action, boolean elsewhere) {}

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
        return FaultArbitraries.scripts(REFS, Set.of(CallKind.READ, CallKind.COMMAND));
    }

    @Provide
    Arbitrary<List<Order>> orders() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 8),
                        Arbitraries.of(RunAction.PAUSE, RunAction.PAUSE, RunAction.RESUME, RunAction.CANCEL),
                        Arbitraries.of(true, false))
                .as(Order::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<RunPolicy> policies() {
        Arbitrary<FailureBudget> budgets = Combinators.combine(
                        Arbitraries.of(FailureBudget.Measure.class),
                        Arbitraries.integers().between(0, 6),
                        Arbitraries.of(FailureBudget.Mode.class))
                .as((measure, value, mode) -> new FailureBudget(
                        measure, measure == FailureBudget.Measure.TASKS ? value : value * 1_000, mode));
        Arbitrary<Wave> parts = Arbitraries.oneOf(
                Arbitraries.integers().between(1, 3).map(Wave.First::new),
                Arbitraries.integers().between(1, 10_000).map(Wave.UpTo::new));
        Arbitrary<Waves> waves = Combinators.combine(
                        parts.list().ofMinSize(1).ofMaxSize(3),
                        budgets,
                        Arbitraries.integers().between(0, 30))
                .as((list, budget, soak) -> new Waves(list, budget, Duration.ofSeconds(soak), null));
        return Combinators.combine(budgets.injectNull(0.4), Arbitraries.of(true, false), waves.injectNull(0.5))
                .as((budget, ramp, parted) -> new RunPolicy(budget, ramp, parted, null, null));
    }

    @Property(tries = 1_000, seed = Seeds.FIXED)
    @Label(
            "keep RUN-1 to RUN-9, RUN-7 with any budget, ramp and waves, whatever goes wrong with the platform meanwhile")
    void keepPromises(
            @ForAll("settings") Setting setting,
            @ForAll("tasks") List<MigrationTask> tasks,
            @ForAll("plainOperations") BatchOperation operation,
            @ForAll("policies") RunPolicy policy,
            @ForAll("faults") FaultScript faults,
            @ForAll("orders") List<Order> orders) {
        try (Scene scene = new Scene(setting, tasks, faults);
                BatchEngine other = scene.another()) {
            BatchPlan plan;
            try {
                plan = scene.plan(operation, REFS, policy);
            } catch (GatewayException unreadable) {
                return;
            }
            BatchRun run = scene.engine.run(plan.confirm(Scene.ANN, "property"));
            BatchRun there = other.find(run.id()).orElseThrow();
            boolean canceled = false;
            for (Order order : orders) {
                scene.environment.advance(Duration.ofSeconds(order.waitSeconds()));
                ControlAnswer answer = give(order.elsewhere() ? there : run, order.action());
                boolean accepted = answer instanceof ControlAnswer.Accepted;
                canceled |= accepted && order.action() == RunAction.CANCEL;
                Statistics.label("answers").collect(order.action(), accepted);
            }
            BatchReport report = seeThrough(run, scene);
            RunHistory history = scene.history(run, report);
            Promises.all(history);
            scene.requireUnbroken(history);
            if (!canceled && report.render().contains("RUN_CANCELED")) {
                throw new AssertionError("RUN-9 is broken: nobody canceled\n" + history.print());
            }
            scene.environment.advance(Duration.ofSeconds(5));
            if (!there.results().equals(report.results())) {
                throw new AssertionError("another replica saw " + there.results() + "\n" + history.print());
            }
        }
    }

    private static ControlAnswer give(BatchRun run, RunAction action) {
        return run.control(new RunControl(action, run.version(), Scene.ANN, "it came to mind"));
    }

    /** Resumes the run whenever it pauses, by itself too, until it ends. */
    private static BatchReport seeThrough(BatchRun run, Scene scene) {
        for (int pauses = 0; pauses <= 2 * REFS.size() && run.state() != RunState.ENDED; pauses++) {
            scene.environment.advance(Duration.ofHours(1));
            requireQuiet(run, scene);
            if (run.state() == RunState.PAUSED) {
                give(run, RunAction.RESUME);
            }
        }
        return scene.await(run);
    }

    private static void requireQuiet(BatchRun run, Scene scene) {
        if (run.state() == RunState.PAUSED && run.progress().inFlight() != 0) {
            throw new AssertionError(
                    "RUN-9 is broken: an hour after its pause " + run.progress() + "\n" + scene.platform.history());
        }
    }

    @Property(tries = 200, seed = Seeds.FIXED)
    @Label("leave no task without an outcome, and none that was canceled commanded after that")
    void cancelEndsAll(
            @ForAll("settings") Setting setting,
            @ForAll("tasks") List<MigrationTask> tasks,
            @ForAll("plainOperations") BatchOperation operation) {
        try (Scene scene = new Scene(setting, tasks, FaultScript.none())) {
            BatchRun run = scene.engine.run(scene.plan(operation, REFS).confirm(Scene.ANN, "property"));
            ControlAnswer answer = give(run, RunAction.CANCEL);
            BatchReport report = scene.await(run);
            RunHistory history = scene.history(run, report);
            Promises.all(history);
            boolean accepted = answer instanceof ControlAnswer.Accepted;
            Statistics.label("not attempted").collect(accepted, report.count(TaskOutcome.Kind.NOT_ATTEMPTED) > 0);
        }
    }
}
