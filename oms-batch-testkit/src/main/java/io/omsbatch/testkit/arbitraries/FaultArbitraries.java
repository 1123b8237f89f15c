package io.omsbatch.testkit.arbitraries;

import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.fault.CallPattern;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultRule;
import io.omsbatch.testkit.fault.FaultScript;
import io.omsbatch.testkit.history.CallKind;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Random fault scripts. They shrink towards no faults, and every script of {@link #scripts} ends: after its faults the
 * platform behaves.
 *
 * @since 0.1.0
 */
public final class FaultArbitraries {

    private static final int MOST_RULES = 5;
    private static final int MOST_TIMES = 60;

    private FaultArbitraries() {}

    /** Returns faults of every kind that can befall a kind of call, with delays below and above the usual call timeout. */
    public static Arbitrary<Fault> faults(CallKind call) {
        return Combinators.combine(
                        Arbitraries.of(FaultKind.of(call)),
                        Arbitraries.of(
                                Duration.ofMillis(100),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(15),
                                Duration.ofSeconds(20),
                                Duration.ofMinutes(2),
                                Duration.ofMinutes(20)))
                .as(Fault::new);
    }

    /** Mostly a few times; now and then often enough to outlast a wait. */
    private static Arbitrary<Integer> times() {
        return Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.integers().between(1, 4)),
                Tuple.of(1, Arbitraries.integers().between(5, MOST_TIMES)));
    }

    /**
     * Returns rules that let some calls for the given tasks go wrong, and then end.
     *
     * @param tasks the tasks
     * @param calls the kinds of call that may go wrong
     * @return the rules
     */
    public static Arbitrary<FaultRule> rules(Collection<TaskRef> tasks, Collection<CallKind> calls) {
        Arbitrary<TaskRef> target = Arbitraries.of(tasks);
        return Arbitraries.of(calls)
                .flatMap(call -> Combinators.combine(
                                target.injectNull(0.2), Arbitraries.integers().between(0, 6), times(), faults(call))
                        .as((task, after, times, fault) ->
                                new FaultRule(new CallPattern(call, null, task), after, times, fault)))
                .withoutEdgeCases();
    }

    /**
     * Returns scripts of a few rules.
     *
     * @param tasks the tasks whose calls may go wrong
     * @param calls the kinds of call that may go wrong
     * @return the scripts
     */
    public static Arbitrary<FaultScript> scripts(Collection<TaskRef> tasks, Collection<CallKind> calls) {
        Arbitrary<List<FaultRule>> none = Arbitraries.just(List.of());
        Arbitrary<List<FaultRule>> some =
                rules(tasks, calls).list().ofMinSize(1).ofMaxSize(MOST_RULES);
        return Arbitraries.frequencyOf(Tuple.of(1, none), Tuple.of(9, some))
                .map(FaultScript::of)
                .withoutEdgeCases();
    }
}
