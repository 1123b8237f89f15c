package io.omsbatch.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.gateway.FencingToken;
import io.omsbatch.api.journal.Appended;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.core.internal.durable.Records;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("DUR-5: Facts whose commit was in doubt")
class WrittenFactsTest {

    private final OneRun run = OneRun.stopping(3);
    private final JournalRecord one = fact(0);
    private final JournalRecord two = fact(1);
    private final JournalRecord three = fact(2);

    @AfterEach
    void close() {
        run.close();
    }

    private JournalRecord fact(int task) {
        return Records.undoBegun(OneRun.NOW.plusNanos(1_999), run.entry(task).subject());
    }

    private long written(JournalRecord... facts) {
        return run.ledger.append(List.of(facts)).last();
    }

    private @Nullable Appended find(long after, FencingToken token, long taken, JournalRecord... facts) {
        Write write = Write.results(List.of(facts), 1, later -> {});
        write.after = after;
        return WrittenFacts.find(run.journal, run.ledger.record().runId(), token, write, sequence -> sequence == taken);
    }

    private @Nullable Long found(long after, JournalRecord... facts) {
        Appended place = find(after, run.ledger.token(), -1, facts);
        return place == null ? null : place.last();
    }

    @Test
    @DisplayName("are found where they stand next to each other, in order")
    void found() {
        long before = written(three);
        long last = written(one, two);
        written(three);
        assertThat(found(before, one, two)).isEqualTo(last);
        assertThat(found(before, two)).isEqualTo(last);
        assertThat(found(before, two, three)).isEqualTo(last + 1);
        assertThat(found(before, two, one)).isNull();
        assertThat(found(before, one, three)).isNull();
        assertThat(found(last, one, two)).as("they were there before").isNull();
    }

    @Test
    @DisplayName("are not there where only some of them are")
    void incomplete() {
        written(one);
        assertThat(found(0, one, two)).isNull();
        assertThat(found(0, one)).isEqualTo(1);
    }

    @Test
    @DisplayName("are not those that another owner wrote, or that tell of another write")
    void others() {
        long first = written(one);
        assertThat(find(0, new FencingToken(99), -1, one)).isNull();
        assertThat(find(0, run.ledger.token(), first, one)).isNull();
        long second = written(one);
        Appended place = find(0, run.ledger.token(), first, one);
        assertThat(place).isNotNull();
        assertThat(place.last()).isEqualTo(second);
    }

    @Test
    @DisplayName("are compared to the microsecond, as databases keep times")
    void micros() {
        written(one);
        JournalRecord same =
                Records.undoBegun(OneRun.NOW.plusNanos(1_000), run.entry(0).subject());
        JournalRecord later =
                Records.undoBegun(OneRun.NOW.plusNanos(2_000), run.entry(0).subject());
        assertThat(found(0, same)).isEqualTo(1);
        assertThat(found(0, later)).isNull();
    }

    @Test
    @DisplayName("are found beyond the first 1 000 facts")
    void pages() {
        run.ledger.append(Collections.nCopies(1_500, one));
        long last = written(two);
        assertThat(found(0, two)).isEqualTo(last);
        assertThat(found(0, one, two)).isEqualTo(last);
    }
}
