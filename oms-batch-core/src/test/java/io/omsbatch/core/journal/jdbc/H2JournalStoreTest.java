package io.omsbatch.core.journal.jdbc;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The journal in an H2 file")
class H2JournalStoreTest extends StoreBehaviour {

    private static final TestDatabase DATABASE = TestDatabase.h2();

    @Override
    TestDatabase database() {
        return DATABASE;
    }

    @Test
    @DisplayName("DUR-5: a journal that goes within a commit and stays away says IN_DOUBT, and does not hang")
    void inDoubt() {
        goneWithinCommit();
    }
}
