package io.omsbatch.examples.postgres.gateway;

import io.omsbatch.examples.postgres.server.PostgresVersion;
import io.omsbatch.testkit.contract.GatewayBench;
import io.omsbatch.testkit.contract.TaskGatewayContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The gateway from PostgreSQL 18 to 18 keeps the contract of a task gateway")
class TaskGatewayFrom18IT extends TaskGatewayContract {

    @Override
    protected GatewayBench bench() {
        return new PostgresBench(PostgresVersion.V18);
    }
}
