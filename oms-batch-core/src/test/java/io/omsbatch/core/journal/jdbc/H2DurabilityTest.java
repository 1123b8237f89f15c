package io.omsbatch.core.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Objects;
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

    @Test
    @DisplayName(
            "H2 2.5, which does not find its last commits after the death of its process, is refused unless it only appends")
    void spaceReuse(@TempDir Path folder) throws ReflectiveOperationException {
        DataSource source = h2Of25("jdbc:h2:" + folder.resolve("reusing") + ";WRITE_DELAY=0");
        refused(source, "the reuse of space is as H2 2.5", ";REUSE_SPACE=FALSE", "DurabilityRisk.H2_SPACE_REUSE");
        opensAccepting(source, DurabilityRisk.H2_SPACE_REUSE);
        opensAccepting(h2Of25("jdbc:h2:" + folder.resolve("appending") + ";WRITE_DELAY=0;REUSE_SPACE=FALSE"));
    }

    @Test
    @DisplayName("a RETENTION_TIME so short that pages are written over before nobody can need them is refused")
    void retention(@TempDir Path folder) {
        DataSource source = h2("jdbc:h2:" + folder.resolve("hasty") + ";WRITE_DELAY=0;RETENTION_TIME=0");
        refused(source, "the reuse of space is as H2 2.", "RETENTION_TIME", "DurabilityRisk.H2_SPACE_REUSE");
        opensAccepting(source, DurabilityRisk.H2_SPACE_REUSE);
    }

    /** Another version than the one on the class path, whose classes have the same names. */
    private static DataSource h2Of25(String address) throws ReflectiveOperationException {
        URL[] jar = {Objects.requireNonNull(H2DurabilityTest.class.getResource("/h2/2.5.jar"), "/h2/2.5.jar")};
        ClassLoader loader = new URLClassLoader(jar, ClassLoader.getPlatformClassLoader());
        Object source =
                loader.loadClass("org.h2.jdbcx.JdbcDataSource").getConstructor().newInstance();
        source.getClass().getMethod("setURL", String.class).invoke(source, address);
        source.getClass().getMethod("setUser", String.class).invoke(source, "sa");
        return (DataSource) source;
    }
}
