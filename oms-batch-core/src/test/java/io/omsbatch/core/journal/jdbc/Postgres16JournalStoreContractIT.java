package io.omsbatch.core.journal.jdbc;

import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.testkit.contract.JournalStoreContract;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The journal in PostgreSQL 16 keeps the contract")
class Postgres16JournalStoreContractIT extends JournalStoreContract {

    private final JdbcJournalSettings settings = TestDatabase.settings();

    @Override
    protected JournalStore store() {
        return JdbcJournalStore.open(PostgresServer.sixteen().source(), settings);
    }

    @Override
    protected Optional<JournalStore> reopen(JournalStore written) {
        return Optional.of(JdbcJournalStore.open(PostgresServer.sixteen().source(), settings.withCreateTables(false)));
    }
}
