package io.omsbatch.examples.service.gateway;

import io.omsbatch.testkit.contract.GatewayBench;
import io.omsbatch.testkit.contract.TaskGatewayContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The service's gateway keeps the task gateway's contract")
class TaskContractTest extends TaskGatewayContract {

    @Override
    protected GatewayBench bench() {
        return new JobBench();
    }
}
