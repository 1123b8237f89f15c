package io.omsbatch.core.journal.jdbc;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The journal in MariaDB")
class MariaDbJournalStoreIT extends StoreBehaviour {

    @Override
    TestDatabase database() {
        return MariaDbServer.shared();
    }
}
