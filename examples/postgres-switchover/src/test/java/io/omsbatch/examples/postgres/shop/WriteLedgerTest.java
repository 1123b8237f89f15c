package io.omsbatch.examples.postgres.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.examples.postgres.shop.WriteLedger.WriteCount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A writer's ledger")
class WriteLedgerTest {

    @TempDir
    private Path folder;

    @Test
    @DisplayName("counts a committed write that is not there as lost, and a row that nobody wrote as unexplained")
    void compares() {
        WriteLedger ledger = WriteLedger.inMemory();
        for (int row = 1; row <= 3; row++) {
            ledger.asked(row);
            ledger.committed(row);
        }
        assertThat(ledger.compare(Set.of(1, 3, 9))).isEqualTo(new WriteCount(3, 1, 0, 1));
    }

    @Test
    @DisplayName(
            "in a file is what it was when its process was killed: what was asked for and not acknowledged is ambiguous")
    void killed() {
        WriteLedger before = WriteLedger.in(folder.resolve("shop"));
        before.asked(1);
        before.committed(1);
        before.asked(2);
        before.asked(3);

        WriteLedger after = WriteLedger.in(folder.resolve("shop"));
        assertThat(after.committedCount()).isEqualTo(1);
        assertThat(after.ambiguousCount()).isEqualTo(2);
        assertThat(after.next()).isEqualTo(4);
        assertThat(after.compare(Set.of(1, 2))).isEqualTo(new WriteCount(1, 0, 1, 0));
        assertThat(after.compare(Set.of(2, 3))).isEqualTo(new WriteCount(1, 1, 2, 0));
    }

    @Test
    @DisplayName("goes on behind a line that was not finished")
    void torn() throws Exception {
        Path file = folder.resolve("shop");
        Files.writeString(file, "asked 1\ncommitted 1\nasked 2\ncommit");
        try (WriteLedger ledger = WriteLedger.in(file)) {
            assertThat(ledger.committedCount()).isEqualTo(1);
            ledger.asked(3);
        }
        assertThat(Files.readString(file)).isEqualTo("asked 1\ncommitted 1\nasked 2\nasked 3\n");
    }

    @Test
    @DisplayName("is not read where it is not understood")
    void notUnderstood() throws Exception {
        Path file = folder.resolve("shop");
        Files.writeString(file, "perhaps 1\n");
        assertThatThrownBy(() -> WriteLedger.in(file)).hasMessageContaining("perhaps 1");
    }
}
