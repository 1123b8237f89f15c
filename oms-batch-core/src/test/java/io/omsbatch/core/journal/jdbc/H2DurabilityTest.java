package io.omsbatch.core.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A journal in H2 does not open where acknowledged commits could be lost")
class H2DurabilityTest {

    private static DataSource h2(String address) {
        return TestDatabase.pool(address, "sa", "");
    }

    static void refused(DataSource source, String... said) {
        assertThatThrownBy(() -> JdbcJournalStore.open(source, TestDatabase.settings()))
                .isInstanceOfSatisfying(
                        JournalRefusedException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(JournalRefusedException.Kind.NOT_DURABLE))
                .hasMessageContainingAll(said);
    }

    static void opensAccepting(DataSource source, DurabilityRisk... risks) {
        JdbcJournalSettings settings = TestDatabase.settings();
        for (DurabilityRisk risk : risks) {
            settings = settings.accepting(risk);
        }
        try (JdbcJournalStore store = JdbcJournalStore.open(source, settings)) {
            assertThat(store.risks()).containsExactlyInAnyOrder(risks);
            assertThat(store.durable()).isEqualTo(risks.length == 0);
        }
    }

    @Test
    @DisplayName("the default WRITE_DELAY is refused, naming the setting and the remedy, unless accepted by name")
    void writeDelay(@TempDir Path folder) {
        DataSource source = h2("jdbc:h2:" + folder.resolve("delayed"));
        refused(source, "WRITE_DELAY is 500", ";WRITE_DELAY=0", "DurabilityRisk.H2_WRITE_DELAY");
        opensAccepting(source, DurabilityRisk.H2_WRITE_DELAY);
    }

    @Test
    @DisplayName("a database in memory is refused unless accepted by name")
    void inMemory() {
        DataSource source = h2("jdbc:h2:mem:journal;DB_CLOSE_DELAY=-1;WRITE_DELAY=0");
        refused(source, "in memory", "jdbc:h2:", "DurabilityRisk.H2_IN_MEMORY");
        opensAccepting(source, DurabilityRisk.H2_IN_MEMORY);
    }

    @Test
    @DisplayName("a file with WRITE_DELAY=0 opens, and is durable")
    void durable() {
        opensAccepting(TestDatabase.h2().source());
    }
}
