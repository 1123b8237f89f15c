package io.omsbatch.core.property;

import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.FreezeBudget;
import io.omsbatch.api.operation.Lockstep;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.MigrationType.Part;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.arbitraries.FaultArbitraries;
import io.omsbatch.testkit.arbitraries.TaskArbitraries;
import io.omsbatch.testkit.check.Promises;
import io.omsbatch.testkit.check.RunHistory;
import io.omsbatch.testkit.fault.FaultKind;
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
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

@Label("Forward switchovers")
class SwitchoverProperties {

    private static final List<TaskRef> REFS = IntStream.rangeClosed(1, 4)
            .mapToObj(number -> new TaskRef("oms", "t" + number))
            .toList();
    private static final Set<CallKind> CALLS = Set.of(CallKind.READ, CallKind.OBSERVE, CallKind.STEP);

    /** A platform that lies about when it read the stop point can only be caught by a clock that it shares with the engine. */
    private static final Set<FaultKind> BEYOND_DETECTION = Set.of(FaultKind.STOP_POINT_EARLY);

    /**
     * A task on its way, and how far its target is behind.
     *
     * @param task the task
     * @param lagSeconds how far
     * @param traces whether the steps before the one it stands at have left what they leave
     */
    record Traveller(MigrationTask task, int lagSeconds, boolean traces) {}

