package io.omsbatch.testkit.arbitraries;

import io.omsbatch.api.eligibility.Lane;
import io.omsbatch.api.eligibility.LaneRule;
import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.eligibility.Verdict;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.plan.PlanEntry;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Random plans, with an entry for each task of the request, in its order, and the lanes that follow from them.
 *
 * @since 0.1.0
 */
public final class PlanArbitraries {

    private PlanArbitraries() {}

    /** Returns reasons with any code and any text. */
    public static Arbitrary<Reason> reasons() {
        return Combinators.combine(TextArbitraries.codes(), TextArbitraries.names())
                .as(Reason::new);
    }

    /** Returns verdicts for and against. */
    public static Arbitrary<Verdict> verdicts() {
        return Arbitraries.oneOf(Arbitraries.of(Verdict.yes()), refusals());
    }

    static Arbitrary<Verdict> refusals() {
        return reasons().list().ofMinSize(1).ofMaxSize(3).map(Verdict::no);
    }

    /** Returns lanes of one type and one step. */
    public static Arbitrary<Lane> lanes() {
        return Combinators.combine(
                        Arbitraries.of(1, 2, 7, Integer.MAX_VALUE),
                        TaskArbitraries.types(),
                        Arbitraries.of(SwitchoverDirection.class),
                        Arbitraries.of(SwitchoverStep.inOrder()),
                        TaskArbitraries.refs().set().ofMinSize(1).ofMaxSize(5))
                .as((number, type, direction, step, tasks) ->
                        new Lane(number, type, direction, step, List.copyOf(tasks)))
                .withoutEdgeCases();
    }

    /** Returns entries of every kind. */
    public static Arbitrary<PlanEntry> entries() {
        return TaskArbitraries.refs().flatMap(PlanArbitraries::entries);
    }

    /**
     * Returns entries of every kind for a task; mostly eligible ones.
     *
     * @param ref the task
     * @return the entries
     */
    public static Arbitrary<PlanEntry> entries(TaskRef ref) {
        Arbitrary<PlanEntry> eligible = TaskArbitraries.tasks(ref).map(PlanEntry.Eligible::new);
        Arbitrary<PlanEntry> ineligible = ineligible(ref).map(entry -> entry);
        return Arbitraries.frequencyOf(
                Tuple.of(4, eligible),
                Tuple.of(2, ineligible),
                Tuple.of(1, Arbitraries.just(new PlanEntry.Denied(ref))),
                Tuple.of(1, Arbitraries.just(new PlanEntry.NotFound(ref))));
    }

    static Arbitrary<PlanEntry.Ineligible> ineligible(TaskRef ref) {
        return Combinators.combine(
                        TaskArbitraries.tasks(ref).injectNull(0.3),
                        reasons().list().ofMinSize(1).ofMaxSize(3))
                .as((task, reasons) -> new PlanEntry.Ineligible(ref, task, reasons));
    }

    /** Returns plans of random requests. */
    public static Arbitrary<BatchPlan> plans() {
        return OperationArbitraries.policedRequests().flatMap(PlanArbitraries::plans);
    }

    /**
     * Returns plans of a request, valid for a time.
     *
     * @param request the request
     * @return the plans
     */
    public static Arbitrary<BatchPlan> plans(BatchRequest request) {
        List<Arbitrary<PlanEntry>> entries =
                request.tasks().stream().map(PlanArbitraries::entries).toList();
        return Combinators.combine(
                        TextArbitraries.ids(),
                        TimeArbitraries.times(),
                        TimeArbitraries.spans(),
                        Combinators.combine(entries).as(List::copyOf),
                        TextArbitraries.names().list().ofMaxSize(2))
                .as((fingerprint, plannedAt, valid, all, warnings) -> new BatchPlan(
                        fingerprint, request, plannedAt, plannedAt.plus(valid), all, lanes(request, all), warnings))
                .withoutEdgeCases();
    }

    private static List<Lane> lanes(BatchRequest request, List<PlanEntry> entries) {
        if (!request.operation().kind().isSwitchover()) {
            return List.of();
        }
        return LaneRule.lanes(entries.stream()
                .filter(PlanEntry.Eligible.class::isInstance)
                .map(entry -> ((PlanEntry.Eligible) entry).task())
                .filter(task -> LaneRule.refusal(task) == null)
                .toList());
    }
}
