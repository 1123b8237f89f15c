package io.omsbatch.examples.embedding;

import io.omsbatch.testkit.contract.GatewayBench;
import io.omsbatch.testkit.contract.TaskGatewayContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The smallest gateway keeps the contract")
class InMemoryGatewayContractTest extends TaskGatewayContract {

    @Override
    protected GatewayBench bench() {
        return new InMemoryBench();
    }
}
