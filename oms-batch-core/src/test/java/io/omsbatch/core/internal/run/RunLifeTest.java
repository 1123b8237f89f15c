package io.omsbatch.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.engine.RunStoppedException;
import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.core.OutageJournal.Fate;
import io.omsbatch.core.internal.notify.Subscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The life of a run")
class RunLifeTest {

    private static final Problem WHY = Problem.of(ProblemCode.ENGINE_DEFECT, "oh");

    private final OneRun run = OneRun.stopping(2);
    private final RunLife life = run.ledger.life();
    private final List<BatchEvent> told = new ArrayList<>();

    {
        run.ledger.feed().listen(new Subscriber(told::add, run.environment));
    }

    @AfterEach
    void close() {
        run.close();
    }

    private void endAll() {
        Moves moves = run.moves();
        run.ledger.commit(
                RunLedger.Order.NONE,
                run.ledger.entries().stream()
                        .map(entry -> moves.end(entry, new TaskOutcome.AlreadyDone()))
                        .toList(),
                true,
                () -> () -> {});
    }

    private List<JournalRecord.Kind> kinds() {
        return run.journal.read(run.ledger.record().runId(), 0, 100).stream()
                .map(JournalEntry::record)
                .map(JournalRecord::kind)
                .toList();
    }

    private List<Class<?>> tell() {
        run.environment.advance(Duration.ofSeconds(1));
        return told.stream().<Class<?>>map(Object::getClass).toList();
    }

    private static JournalException failure(JournalException.Kind kind) {
        return new JournalException(kind, "r", "the database says no", null);
    }

    @Test
    @DisplayName("ends once every task has its outcome, at a time that follows from its beginning")
    void ends() {
        run.environment.advance(Duration.ofSeconds(7));
        assertThat(life.completion()).isNotDone();
        endAll();
        assertThat(life.state()).isEqualTo(RunState.ENDED);
        tell();
        BatchReport report = life.completion().join();
        assertThat(report.endedAt()).isEqualTo(OneRun.NOW.plusSeconds(7));
        assertThat(report.results()).hasSize(2);
        assertThat(kinds())
                .containsExactly(JournalRecord.Kind.OUTCOME, JournalRecord.Kind.OUTCOME, JournalRecord.Kind.ENDED);
        assertThat(tell()).endsWith(BatchEvent.RunEnded.class);
        life.finishIfOver();
        assertThat(kinds()).as("once").hasSize(3);
        life.stop(RunState.PARKED, WHY);
        life.lose();
        assertThat(life.state()).isEqualTo(RunState.ENDED);
        assertThat(life.since()).isGreaterThanOrEqualTo(Duration.ofSeconds(7));
    }

    @Test
    @DisplayName("is paused as long as an operator wants, and at work all the same")
    void paused() {
        assertThat(life.state()).isEqualTo(RunState.RUNNING);
        run.ledger.order(RunOrders.NONE.after(RunAction.PAUSE, "ann", 1));
        assertThat(life.state()).isEqualTo(RunState.PAUSED);
        assertThat(life.atWork()).isTrue();
    }

    @Test
    @DisplayName("rests once, and writes why, so that the run has another version")
    void parked() {
        life.stop(RunState.PARKED, WHY);
        assertThat(life.state()).isEqualTo(RunState.PARKED);
        assertThat(life.atWork()).isFalse();
        life.stop(RunState.LOST, WHY);
        assertThat(life.state()).isEqualTo(RunState.PARKED);
        assertThat(tell()).containsOnlyOnce(BatchEvent.RunParked.class);
        assertThatThrownBy(() -> life.completion().join())
                .cause()
                .isInstanceOf(RunStoppedException.class)
                .hasMessageContaining("ENGINE_DEFECT");
        assertThat(kinds()).containsExactly(JournalRecord.Kind.PARKED);
        assertThat(run.ledger.runVersion()).isEqualTo(1);
        assertThat(life.letGo(WHY)).as("it was let go of").isDone();
    }

