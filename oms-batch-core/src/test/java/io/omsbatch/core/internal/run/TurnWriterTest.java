package io.omsbatch.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.core.internal.durable.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Changes that slots come with")
class TurnWriterTest {

    private final OneRun run = OneRun.stopping(4);
    private final ReentrantLock lock = new ReentrantLock();
    private final List<String> happened = new ArrayList<>();

    /** What others do while the journal is asked. */
    private final List<Runnable> meanwhile = new ArrayList<>();

    private final TurnWriter turnWriter = new TurnWriter(lock, this::commit, () -> happened.add("go on"));

    @AfterEach
    void close() {
        run.close();
    }

    private void commit(List<Turn> turns) {
        assertThat(lock.isHeldByCurrentThread()).isFalse();
        List<Runnable> now = List.copyOf(meanwhile);
        meanwhile.clear();
        now.forEach(Runnable::run);
        happened.add(
                "made " + turns.stream().map(turn -> turn.entry().ref().id()).toList());
    }

    private Turn telling(int task) {
        TaskEntry entry = run.entry(task);
        JournalRecord fact = Records.outcome(OneRun.NOW, entry.subject(), new TaskOutcome.Succeeded());
        return new Turn(entry, List.of(fact), List.of(), () -> {});
    }

    private Turn silent(int task) {
        return Turn.silent(run.entry(task), () -> {});
    }

    private void make(String whose, Turn... turns) {
        turnWriter.make(List.of(turns), () -> happened.add("then " + whose));
    }

    @Test
    @DisplayName("are made at once while nobody else is at it")
    void atOnce() {
        make("a", telling(0), telling(1));
        make("b", silent(2));
        assertThat(happened).containsExactly("made [t1, t2]", "then a", "go on", "made [t3]", "then b", "go on");
    }

    @Test
    @DisplayName("are left to whoever waits for the journal, and made together once it has answered")
    void together() {
        meanwhile.add(() -> {
            make("b", telling(1));
            make("c", telling(2), telling(3));
            assertThat(happened).isEmpty();
        });
        make("a", telling(0));
        assertThat(happened)
                .containsExactly("made [t1]", "then a", "go on", "made [t2, t3, t4]", "then b", "then c", "go on");
        happened.clear();
        make("d", telling(0));
        assertThat(happened).containsExactly("made [t1]", "then d", "go on");
    }

    @Test
    @DisplayName("wait for nobody if they have no facts, though others of the same slot do")
    void silentOnes() {
        meanwhile.add(() -> {
            make("b", silent(1), telling(2));
            make("c", silent(3));
        });
        make("a", telling(0));
        assertThat(happened)
                .containsExactly(
                        "made [t2]",
                        "go on",
                        "made [t4]",
                        "then c",
                        "go on",
                        "made [t1]",
                        "then a",
                        "go on",
                        "made [t3]",
                        "then b",
                        "go on");
    }
}
