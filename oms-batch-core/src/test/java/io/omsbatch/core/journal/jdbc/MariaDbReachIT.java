package io.omsbatch.core.journal.jdbc;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The reach of replicas that share MariaDB")
class MariaDbReachIT extends ReachBehaviour {

    @Override
    TestDatabase database() {
        return MariaDbServer.shared();
    }
}