    @Test
    @DisplayName("DUR-2: is lost to another engine, and writes nothing more")
    void lost() {
        life.lose();
        assertThat(life.state()).isEqualTo(RunState.LOST);
        tell();
        assertThat(kinds()).isEmpty();
        assertThatThrownBy(() -> life.completion().join())
                .hasMessageContaining("another engine has taken the run over");
    }

    @Test
    @DisplayName("DUR-5: stops as its journal failed: lost, let go of, or at rest")
    void stopAfter() {
        life.stopAfter(failure(JournalException.Kind.UNREADABLE), false);
        assertThat(life.state()).isEqualTo(RunState.PARKED);
        tell();
        assertThat(kinds()).containsExactly(JournalRecord.Kind.PARKED);
        try (OneRun other = OneRun.stopping(1)) {
            other.ledger.life().stopAfter(failure(JournalException.Kind.FENCED), false);
            assertThat(other.ledger.life().state()).isEqualTo(RunState.LOST);
        }
        try (OneRun other = OneRun.stopping(1)) {
            other.ledger.life().stopAfter(failure(JournalException.Kind.UNAVAILABLE), false);
            assertThat(other.ledger.life().state()).isEqualTo(RunState.PARKED);
            other.environment.advance(Duration.ofSeconds(1));
            assertThat(other.way.calls("release")).as("nobody owns it").isEqualTo(1);
            assertThat(other.way.calls("append")).isZero();
        }
    }

    @Test
    @DisplayName("gives its lease up at once only where nothing is in flight")
    void letGo() {
        run.through(run.entry(0), Phase.QUEUED, Phase.PREPARING, Phase.SETTLING);
        assertThat(life.quiet()).isFalse();
        assertThat(life.letGo(WHY)).isDone();
        run.environment.advance(Duration.ofSeconds(1));
        assertThat(run.way.calls("release")).isZero();
        try (OneRun idle = OneRun.stopping(1)) {
            CompletableFuture<Void> released = idle.ledger.life().letGo(WHY);
            assertThat(released).isNotDone();
            idle.environment.advance(Duration.ofSeconds(1));
            assertThat(released).isDone();
            assertThat(idle.way.calls("release")).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("lets its end decide that is being written, unless the run is lost or let go of")
    void whileEnding() {
        run.way.script((method, facts) -> facts.stream().anyMatch(fact -> fact.kind() == JournalRecord.Kind.ENDED)
                ? Fate.UNAVAILABLE
                : Fate.WORKS);
        endAll();
        assertThat(life.state()).isEqualTo(RunState.RUNNING);
        life.stop(RunState.PARKED, WHY);
        assertThat(life.state()).isEqualTo(RunState.RUNNING);
        assertThat(life.letGo(WHY)).isDone();
        assertThat(life.state()).isEqualTo(RunState.PARKED);
        run.environment.advance(Duration.ofSeconds(1));
        assertThat(run.way.calls("release")).as("its end may be there").isZero();
    }

    @Test
    @DisplayName("is written to its end once the journal answers again")
    void endsLater() {
        run.way.script((method, facts) -> facts.stream().anyMatch(fact -> fact.kind() == JournalRecord.Kind.ENDED)
                ? Fate.UNAVAILABLE
                : Fate.WORKS);
        endAll();
        run.way.up();
        run.environment.advance(Duration.ofSeconds(6));
        assertThat(life.state()).isEqualTo(RunState.ENDED);
        assertThat(life.completion()).isDone();
    }

    @Test
    @DisplayName("is quiet once nothing is in flight, and begins nothing while its engine closes")
    void closing() {
        assertThat(life.mayBegin()).isTrue();
        run.through(run.entry(0), Phase.QUEUED, Phase.PREPARING, Phase.READY, Phase.CALLING);
        CompletableFuture<Void> quiet = life.beginClosing();
        assertThat(life.mayBegin()).isFalse();
        assertThat(life.running()).isTrue();
        assertThat(quiet).isNotDone();
        life.finishIfOver();
        assertThat(quiet).isNotDone();
        run.through(run.entry(0), Phase.IDLE);
        life.finishIfOver();
        assertThat(quiet).isDone();
    }
}
