package io.omsbatch.core.contract;

import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.core.journal.InMemoryJournalStore;
import io.omsbatch.testkit.contract.JournalStoreContract;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The journal in memory keeps the contract")
class InMemoryJournalStoreContractTest extends JournalStoreContract {

    private Instant now = Instant.parse("2026-03-01T10:20:30Z");

    @Override
    protected JournalStore store() {
        return new InMemoryJournalStore(() -> now);
    }

    @Override
    protected void passTime(Duration duration) {
        now = now.plus(duration);
    }
}
