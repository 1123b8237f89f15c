package io.omsbatch.core.journal.jdbc;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The reach of replicas that share PostgreSQL 18")
class Postgres18ReachIT extends ReachBehaviour {

    @Override
    TestDatabase database() {
        return PostgresServer.eighteen();
    }
}
