package io.omsbatch.core.journal.jdbc;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The reach of replicas that share PostgreSQL 16")
class Postgres16ReachIT extends ReachBehaviour {

    @Override
    TestDatabase database() {
        return PostgresServer.sixteen();
    }
}
