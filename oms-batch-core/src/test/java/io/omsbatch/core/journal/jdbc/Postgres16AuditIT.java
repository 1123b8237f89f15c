package io.omsbatch.core.journal.jdbc;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The audit trail in PostgreSQL 16")
class Postgres16AuditIT extends AuditBehaviour {

    @Override
    TestDatabase database() {
        return PostgresServer.sixteen();
    }
}
