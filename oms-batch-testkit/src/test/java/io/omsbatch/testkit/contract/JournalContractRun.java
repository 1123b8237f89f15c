package io.omsbatch.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.journal.JournalStore;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs the contract of journal stores against one that a test breaks. */
final class JournalContractRun {

    private static Supplier<JournalStore> making = ReferenceJournal::new;

    private JournalContractRun() {}

    /** Runs only where a test asks for it. */
    static final class UnderTest extends JournalStoreContract {
        @Override
        protected JournalStore store() {
            return making.get();
        }

        @Override
        protected void passTime(Duration duration) {
            ReferenceJournal.passTime(duration);
        }

        @Override
        protected Optional<JournalStore> reopen(JournalStore written) {
            return Optional.of(written instanceof DurableJournal durable ? durable.reopened() : making.get());
        }
    }

    static ContractRun of(Supplier<JournalStore> store) {
        making = store;
        return ContractRun.of(UnderTest.class);
    }

    /** Asserts that exactly these tests fail, the first of them with that message. */
    static void finds(Supplier<JournalStore> broken, String message, String... tests) {
        ContractRun run = of(broken);
        assertThat(run.failed()).containsOnlyKeys(tests);
        assertThat(run.failed().get(tests[0])).contains(message);
    }
}
