package io.omsbatch.core.journal.jdbc;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The journal in PostgreSQL 18")
class Postgres18JournalStoreIT extends StoreBehaviour {

    @Override
    TestDatabase database() {
        return PostgresServer.eighteen();
    }
}
