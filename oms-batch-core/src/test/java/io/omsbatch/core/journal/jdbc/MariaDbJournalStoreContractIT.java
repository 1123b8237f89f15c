package io.omsbatch.core.journal.jdbc;

import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.testkit.contract.JournalStoreContract;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The journal in MariaDB keeps the contract")
class MariaDbJournalStoreContractIT extends JournalStoreContract {

    private final JdbcJournalSettings settings = TestDatabase.settings();

    @Override
    protected JournalStore store() {
        return JdbcJournalStore.open(MariaDbServer.shared().source(), settings);
    }

    @Override
    protected Optional<JournalStore> reopen(JournalStore written) {
        return Optional.of(JdbcJournalStore.open(MariaDbServer.shared().source(), settings.withCreateTables(false)));
    }
}
