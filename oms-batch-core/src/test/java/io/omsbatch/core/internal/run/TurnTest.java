package io.omsbatch.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.core.internal.durable.Records;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The changes of tasks")
class TurnTest {

    private static List<Integer> sizes(int... records) {
        try (OneRun run = OneRun.stopping(1)) {
            TaskEntry entry = run.entry(0);
            JournalRecord fact = Records.undoBegun(OneRun.NOW, entry.subject());
            List<Turn> turns = IntStream.of(records)
                    .mapToObj(number -> new Turn(entry, Collections.nCopies(number, fact), List.of(), () -> {}))
                    .toList();
            List<List<Turn>> parts = Turn.parts(turns);
            assertThat(parts.stream().flatMap(List::stream).toList())
                    .as("all, in order")
                    .isEqualTo(turns);
            return parts.stream().map(List::size).toList();
        }
    }

    @Test
    @DisplayName("are written in parts of 1 000 facts or little more, never parted between the facts of one")
    void parts() {
        assertThat(sizes()).isEmpty();
        assertThat(sizes(0, 0)).containsExactly(2);
        assertThat(sizes(999)).containsExactly(1);
        assertThat(sizes(999, 1, 1)).containsExactly(2, 1);
        assertThat(sizes(999, 5, 999, 1)).containsExactly(2, 2);
        assertThat(sizes(600, 399, 0)).containsExactly(3);
    }

    @Test
    @DisplayName("release the task that was held for them")
    void releases() {
        try (OneRun run = OneRun.stopping(1)) {
            assertThat(Turn.silent(run.entry(0), () -> {}).releases()).isTrue();
        }
    }
}
