package io.omsbatch.examples.service.gateway;

import io.omsbatch.testkit.contract.SwitchoverBench;
import io.omsbatch.testkit.contract.SwitchoverGatewayContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The service's gateway keeps the switchover gateway's contract")
class SwitchoverContractTest extends SwitchoverGatewayContract {

    @Override
    protected SwitchoverBench bench() {
        return new JobBench();
    }
}
