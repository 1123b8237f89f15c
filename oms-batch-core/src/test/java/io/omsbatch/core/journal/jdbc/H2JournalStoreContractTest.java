package io.omsbatch.core.journal.jdbc;

import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.testkit.contract.JournalStoreContract;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The journal in an H2 file keeps the contract")
class H2JournalStoreContractTest extends JournalStoreContract {

    private static final TestDatabase DATABASE = TestDatabase.h2();

    private final JdbcJournalSettings settings = TestDatabase.settings();

    @Override
    protected JournalStore store() {
        return JdbcJournalStore.open(DATABASE.source(), settings);
    }

    @Override
    protected Optional<JournalStore> reopen(JournalStore written) {
        return Optional.of(JdbcJournalStore.open(
                TestDatabase.pool(DATABASE.url(), DATABASE.user(), DATABASE.password()),
                settings.withCreateTables(false)));
    }
}
