package io.omsbatch.core.journal.jdbc;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The audit trail in MariaDB")
class MariaDbAuditIT extends AuditBehaviour {

    @Override
    TestDatabase database() {
        return MariaDbServer.shared();
    }
}
