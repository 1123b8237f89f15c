package io.omsbatch.testkit.arbitraries;

import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.task.TaskRef;
import java.util.Collection;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Random operations and requests.
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
}
