package io.omsbatch.core.journal.jdbc;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The audit trail in PostgreSQL 18")
class Postgres18AuditIT extends AuditBehaviour {

    @Override
    TestDatabase database() {
        return PostgresServer.eighteen();
    }
}
