package io.omsbatch.core.process;

import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.core.journal.jdbc.JdbcJournalSettings;
import io.omsbatch.core.journal.jdbc.JdbcJournalStore;
import io.omsbatch.core.journal.jdbc.TestDatabase;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Two engines that share a journal in an H2 file:")
class H2ReplicaRacesIT extends ReplicaRaces {

    private final TestDatabase file = TestDatabase.h2();
    private final JdbcJournalSettings settings = TestDatabase.settings();

    @Override
    JournalStore journal() {
        return JdbcJournalStore.open(file.source(), settings);
    }

    /** H2 counts none. */
    @Override
    long deadlocks() {
        return 0;
    }
}
