package io.omsbatch.examples.service.engine;

import io.omsbatch.api.access.AccessPolicy;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.contract.AccessPolicyContract;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Who may do what keeps the access policy's contract")
class HostAccessContractTest extends AccessPolicyContract {

    private static final TaskRef TASK = new TaskRef("jobs", "job-1");

    @Override
    protected AccessPolicy policy() {
        return new HostAccess(Set.of("ann"), Set.of("ada"));
    }

    @Override
    protected Question allowed() {
        return new Question(new Actor("ada"), BatchOperation.delete(), TASK);
    }

    @Override
    protected Optional<Question> denied() {
        return Optional.of(new Question(new Actor("ann"), BatchOperation.delete(), TASK));
    }
}
