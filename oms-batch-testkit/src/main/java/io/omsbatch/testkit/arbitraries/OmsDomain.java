package io.omsbatch.testkit.arbitraries;

import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.TaskRef;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/**
 * Lets hosts write {@code @ForAll MigrationTask task}, with {@code @Domain(OmsDomain.class)} on the property or its class.
 *
 * @since 0.1.0
 */
public final class OmsDomain extends DomainContextBase {

    /** Creates the domain; jqwik does. */
    public OmsDomain() {}

    @Provide
    Arbitrary<TaskRef> refs() {
        return TaskArbitraries.refs();
    }

    @Provide
    Arbitrary<MigrationType> types() {
        return TaskArbitraries.types();
    }

    @Provide
    Arbitrary<MigrationTask> tasks() {
        return TaskArbitraries.tasks();
    }

    @Provide
    Arbitrary<BatchOperation> operations() {
        return OperationArbitraries.operations();
    }

    @Provide
    Arbitrary<Actor> actors() {
        return OperationArbitraries.actors();
    }

    @Provide
    Arbitrary<BatchRequest> requests() {
        return OperationArbitraries.requests();
    }
}
