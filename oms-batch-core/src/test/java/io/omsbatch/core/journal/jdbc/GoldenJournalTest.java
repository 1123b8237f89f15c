package io.omsbatch.core.journal.jdbc;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@DisplayName("The golden journal")
class GoldenJournalTest {

    @Test
    @DisplayName("is what this version writes, before it was frozen")
    @EnabledIfSystemProperty(named = "golden.write", matches = ".+", disabledReason = "done once for each version")
    void writes() throws Exception {
        TestDatabase database = TestDatabase.h2();
        JdbcJournalSettings settings = TestDatabase.settings();
        GoldenV1.write(JdbcJournalStore.open(database.source(), settings));
        Files.writeString(
                Path.of(System.getProperty("golden.write")), GoldenFile.dump(database, settings.tablePrefix()));
    }
}