    private static Arbitrary<MigrationType> types() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(MigrationType.complete())),
                Tuple.of(
                        1,
                        Arbitraries.of(
                                MigrationType.of(Part.INCREMENTAL),
                                MigrationType.of(Part.REVERSE_INCREMENT),
                                MigrationType.of(Part.FULL, Part.INCREMENTAL, Part.REVERSE_INCREMENT),
                                MigrationType.of())));
    }

    /** Most begin at the first step; some stand somewhere on the way. */
    private static Arbitrary<MigrationTask> task(TaskRef ref, int round) {
        return Combinators.combine(
                        types(),
                        Arbitraries.frequencyOf(
                                Tuple.of(5, Arbitraries.just(0)),
                                Tuple.of(1, Arbitraries.integers().between(1, 7))))
                .as((type, at) -> {
                    List<SwitchoverStep> steps = type.switchoverSteps(SwitchoverDirection.ofRound(round));
                    SwitchoverStep step = steps.get(at % steps.size());
                    return TaskArbitraries.entered(ref, type, round).toBuilder()
                            .switchover(new SwitchoverProgress(step, SwitchoverProgress.State.WAITING, round))
                            .build();
                });
    }

    @Provide
    Arbitrary<List<Traveller>> travellers() {
        return Combinators.combine(Arbitraries.integers().between(1, REFS.size()), rounds())
                .flatAs((number, round) -> Combinators.combine(REFS.subList(0, number).stream()
                                .map(ref -> Combinators.combine(
                                                task(ref, round),
                                                Arbitraries.of(2, 2, 2, 0, 20, 60, 400),
                                                Arbitraries.of(true, true, false))
                                        .as(Traveller::new))
                                .toList())
                        .as(travellers -> travellers));
    }

    @Provide
    Arbitrary<List<Traveller>> freshTravellers() {
        return Combinators.combine(Arbitraries.integers().between(1, REFS.size()), rounds(), types())
                .as((number, round, type) -> REFS.subList(0, number).stream()
                        .map(ref -> new Traveller(TaskArbitraries.entered(ref, type, round), 2, true))
                        .toList());
    }

    /** All tasks of a run go the same way. */
    private static Arbitrary<Integer> rounds() {
        return Arbitraries.of(1, 1, 2, 3);
    }

    private static BatchOperation operation(List<Traveller> travellers) {
        SwitchoverProgress progress = travellers.get(0).task().switchover();
        return progress.direction() == SwitchoverDirection.FORWARD
                ? BatchOperation.forwardSwitchover()
                : BatchOperation.switchBack();
    }

    @Provide
    Arbitrary<Setting> settings() {
        return Setting.limited();
    }

    @Provide
    Arbitrary<FaultScript> faults() {
        return FaultArbitraries.scripts(REFS, CALLS)
                .map(script -> FaultScript.of(script.rules().stream()
                        .filter(rule -> !BEYOND_DETECTION.contains(rule.fault().kind()))
                        .toList()));
    }

    @Provide
    Arbitrary<List<Deed>> deeds() {
        return Deed.any();
    }

    @Provide
    Arbitrary<FreezeBudget> freezes() {
        return Combinators.combine(Arbitraries.integers().between(1, 120), Arbitraries.of(FreezeBudget.AtEnd.class))
                .as((seconds, atEnd) -> new FreezeBudget(Duration.ofSeconds(seconds), atEnd))
                .injectNull(0.4);
    }

    @Provide
    Arbitrary<Lockstep> locksteps() {
        Arbitrary<Lockstep> patient = Arbitraries.of(1, 20, 300)
                .map(Duration::ofSeconds)
                .map(patience -> Lockstep.together().withPatience(patience));
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(Lockstep.together())),
                Tuple.of(1, Arbitraries.just(Lockstep.streaming())),
                Tuple.of(1, patient));
    }

    /** What a platform cannot do is refused, and another property's matter. */
    private static RunPolicy policy(Setting setting, @Nullable FreezeBudget freeze, Lockstep lockstep) {
        boolean undoes = setting.declared().abilities().contains(GatewayCapability.UNDO);
        RunPolicy policy = RunPolicy.none().withLockstep(lockstep);
        return freeze == null || (freeze.atEnd() == FreezeBudget.AtEnd.UNDO && !undoes)
                ? policy
                : policy.withFreeze(freeze);
    }

    @Property(tries = 1_500, seed = Seeds.FIXED)
    @Label(
            "keep RUN-1, RUN-8, RUN-10, RUN-12, SW-1, SW-2, SW-3, SW-4, SW-5, SW-6, SW-7, SW-8, SW-9 and SW-10, whatever goes wrong with the platform and "
                    + "whatever the operator does")
    void keepPromises(
            @ForAll("settings") Setting setting,
            @ForAll("travellers") List<Traveller> travellers,
            @ForAll("deeds") List<Deed> deeds,
            @ForAll("freezes") @Nullable FreezeBudget freeze,
            @ForAll("locksteps") Lockstep lockstep,
            @ForAll("faults") FaultScript faults) {
        try (Scene scene = scene(setting, travellers, faults)) {
            BatchPlan plan;
            try {
                plan = scene.plan(operation(travellers), refs(travellers), policy(setting, freeze, lockstep));
            } catch (GatewayException unreadable) {
                return;
            }
            SwitchoverWorkflow workflow = scene.engine.switchover(plan.confirm(Scene.ANN, "property"));
            Operator operator = new Operator(scene, workflow);
            operator.fumble(deeds);
            operator.seeThrough();
            BatchReport report = scene.await(workflow);
            RunHistory history = scene.history(workflow, report);
            Promises.all(history);
            scene.requireUnbroken(history);
        }
    }

    @Property(tries = 1_000, seed = Seeds.FIXED)
    @Label("RUN-6: take every task that nothing befalls to its end, whatever befalls the others of its lane")
    void othersGoOn(
            @ForAll("settings") Setting setting,
            @ForAll("freshTravellers") List<Traveller> travellers,
            @ForAll("faults") FaultScript faults) {
        try (Scene scene = scene(setting, travellers, faults)) {
            BatchPlan plan;
            try {
                plan = scene.plan(operation(travellers), refs(travellers));
            } catch (GatewayException unreadable) {
                return;
            }
            SwitchoverWorkflow workflow = scene.engine.switchover(plan.confirm(Scene.ANN, "property"));
            new Operator(scene, workflow).seeThrough();
            BatchReport report = scene.await(workflow);
            RunHistory history = scene.history(workflow, report);
            Promises.all(history);
            scene.requireUnbroken(history);
            if (!scene.slotsTaken()) {
                Promises.run6(history, scene.platform.touched());
            }
        }
    }

    private static Scene scene(Setting setting, List<Traveller> travellers, FaultScript faults) {
        Scene scene =
                new Scene(setting, travellers.stream().map(Traveller::task).toList(), faults);
        for (Traveller traveller : travellers) {
            TaskRef ref = traveller.task().ref();
            scene.platform.lag(ref, Duration.ofSeconds(traveller.lagSeconds()));
            if (traveller.traces()) {
                scene.platform.leaveTraces(ref);
            }
        }
        scene.letSettle();
        return scene;
    }

    private static List<TaskRef> refs(List<Traveller> travellers) {
        return travellers.stream().map(traveller -> traveller.task().ref()).toList();
    }
}
