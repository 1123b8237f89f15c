package io.omsbatch.core.contract;

import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.core.journal.InMemoryJournalStore;
import io.omsbatch.testkit.contract.JournalStoreContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The journal in memory keeps the contract")
class InMemoryJournalStoreContractTest extends JournalStoreContract {

    @Override
    protected JournalStore store() {
        return new InMemoryJournalStore();
    }
}
