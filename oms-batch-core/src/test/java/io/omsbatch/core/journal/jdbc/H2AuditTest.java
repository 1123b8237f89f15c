package io.omsbatch.core.journal.jdbc;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The audit trail in an H2 file")
class H2AuditTest extends AuditBehaviour {

    private static final TestDatabase DATABASE = TestDatabase.h2();

    @Override
    TestDatabase database() {
        return DATABASE;
    }
}
