package io.omsbatch.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.core.OutageJournal.Fate;
import io.omsbatch.core.internal.durable.Records;
import io.omsbatch.core.settings.EngineSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is true of a run")
class RunLedgerTest {

    private final OneRun run = OneRun.stopping(3);
    private final RunLedger ledger = run.ledger;
    private final List<String> made = new ArrayList<>();

    @AfterEach
    void close() {
        run.close();
    }

    private JournalRecord fact(int task) {
        return Records.undoBegun(ledger.now(), run.entry(task).subject());
    }

    private Turn telling(int task) {
        run.entry(task).hold();
        return new Turn(run.entry(task), List.of(fact(task)), List.of(), () -> made.add("told " + task));
    }

    private Turn silent(int task) {
        run.entry(task).hold();
        return Turn.silent(run.entry(task), () -> made.add("silent " + task));
    }

    private Recorded commit(RunLedger.Order order, boolean results, Turn... turns) {
        return ledger.commit(order, List.of(turns), results, () -> {
            made.add("locked " + ledger.lock().isHeldByCurrentThread());
            return () -> made.add("last " + ledger.lock().isHeldByCurrentThread());
        });
    }

    @Test
    @DisplayName("changes once it is written: the run, then its tasks, then what follows")
    void commits() {
        RunLedger.Order order = new RunLedger.Order(
                List.of(Records.ordered(ledger.now(), RunAction.PAUSE, OneRun.ANN, "wait")),
                first -> made.add("order " + first));
        assertThat(commit(order, true, telling(0), silent(1))).isEqualTo(Recorded.YES);
        assertThat(made).containsExactly("order 1", "told 0", "silent 1", "locked true", "last false");
        assertThat(run.entry(0).busy()).isFalse();
        assertThat(ledger.version()).isEqualTo(2);
        assertThat(ledger.newestFact()).isEqualTo(2);
        assertThat(ledger.isTaken(2)).isTrue();
        assertThat(ledger.isTaken(3)).isFalse();
    }

    @Test
    @DisplayName("changes without a write where nothing is told")
    void silently() {
        assertThat(commit(RunLedger.Order.NONE, true, silent(0))).isEqualTo(Recorded.YES);
        assertThat(made).containsExactly("silent 0", "locked true", "last false");
        assertThat(run.way.calls("append")).isZero();
    }

    @Test
    @DisplayName("DUR-5: changes at once without a journal where nothing is told, and later where something is")
    void later() {
        run.way.down();
        assertThat(commit(RunLedger.Order.NONE, true, telling(0), silent(1))).isEqualTo(Recorded.LATER);
        assertThat(made).containsExactly("silent 1", "locked true", "last false");
        assertThat(run.entry(0).busy()).as("until its result is written").isTrue();
        assertThat(run.entry(1).busy()).isFalse();
        made.clear();
        run.way.up();
        run.environment.advance(Duration.ofSeconds(6));
        assertThat(made).containsExactly("told 0", "locked true", "last false");
        assertThat(run.entry(0).busy()).isFalse();
        assertThat(ledger.version()).isEqualTo(1);
    }

    @Test
    @DisplayName("DUR-5: does not change by what was asked for and not written, and lets go of its tasks")
    void asked() {
        run.way.down();
        assertThat(commit(RunLedger.Order.NONE, false, telling(0))).isEqualTo(Recorded.NO);
        assertThat(made).isEmpty();
        assertThat(run.entry(0).busy()).isFalse();
        run.way.script((method, facts) -> facts.isEmpty() ? Fate.WORKS : Fate.ANSWER_LOST);
        assertThat(commit(RunLedger.Order.NONE, false, telling(1))).isEqualTo(Recorded.IN_DOUBT);
        run.way.up();
        run.environment.advance(Duration.ofSeconds(6));
        assertThat(made).as("it was written").containsExactly("told 1", "locked true", "last false");
        assertThat(run.entry(1).busy()).isFalse();
    }

    @Test
    @DisplayName("takes in what it notes, also where that was in doubt")
    void notes() {
        ledger.note(List.of(fact(0), fact(1)));
        assertThat(ledger.version()).isEqualTo(2);
        run.way.script((method, facts) -> facts.isEmpty() ? Fate.WORKS : Fate.ANSWER_LOST);
        assertThat(ledger.noteNowOrNever(List.of(fact(2)), () -> made.add("later"), () -> made.add("dropped")))
                .isFalse();
        run.way.up();
        run.environment.advance(Duration.ofSeconds(6));
        assertThat(made).containsExactly("later");
        assertThat(ledger.isTaken(3)).isTrue();
        assertThat(ledger.noteNowOrNever(List.of(fact(2)), () -> made.add("later"), () -> made.add("dropped")))
                .isTrue();
        assertThat(ledger.version()).isEqualTo(4);
        assertThat(made).hasSize(1);
    }

    @Test
    @DisplayName("DUR-2: sends no command whose call could outlast the lease, unless the platform fences")
    void maySend() {
        EngineSettings settings = EngineSettings.defaults();
        run.way.script((method, facts) -> {
            throw new JournalException(JournalException.Kind.UNAVAILABLE, "r", "away", null);
        });
        Duration last = settings.lease().selfFence().minus(settings.calls().timeout());
        assertThat(ledger.maySend()).isTrue();
        run.environment.advance(last);
        assertThat(ledger.maySend()).isTrue();
        run.environment.advance(Duration.ofNanos(1));
        assertThat(ledger.maySend()).isFalse();
        assertThat(ledger.outlasting()).isZero();
        try (OneRun fenced =
                OneRun.of(settings, GatewayCapabilities.of(GatewayCapability.FENCING), RunPolicy.none(), 1)) {
            fenced.way.down();
            fenced.environment.advance(settings.lease().selfFence());
            assertThat(fenced.ledger.maySend()).isTrue();
            fenced.environment.advance(Duration.ofNanos(1));
            assertThat(fenced.ledger.maySend()).isFalse();
        }
    }

    @Test
    @DisplayName("says what a task waits for whose wave did not begin, and lets one order be written at a time")
    void orders() {
        assertThat(ledger.wavesAhead(run.entry(0))).isEmpty();
        assertThat(ledger.beginOrder()).isTrue();
        assertThat(ledger.mayBegin()).isFalse();
        assertThat(ledger.beginOrder()).isFalse();
        ledger.endOrder();
        assertThat(ledger.mayBegin()).isTrue();
        ledger.order(RunOrders.NONE.after(RunAction.PAUSE, "ann", 3));
        assertThat(ledger.mayBegin()).isFalse();
        assertThat(ledger.mayTakeBack()).isTrue();
        assertThat(ledger.runVersion()).isEqualTo(3);
    }
}
