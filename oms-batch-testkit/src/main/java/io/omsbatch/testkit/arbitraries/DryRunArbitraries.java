package io.omsbatch.testkit.arbitraries;

import io.omsbatch.api.Limits;
import io.omsbatch.api.engine.DryRun;
import io.omsbatch.api.task.TaskRef;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Random dry runs.
 *
 * @since 0.1.0
 */
public final class DryRunArbitraries {

    private DryRunArbitraries() {}

    /** Returns dry runs of random plans, with a check for each eligible task. */
    public static Arbitrary<DryRun> dryRuns() {
        return PlanArbitraries.plans()
                .flatMap(plan -> {
                    List<Arbitrary<DryRun.Check>> checks = plan.eligible().stream()
                            .map(task -> checks(task.ref()))
                            .toList();
                    return Combinators.combine(
                                    Combinators.combine(checks).as(List::copyOf),
                                    steps().list().ofMaxSize(4),
                                    estimates().injectNull(0.4))
                            .as((tasks, steps, estimate) -> new DryRun(plan, tasks, steps, estimate));
                })
                .withoutEdgeCases();
    }

    /**
     * Returns checks of a task.
     *
     * @param task the task
     * @return the checks
     */
    public static Arbitrary<DryRun.Check> checks(TaskRef task) {
        return Combinators.combine(
                        TextArbitraries.names(),
                        OutcomeArbitraries.problems().injectNull(0.6),
                        SwitchoverArbitraries.precheckItems()
                                .list()
                                .ofMaxSize(3)
                                .injectNull(0.4),
                        TextArbitraries.names())
                .as((name, obstacle, precheck, unchecked) ->
                        new DryRun.Check(task, name, obstacle, precheck, unchecked))
                .withoutEdgeCases();
    }

    /** Returns steps that a run would take. */
    public static Arbitrary<DryRun.Step> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(0, 3),
                        TextArbitraries.names(),
                        Arbitraries.of(true, false),
                        Arbitraries.of(1, 17, Limits.TASKS),
                        timings().injectNull(0.4))
                .as(DryRun.Step::new)
                .withoutEdgeCases();
    }

    /** Returns how long a step took before. */
    public static Arbitrary<DryRun.Timing> timings() {
        return Combinators.combine(
                        TimeArbitraries.spans(),
                        TimeArbitraries.spans(),
                        Arbitraries.integers().between(1, 1_000))
                .as((typical, more, samples) -> new DryRun.Timing(typical, typical.plus(more), samples));
    }

    /** Returns how long a run may take. */
    public static Arbitrary<DryRun.Estimate> estimates() {
        return Combinators.combine(
                        TimeArbitraries.spans(),
                        TimeArbitraries.spans(),
                        Arbitraries.integers().between(1, 100))
                .as((typical, more, runs) -> new DryRun.Estimate(typical, typical.plus(more), runs));
    }
}
