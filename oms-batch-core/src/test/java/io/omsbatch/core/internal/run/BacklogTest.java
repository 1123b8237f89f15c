package io.omsbatch.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.Lease;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.core.OutageJournal.Fate;
import io.omsbatch.core.internal.durable.Records;
import io.omsbatch.core.settings.EngineSettings;
import io.omsbatch.core.settings.OutageSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("DUR-5: What a run could not write")
class BacklogTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final OutageSettings OUTAGE =
            new OutageSettings(PATIENCE, Duration.ofMillis(200), Duration.ofSeconds(5), 2);

    private final OneRun run =
            OneRun.of(EngineSettings.defaults().withOutage(OUTAGE), GatewayCapabilities.of(), RunPolicy.none(), 4);
    private final Backlog backlog = run.ledger.backlog();
    private final List<String> told = new ArrayList<>();

    {
        backlog.tell(Runnable::run, () -> told.add("up"));
    }

    @AfterEach
    void close() {
        run.close();
    }

    private JournalRecord fact(int task) {
        return Records.undoBegun(run.ledger.now(), run.entry(task).subject());
    }

    private Write results(int task) {
        return Write.results(List.of(fact(task)), 1, later -> told.add("written " + task));
    }

    private Write nowOrNever(int task) {
        return Write.nowOrNever(
                List.of(fact(task)), later -> told.add("written " + task), () -> told.add("dropped " + task));
    }

    private Write asked(int task) {
        return Write.asked(
                List.of(fact(task)), later -> told.add("written " + task), () -> told.add("dropped " + task));
    }

    private List<String> inJournal() {
        run.way.up();
        return run.journal.read(run.ledger.record().runId(), 0, 100).stream()
                .map(JournalEntry::record)
                .filter(fact -> fact.subject() != null)
                .map(fact -> fact.subject().task().id())
                .toList();
    }

    private void fates(Fate... fates) {
        List<Fate> left = new ArrayList<>(List.of(fates));
        run.way.script((method, facts) -> facts.isEmpty() || left.isEmpty() ? Fate.WORKS : left.remove(0));
    }

    private void kind(JournalException.Kind kind) {
        run.way.script((method, facts) -> {
            throw new JournalException(kind, "r", "the database says no", null);
        });
    }

    private boolean down() {
        run.ledger.lock().lock();
        try {
            return backlog.down();
        } finally {
            run.ledger.lock().unlock();
        }
    }

    private String stopped() {
        try {
            run.environment.advance(Duration.ZERO);
            return run.ledger.life().completion().isDone()
                    ? String.valueOf(run.ledger.life().completion().join())
                    : "runs";
        } catch (CompletionException stop) {
            return run.ledger.life().state() + " " + stop.getCause().getMessage();
        }
    }

    @Test
    @DisplayName("is nothing while the journal answers")
    void answers() {
        assertThat(backlog.write(results(0))).isEqualTo(Recorded.YES);
        assertThat(backlog.write(nowOrNever(1))).isEqualTo(Recorded.YES);
        assertThat(told).isEmpty();
        assertThat(down()).isFalse();
        assertThat(backlog.ask(() -> "answer")).isEqualTo("answer");
        assertThat(inJournal()).containsExactly("t1", "t2");
    }

    @Test
    @DisplayName("waits in its order if it is true anyway, and is written once the journal answers again")
    void waits() {
        run.way.down();
        assertThat(backlog.write(results(0))).isEqualTo(Recorded.LATER);
        assertThat(down()).isTrue();
        long tried = run.way.calls("append");
        assertThat(backlog.write(results(1))).isEqualTo(Recorded.LATER);
        assertThat(run.way.calls("append")).as("not tried while it is away").isEqualTo(tried);
        assertThat(backlog.<String>ask(() -> "not asked")).isNull();
        run.environment.advance(Duration.ofSeconds(1));
        assertThat(down()).isTrue();
        assertThat(told).isEmpty();
        run.way.up();
        run.environment.advance(Duration.ofSeconds(6));
        assertThat(told).containsExactly("written 0", "written 1", "up");
        assertThat(down()).isFalse();
        assertThat(inJournal()).containsExactly("t1", "t2");
        assertThat(backlog.ask(() -> "answer")).isEqualTo("answer");
    }

    @Test
    @DisplayName("is dropped if it has not happened unless it is written now")
    void dropped() {
        run.way.down();
        assertThat(backlog.write(nowOrNever(0))).isEqualTo(Recorded.NO);
        assertThat(told).containsExactly("dropped 0");
        assertThat(down()).isTrue();
        assertThat(backlog.write(nowOrNever(1))).isEqualTo(Recorded.NO);
        assertThat(told).containsExactly("dropped 0", "dropped 1");
        run.way.up();
        run.environment.advance(Duration.ofSeconds(6));
        assertThat(told).containsExactly("dropped 0", "dropped 1", "up");
        assertThat(inJournal()).isEmpty();
    }

    @Test
    @DisplayName("lets a run go on if only what an operator asked for could not be written, who is told")
    void asked() {
        run.way.down();
        assertThat(backlog.write(asked(0))).isEqualTo(Recorded.NO);
        assertThat(told).containsExactly("dropped 0");
        assertThat(down()).isFalse();
        fates(Fate.LOST);
        assertThat(backlog.write(asked(1))).isEqualTo(Recorded.IN_DOUBT);
        assertThat(down()).as("nobody knows").isTrue();
        run.environment.advance(Duration.ofSeconds(6));
        assertThat(told).containsExactly("dropped 0", "dropped 1", "up");
    }

    @Test
    @DisplayName("is looked for where nobody knows whether it was written, and neither lost nor written twice")
    void inDoubt() {
        fates(Fate.LOST);
        assertThat(backlog.write(results(0))).isEqualTo(Recorded.LATER);
        run.environment.advance(Duration.ofSeconds(6));
        fates(Fate.ANSWER_LOST);
        assertThat(backlog.write(results(1))).isEqualTo(Recorded.LATER);
        run.environment.advance(Duration.ofSeconds(6));
        fates(Fate.LOST);
        assertThat(backlog.write(nowOrNever(2))).isEqualTo(Recorded.IN_DOUBT);
        run.environment.advance(Duration.ofSeconds(6));
        fates(Fate.ANSWER_LOST);
        assertThat(backlog.write(nowOrNever(3))).isEqualTo(Recorded.IN_DOUBT);
        run.environment.advance(Duration.ofSeconds(6));
        assertThat(told).containsExactly("written 0", "up", "written 1", "up", "dropped 2", "up", "written 3", "up");
        assertThat(inJournal()).containsExactly("t1", "t2", "t4");
    }

    @Test
    @DisplayName("is looked for again where that was in doubt the second time, too")
    void inDoubtTwice() {
        fates(Fate.UNAVAILABLE, Fate.ANSWER_LOST);
        assertThat(backlog.write(results(0))).isEqualTo(Recorded.LATER);
        run.environment.advance(Duration.ofSeconds(12));
        assertThat(told).containsExactly("written 0", "up");
        assertThat(inJournal()).containsExactly("t1");
    }

    @Test
    @DisplayName("parks the run when the journal took nothing for as long as patience lasts, and not before")
    void patience() {
        run.way.down();
        backlog.write(results(0));
        run.environment.advance(PATIENCE.minusNanos(1));
        assertThat(stopped()).isEqualTo("runs");
        run.environment.advance(Duration.ofNanos(1));
        assertThat(stopped())
                .startsWith("PARKED")
                .contains("JOURNAL_UNAVAILABLE", "it took nothing for PT5M", "at last the database is away");
        assertThat(down()).as("nothing is tried any more").isFalse();
    }

    @Test
    @DisplayName("has the whole patience again once the journal took something")
    void patienceAnew() {
        run.way.down();
        backlog.write(results(0));
        run.environment.advance(PATIENCE.minusSeconds(10));
        run.way.up();
        run.environment.advance(Duration.ofSeconds(6));
        assertThat(down()).isFalse();
        run.way.down();
        backlog.write(results(1));
        run.environment.advance(PATIENCE.minusNanos(1));
        assertThat(stopped()).isEqualTo("runs");
        run.environment.advance(Duration.ofNanos(1));
        assertThat(stopped()).startsWith("PARKED");
    }

    private void upWithoutWriting() {
        run.way.down();
        assertThat(backlog.write(nowOrNever(0))).isEqualTo(Recorded.NO);
        run.environment.advance(PATIENCE.minusSeconds(10));
        run.way.up();
        run.environment.advance(Duration.ofSeconds(6));
        assertThat(down()).isFalse();
    }

    private void requireWholePatience() {
        run.way.down();
        backlog.write(results(1));
        run.environment.advance(PATIENCE.minusNanos(1));
        assertThat(stopped()).isEqualTo("runs");
        run.environment.advance(Duration.ofNanos(1));
        assertThat(stopped()).startsWith("PARKED");
    }

    @Test
    @DisplayName("has the whole patience again once anything else was written")
    void patienceAfterWrite() {
        upWithoutWriting();
        assertThat(backlog.write(results(2))).isEqualTo(Recorded.YES);
        requireWholePatience();
    }

    @Test
    @DisplayName("has the whole patience again once the journal answered a question")
    void patienceAfterAnswer() {
        upWithoutWriting();
        assertThat(backlog.ask(() -> "answer")).isEqualTo("answer");
        requireWholePatience();
    }

    @Test
    @DisplayName("has no patience anew where the journal only renews leases, and takes nothing")
    void noPatienceAnew() {
        run.way.down();
        assertThat(backlog.write(nowOrNever(0))).isEqualTo(Recorded.NO);
        run.environment.advance(PATIENCE.minusSeconds(10));
        run.way.up();
        run.environment.advance(Duration.ofSeconds(6));
        assertThat(told).contains("up");
        assertThat(down()).isFalse();
        run.way.down();
        backlog.write(results(1));
        run.environment.advance(Duration.ofSeconds(4));
        assertThat(stopped()).startsWith("PARKED").contains("it took nothing for PT5M");
    }

    @Test
    @DisplayName("parks the run when it is too much")
    void tooMuch() {
        run.way.down();
        backlog.write(results(0));
        backlog.write(results(1));
        assertThat(stopped()).isEqualTo("runs");
        backlog.write(results(2));
        assertThat(stopped()).startsWith("PARKED").contains("more than 2 results would have to be kept");
    }

    @Test
    @DisplayName("is counted anew once it was written")
    void counted() {
        for (int i = 0; i < 2; i++) {
            run.way.down();
            backlog.write(results(0));
            backlog.write(results(1));
            run.way.up();
            run.environment.advance(Duration.ofSeconds(6));
        }
        assertThat(stopped()).isEqualTo("runs");
        assertThat(told).hasSize(6);
    }

    @Test
    @DisplayName("DUR-2: is given up where another engine owns the run, and where the journal is broken")
    void notPassing() {
        kind(JournalException.Kind.FENCED);
        assertThat(backlog.write(results(0))).isEqualTo(Recorded.NO);
        assertThat(stopped()).startsWith("LOST").contains("OWNERSHIP_LOST");
        assertThat(down()).isFalse();
        assertThat(backlog.write(results(1))).isEqualTo(Recorded.NO);
        try (OneRun broken = OneRun.stopping(1)) {
            assertThat(broken.ledger.backlog().<String>ask(() -> {
                        throw new JournalException(JournalException.Kind.UNREADABLE, "r", "no", null);
                    }))
                    .isNull();
            assertThat(broken.ledger.life().state()).isEqualTo(RunState.PARKED);
        }
    }

    @Test
    @DisplayName("begins with a question that the journal does not answer")
    void asks() {
        run.way.down();
        assertThat(backlog.<String>ask(() -> {
                    throw new JournalException(JournalException.Kind.UNAVAILABLE, "r", "away", null);
                }))
                .isNull();
        assertThat(down()).isTrue();
        run.way.up();
        run.environment.advance(Duration.ofSeconds(6));
        assertThat(told).containsExactly("up");
    }

    @Test
    @DisplayName("DUR-2: is lost with the run if another engine took that meanwhile")
    void lost() {
        run.way.down();
        backlog.write(results(0));
        run.way.up();
        run.environment.advance(Duration.ofMillis(1));
        kind(JournalException.Kind.FENCED);
        run.environment.advance(Duration.ofSeconds(6));
        assertThat(stopped()).startsWith("LOST");
        assertThat(told).isEmpty();
    }

    @Test
    @DisplayName("DUR-2: is lost with the run whose lease ran out while the journal was away")
    void takenOver() {
        run.ledger.tenure().tell(() -> {}, run.ledger.life()::lose);
        run.way.down();
        backlog.write(results(0));
        run.environment.advance(PATIENCE.minusSeconds(60));
        run.way.up();
        assertThat(run.journal.takeOver(run.ledger.record().runId(), new Lease("another", Duration.ofMinutes(1))))
                .isPresent();
        run.environment.advance(Duration.ofSeconds(20));
        assertThat(stopped()).startsWith("LOST");
        assertThat(told).isEmpty();
        assertThat(inJournal()).isEmpty();
    }
}
