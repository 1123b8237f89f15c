package io.omsbatch.testkit.arbitraries;

import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.outcome.Waiver;
import io.omsbatch.api.switchover.Invariant;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Random problems, outcomes, and the reports made of them.
 *
 * @since 0.1.0
 */
public final class OutcomeArbitraries {

    private OutcomeArbitraries() {}

    /** Returns problems of the engine and of platforms, with any text. */
    public static Arbitrary<Problem> problems() {
        Arbitrary<Problem> known = Combinators.combine(Arbitraries.of(ProblemCode.class), TextArbitraries.names())
                .as(Problem::of);
        Arbitrary<Problem> other = Combinators.combine(
                        TextArbitraries.names(),
                        TextArbitraries.names(),
                        TextArbitraries.names(),
                        Arbitraries.of(true, false))
                .as(Problem::new);
        return Arbitraries.oneOf(known, other).withoutEdgeCases();
    }

    /** Returns outcomes of every kind; success is the most frequent. */
    public static Arbitrary<TaskOutcome> outcomes() {
        Arbitrary<TaskOutcome> plain = Arbitraries.of(
                new TaskOutcome.AlreadyDone(),
                new TaskOutcome.Denied(),
                new TaskOutcome.NotFound(),
                new TaskOutcome.Undone());
        Arbitrary<TaskOutcome> ineligible =
                PlanArbitraries.reasons().list().ofMinSize(1).ofMaxSize(3).map(TaskOutcome.Ineligible::new);
        return Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.just(new TaskOutcome.Succeeded())),
                Tuple.of(3, plain),
                Tuple.of(1, ineligible),
                Tuple.of(1, problems().map(TaskOutcome.Stale::new)),
                Tuple.of(2, problems().map(TaskOutcome.Failed::new)),
                Tuple.of(2, problems().map(TaskOutcome.Unknown::new)),
                Tuple.of(1, problems().map(TaskOutcome.NotAttempted::new)),
                Tuple.of(1, leftAt().map(outcome -> outcome)),
                Tuple.of(1, incomplete().map(outcome -> outcome)));
    }

    static Arbitrary<TaskOutcome.LeftAt> leftAt() {
        return Combinators.combine(
                        Arbitraries.of(SwitchoverStep.inOrder()),
                        Arbitraries.of(SwitchoverDirection.class),
                        Arbitraries.of(true, false),
                        TextArbitraries.names())
                .as(TaskOutcome.LeftAt::new);
    }

    static Arbitrary<TaskOutcome.UndoIncomplete> incomplete() {
        return problems().list().ofMaxSize(3).map(TaskOutcome.UndoIncomplete::new);
    }

    /** Returns results of random tasks. */
    public static Arbitrary<TaskResult> results() {
        return TaskArbitraries.refs().flatMap(OutcomeArbitraries::results);
    }

    /**
     * Returns results of a task; what was never begun has no beginning and no attempt.
     *
     * @param ref the task
     * @return the results
     */
    public static Arbitrary<TaskResult> results(TaskRef ref) {
        return Combinators.combine(
                        TextArbitraries.names(),
                        outcomes(),
                        Arbitraries.integers().between(0, 4),
                        TimeArbitraries.times(),
                        TimeArbitraries.spans())
                .as((name, outcome, attempts, begun, span) ->
                        new TaskResult(ref, name, outcome, attempts, attempts == 0 ? null : begun, begun.plus(span)))
                .withoutEdgeCases();
    }

    /** Returns rules that were passed over. */
    public static Arbitrary<Waiver> waivers() {
        return Combinators.combine(
                        TaskArbitraries.refs(),
                        Arbitraries.of(Invariant.class).map(Invariant::name),
                        OperationArbitraries.actors(),
                        TextArbitraries.reasons(),
                        TimeArbitraries.times())
                .as(Waiver::new)
                .withoutEdgeCases();
    }

    /** Returns reports of random requests. */
    public static Arbitrary<BatchReport> reports() {
        return OperationArbitraries.policedRequests().flatMap(OutcomeArbitraries::reports);
    }

    /**
     * Returns reports of a request, with a result for each of its tasks, in its order.
     *
     * @param request the request
     * @return the reports
     */
    public static Arbitrary<BatchReport> reports(BatchRequest request) {
        List<Arbitrary<TaskResult>> results =
                request.tasks().stream().map(OutcomeArbitraries::results).toList();
        return Combinators.combine(
                        TextArbitraries.ids(),
                        OperationArbitraries.confirmations(),
                        OperationArbitraries.approvals().injectNull(0.7),
                        TimeArbitraries.times(),
                        TimeArbitraries.spans(),
                        Combinators.combine(results).as(List::copyOf),
                        waivers().list().ofMaxSize(2),
                        TextArbitraries.hashes())
                .as((runId, confirmation, approval, begun, span, all, waivers, head) -> new BatchReport(
                        runId, request, confirmation, approval, begun, begun.plus(span), all, waivers, head))
                .withoutEdgeCases();
    }
}
