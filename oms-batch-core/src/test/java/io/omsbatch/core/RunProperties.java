package io.omsbatch.core;

import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

@Label("Any plain operation, on any tasks, on any platform, whatever goes wrong")
class RunProperties {

    record Begun(TaskStatus status, Stage stage, StageProgress.State state) {}

    @Provide
    Arbitrary<Begun> begun() {
        return Combinators.combine(
                        Arbitraries.oneOf(
                                Arbitraries.of(TaskStatus.class),
                                Arbitraries.of(TaskStatus.NOT_STARTED, TaskStatus.RUNNING, TaskStatus.STOPPED)),
                        Arbitraries.of(Stage.values()).filter(stage -> stage.compareTo(Stage.FORWARD_SWITCHOVER) < 0),
                        Arbitraries.of(StageProgress.State.class))
                .as(Begun::new);
    }

    @Provide
    Arbitrary<BatchOperation> operations() {
        return Arbitraries.of(BatchOperation.all().stream()
                .filter(operation -> operation.kind() != OperationKind.FORWARD_SWITCHOVER)
                .toList());
    }

    @Provide
    Arbitrary<Weather> weather() {
        return Weather.any();
    }

    @Property(tries = 2_000)
    @Label("ends every task with one honest outcome (PLAN-2, RUN-1 to RUN-6, RUN-8, RUN-10)")
    void endsHonestly(
            @ForAll("begunTasks") List<Begun> tasks,
            @ForAll("operations") BatchOperation operation,
            @ForAll("weather") Weather weather) {
        try (EngineHarness world = weather.world()) {
            List<TaskRef> refs = new ArrayList<>();
            for (Begun task : tasks) {
                refs.add(world.add(
                        "t" + (refs.size() + 1),
                        builder -> builder.status(task.status()).stage(task.stage(), task.state())));
            }
            BatchPlan plan;
            try {
                plan = world.plan(operation, refs);
            } catch (GatewayException unreadable) {
                return; // the platform could not be read at all, and nothing was changed
            }
            BatchRun run = world.engine().run(plan.confirm(EngineHarness.ANN, "because"));
            BatchReport report = world.await(run);
            RunFindings.check(world, plan, report, weather.concurrency());
        }
    }

    @Provide
    Arbitrary<List<Begun>> begunTasks() {
        return begun().list().ofMinSize(1).ofMaxSize(8);
    }

    @Property(tries = 1_000)
    @Label("of two runs at once, never both command a task before the other has its outcome (RUN-5)")
    void twoRuns(
            @ForAll("operations") BatchOperation first,
            @ForAll("operations") BatchOperation second,
            @ForAll("weather") Weather weather) {
        try (EngineHarness world = weather.world()) {
            List<TaskRef> refs = world.add(4, EngineHarness.running());
            try {
                BatchPlan one = world.plan(first, refs);
                BatchPlan two = world.plan(second, refs);
                BatchRun running = world.engine().run(one.confirm(EngineHarness.ANN, "one"));
                BatchRun other = world.engine().run(two.confirm(EngineHarness.ANN, "two"));
                world.await(running);
                world.await(other);
            } catch (GatewayException unreadable) {
                return;
            }
            ClaimFindings.check(world);
        }
    }
}
