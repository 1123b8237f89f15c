package io.omsbatch.core.journal.jdbc;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The journal in PostgreSQL 16")
class Postgres16JournalStoreIT extends StoreBehaviour {

    @Override
    TestDatabase database() {
        return PostgresServer.sixteen();
    }
}
