package io.omsbatch.testkit.arbitraries;

import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.Approval;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.Confirmation;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.task.TaskRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Random operations, requests, and what people say of them.
 *
 * @since 0.1.0
 */
public final class OperationArbitraries {

    private OperationArbitraries() {}

    /** Returns operations, each alert level separately. */
    public static Arbitrary<BatchOperation> operations() {
        return Arbitraries.of(BatchOperation.all());
    }

    /** Returns operations but the two switchovers. */
    public static Arbitrary<BatchOperation> plainOperations() {
        return Arbitraries.of(BatchOperation.all().stream()
                .filter(operation -> !operation.kind().isSwitchover())
                .toList());
    }

    static Arbitrary<BatchOperation> operations(OperationKind kind) {
        return Arbitraries.of(BatchOperation.all().stream()
                .filter(operation -> operation.kind() == kind)
                .toList());
    }

    /** Returns actors. */
    public static Arbitrary<Actor> actors() {
        return TextArbitraries.ids().map(Actor::new);
    }

    /** Returns requests over random tasks. */
    public static Arbitrary<BatchRequest> requests() {
        return TaskArbitraries.refs().list().ofMinSize(1).ofMaxSize(20).flatMap(OperationArbitraries::requests);
    }

    /**
     * Returns requests over some of the given tasks, in any order, some of them named more than once.
     *
     * @param tasks the tasks to choose from, at least one
     * @return the requests
     */
    public static Arbitrary<BatchRequest> requests(Collection<TaskRef> tasks) {
        Arbitrary<List<TaskRef>> chosen =
                Arbitraries.of(tasks).list().ofMinSize(1).ofMaxSize(tasks.size() * 2);
        return Combinators.combine(TextArbitraries.ids(), actors(), operations(), chosen)
                .as(BatchRequest::of)
                .withoutEdgeCases();
    }

    /** Returns requests with any policy, some of which take up the tasks of another run. */
    public static Arbitrary<BatchRequest> policedRequests() {
        return Combinators.combine(
                        TaskArbitraries.refs().list().ofMinSize(1).ofMaxSize(6).flatMap(OperationArbitraries::requests),
                        PolicyArbitraries.policies(),
                        TextArbitraries.ids().injectNull(0.7))
                .as((request, policy, parent) -> parent == null
                        ? request.with(policy)
                        : request.with(policy).redriving(parent))
                .withoutEdgeCases();
    }

    /**
     * Returns what a host asks of some tasks, one after the other: one to five requests, of which one now and then comes
     * twice, as after a lost answer.
     *
     * @param tasks the tasks to choose from, at least one
     * @return the requests, in order
     */
    public static Arbitrary<List<BatchRequest>> scripts(Collection<TaskRef> tasks) {
        return Combinators.combine(requests(tasks).list().ofMinSize(1).ofMaxSize(4), Arbitraries.of(false, false, true))
                .as((requests, twice) -> {
                    List<BatchRequest> script = new ArrayList<>(requests);
                    if (twice) {
                        script.add(requests.get(0));
                    }
                    return List.copyOf(script);
                });
    }

    /** Returns confirmations, of which some acknowledge tasks that were left unknown. */
    public static Arbitrary<Confirmation> confirmations() {
        return Combinators.combine(
                        TextArbitraries.ids(),
                        actors(),
                        TextArbitraries.reasons(),
                        TaskArbitraries.refs().set().ofMaxSize(3))
                .as(Confirmation::new)
                .withoutEdgeCases();
    }

    /** Returns what a second person says of a plan. */
    public static Arbitrary<Approval> approvals() {
        return Combinators.combine(
                        TextArbitraries.ids(),
                        actors(),
                        Arbitraries.of(true, false),
                        TextArbitraries.reasons(),
                        TimeArbitraries.times())
                .as(Approval::new)
                .withoutEdgeCases();
    }
}
