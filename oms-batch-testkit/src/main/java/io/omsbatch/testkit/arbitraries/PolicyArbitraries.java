package io.omsbatch.testkit.arbitraries;

import io.omsbatch.api.Limits;
import io.omsbatch.api.operation.FailureBudget;
import io.omsbatch.api.operation.FreezeBudget;
import io.omsbatch.api.operation.Lockstep;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.operation.Wave;
import io.omsbatch.api.operation.Waves;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Random policies of runs: budgets, waves, freezes and lockstep, up to their limits.
 *
 * @since 0.1.0
 */
public final class PolicyArbitraries {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration WEEK = Duration.ofDays(7);

    private PolicyArbitraries() {}

    /** Returns budgets of tasks and of shares, strict and soft, from none to all. */
    public static Arbitrary<FailureBudget> failureBudgets() {
        Arbitrary<FailureBudget> tasks = numbers(0, Limits.TASKS).map(FailureBudget::tasks);
        Arbitrary<FailureBudget> shares = numbers(0, FailureBudget.ALL)
                .map(points ->
                        new FailureBudget(FailureBudget.Measure.BASIS_POINTS, points, FailureBudget.Mode.STRICT));
        return Combinators.combine(Arbitraries.oneOf(tasks, shares), Arbitraries.of(false, true))
                .as((budget, soft) -> soft ? budget.soft() : budget);
    }

    /** Returns single waves of every kind. */
    public static Arbitrary<Wave> waves() {
        Arbitrary<Wave> first = firstWaves().map(wave -> wave);
        Arbitrary<Wave> upTo = shareWaves().map(wave -> wave);
        Arbitrary<Wave> tagged = TextArbitraries.ids().map(Wave.Tagged::new);
        Arbitrary<Wave> named = TextArbitraries.ids().map(Wave.Named::new);
        return Arbitraries.oneOf(first, upTo, tagged, named);
    }

    static Arbitrary<Wave.First> firstWaves() {
        return numbers(1, Limits.TASKS).map(Wave.First::new);
    }

    static Arbitrary<Wave.UpTo> shareWaves() {
        return numbers(1, FailureBudget.ALL).map(Wave.UpTo::new);
    }

    /** Returns one to five waves, now and then as many as there may be, with a budget, a soak and a gate. */
    public static Arbitrary<Waves> wavesOfRuns() {
        Arbitrary<List<Wave>> most = waves().list().ofSize(Waves.MOST);
        return Combinators.combine(
                        Arbitraries.frequencyOf(
                                Tuple.of(19, waves().list().ofMinSize(1).ofMaxSize(5)), Tuple.of(1, most)),
                        failureBudgets(),
                        TimeArbitraries.durations(Duration.ZERO, WEEK),
                        TimeArbitraries.durations(SECOND, WEEK).injectNull(0.5))
                .as(Waves::new)
                .withoutEdgeCases();
    }

    /** Returns budgets of the write freeze, from a second to an hour. */
    public static Arbitrary<FreezeBudget> freezeBudgets() {
        return Combinators.combine(
                        TimeArbitraries.durations(SECOND, Duration.ofHours(1)),
                        Arbitraries.of(FreezeBudget.AtEnd.class))
                .as(FreezeBudget::new);
    }

    /** Returns with and without a barrier, with and without patience. */
    public static Arbitrary<Lockstep> locksteps() {
        Arbitrary<Lockstep> patient =
                TimeArbitraries.durations(SECOND, Duration.ofDays(1)).map(Lockstep.together()::withPatience);
        return Arbitraries.oneOf(Arbitraries.of(Lockstep.together(), Lockstep.streaming()), patient);
    }

    /** Returns policies with any of their parts, often with none. */
    public static Arbitrary<RunPolicy> policies() {
        Arbitrary<RunPolicy> any = Combinators.combine(
                        failureBudgets().injectNull(0.5),
                        Arbitraries.of(false, true),
                        wavesOfRuns().injectNull(0.5),
                        freezeBudgets().injectNull(0.5),
                        locksteps().injectNull(0.5))
                .as(RunPolicy::new)
                .withoutEdgeCases();
        return Arbitraries.frequencyOf(Tuple.of(1, Arbitraries.just(RunPolicy.none())), Tuple.of(3, any));
    }

    /** Mostly small; the limits often. */
    private static Arbitrary<Integer> numbers(int least, int most) {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.integers().between(least, Math.min(most, 100))),
                Tuple.of(1, Arbitraries.integers().between(least, most)),
                Tuple.of(1, Arbitraries.of(least, most)));
    }
}
