package io.omsbatch.examples.postgres.gateway;

import io.omsbatch.examples.postgres.server.PostgresVersion;
import io.omsbatch.testkit.contract.SwitchBackContract;
import io.omsbatch.testkit.contract.SwitchoverBench;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The gateway from PostgreSQL 18 to 18 keeps the contract of a gateway that switches back")
class SwitchBackFrom18IT extends SwitchBackContract {

    @Override
    protected SwitchoverBench bench() {
        return new PostgresBench(PostgresVersion.V18);
    }
}
