package io.omsbatch.examples.postgres.gateway;

import io.omsbatch.examples.postgres.server.PostgresVersion;
import io.omsbatch.testkit.contract.SwitchoverBench;
import io.omsbatch.testkit.contract.SwitchoverGatewayContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The gateway from PostgreSQL 16 to 18 keeps the contract of a switchover gateway")
class SwitchoverGatewayFrom16IT extends SwitchoverGatewayContract {

    @Override
    protected SwitchoverBench bench() {
        return new PostgresBench(PostgresVersion.V16);
    }
}
