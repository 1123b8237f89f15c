package io.omsbatch.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.operation.FailureBudget;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.operation.Waves;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.core.settings.EngineSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RUN-7: What a run orders itself")
class SelfControlTest {

    private static final Duration SOAK = Duration.ofSeconds(10);
    private static final TaskOutcome FAILED = new TaskOutcome.Failed(Problem.of(ProblemCode.STEP_FAILED, "no rights"));
    private static final TaskOutcome SUCCEEDED = new TaskOutcome.Succeeded();

    private final List<RunLedger.Order> orders = new ArrayList<>();
    private @Nullable OneRun run;
    private @Nullable SelfControl self;

    @AfterEach
    void close() {
        if (run != null) {
            run.close();
        }
    }

    private SelfControl of(OneRun one) {
        run = one;
        self = new SelfControl(one.ledger, one.moves(), orders::add, () -> {});
        return self;
    }

    private SelfControl of(RunPolicy policy) {
        return of(OneRun.of(EngineSettings.defaults(), GatewayCapabilities.of(), policy, 3));
    }

    private void ends(int task, TaskOutcome outcome) {
        TaskEntry entry = run.entry(task);
        run.ledger.end(entry, new TaskResult(entry.ref(), entry.name(), outcome, 1, OneRun.NOW, run.ledger.now()));
    }

    /** Writes the order that is due, and returns what it says; empty if none is. */
    private String ordered() {
        Runnable due = self.takeDue();
        if (due == null) {
            return "";
        }
        assertThat(self.takeDue()).as("while it is written").isNull();
        assertThat(run.ledger.beginOrder()).isFalse();
        due.run();
        RunLedger.Order order = orders.remove(0);
        order.change().accept(5);
        StringBuilder text = new StringBuilder();
        for (JournalRecord fact : order.records()) {
            text.append(fact.kind()).append(' ').append(fact.code()).append(' ');
            text.append(fact.detail().getOrDefault("text", "")).append("; ");
        }
        assertThat(run.ledger.beginOrder()).as("it is written").isTrue();
        run.ledger.endOrder();
        return text.toString();
    }

    @Test
    @DisplayName("is to begin the next wave once the last is over and was soaked, to the nanosecond")
    void wave() {
        SelfControl control = of(RunPolicy.none().withWaves(Waves.parse("1, 1").withSoak(SOAK)));
        assertThat(control.nextDue()).isEqualTo(Long.MAX_VALUE);
        assertThat(ordered()).isEmpty();
        ends(0, SUCCEEDED);
        assertThat(control.nextDue()).isEqualTo(run.ledger.nanos() + SOAK.toNanos());
        run.environment.advance(SOAK.minusNanos(1));
        assertThat(ordered()).isEmpty();
        run.environment.advance(Duration.ofNanos(1));
        assertThat(ordered()).isEqualTo("WAVE BEGUN ; ");
        assertThat(run.ledger.orders().waves().begun()).isEqualTo(2);
        assertThat(run.entry(1).phase()).isEqualTo(Phase.QUEUED);
        assertThat(run.entry(2).phase()).isEqualTo(Phase.IDLE);
        assertThat(ordered()).isEmpty();
        ends(1, SUCCEEDED);
        run.environment.advance(SOAK);
        assertThat(ordered()).as("soaked although nobody looked meanwhile").isEqualTo("WAVE BEGUN ; ");
        assertThat(run.entry(2).phase()).isEqualTo(Phase.QUEUED);
    }

    @Test
    @DisplayName("RUN-1: is to begin a wave without those of its tasks that have ended")
    void waveWithoutEnded() {
        of(RunPolicy.none().withWaves(Waves.parse("1").withSoak(SOAK)));
        ends(1, new TaskOutcome.NotAttempted(Problem.of(ProblemCode.RUN_CANCELED, "no more need")));
        ends(0, SUCCEEDED);
        run.environment.advance(SOAK);
        assertThat(ordered()).isEqualTo("WAVE BEGUN ; ");
        assertThat(run.entry(1).phase()).isEqualTo(Phase.ENDED);
        assertThat(run.entry(2).phase()).isEqualTo(Phase.QUEUED);
    }

    @Test
    @DisplayName("is nothing after the last wave, and nothing while the run is paused or ends")
    void noWave() {
        SelfControl control = of(RunPolicy.none().withWaves(Waves.parse("2")));
        ends(0, SUCCEEDED);
        ends(1, SUCCEEDED);
        run.ledger.order(RunOrders.NONE.after(RunAction.PAUSE, "ann", 1));
        assertThat(ordered()).isEmpty();
        assertThat(control.nextDue()).isEqualTo(Long.MAX_VALUE);
        run.ledger.order(RunOrders.NONE.after(RunAction.CANCEL, "ann", 1));
        assertThat(ordered()).isEmpty();
        run.ledger.order(RunOrders.NONE);
        assertThat(ordered()).isEqualTo("WAVE BEGUN ; ");
        ends(2, SUCCEEDED);
        assertThat(ordered()).isEmpty();
        assertThat(control.nextDue()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    @DisplayName(
            "counts the soak from the end of the wave, also where the wave ended elsewhere long ago, or later by another clock")
    void soaked() {
        SelfControl control = of(RunPolicy.none().withWaves(Waves.parse("1").withSoak(SOAK)));
        ends(0, SUCCEEDED);
        run.environment.advance(SOAK.plusSeconds(1));
        assertThat(control.nextDue()).isEqualTo(run.ledger.nanos());
        OneRun ahead = OneRun.of(
                EngineSettings.defaults(),
                GatewayCapabilities.of(),
                RunPolicy.none().withWaves(Waves.parse("1").withSoak(SOAK)),
                2);
        run.close();
        SelfControl later = of(ahead);
        TaskEntry entry = ahead.entry(0);
        ahead.ledger.end(
                entry,
                new TaskResult(
                        entry.ref(),
                        "t1",
                        SUCCEEDED,
                        1,
                        OneRun.NOW,
                        ahead.ledger.now().plusSeconds(99)));
        assertThat(later.nextDue()).isEqualTo(ahead.ledger.nanos() + SOAK.toNanos());
    }

    @Test
    @DisplayName("is to pause once the budget of a wave is spent")
    void waveSpent() {
        of(RunPolicy.none().withWaves(Waves.parse("2").withBudget(FailureBudget.tasks(0))));
        ends(0, FAILED);
        assertThat(ordered())
                .isEqualTo(
                        "WAVE SPENT 1 task failed or is unknown; of wave 1 the budget 0 allows 0 of 2; CONTROL PAUSE ; ");
        assertThat(run.ledger.orders().paused()).isTrue();
        assertThat(run.ledger.orders().waves()).isEqualTo(new RunOrders.WaveMarks(1, 1, 0));
        assertThat(run.ledger.orders().version()).isEqualTo(6);
        assertThat(ordered()).as("accepted by whoever resumes").isEmpty();
    }

    @Test
    @DisplayName("is to end once the budget of the run is spent")
    void spent() {
        of(RunPolicy.none().withBudget(FailureBudget.tasks(1)));
        ends(0, FAILED);
        assertThat(ordered()).isEmpty();
        ends(1, FAILED);
        assertThat(ordered())
                .isEqualTo(
                        "BUDGET_SPENT BUDGET_SPENT 2 tasks failed or are unknown; the failure budget 1 allows 1 of 3; ");
        assertThat(run.ledger.orders().ending()).isEqualTo(RunOrders.Ending.BUDGET_SPENT);
        assertThat(run.ledger.orders().paused()).isFalse();
        assertThat(run.ledger.orders().version()).isEqualTo(5);
    }

    @Test
    @DisplayName("is to pause too where the run is a switchover, in which an operator decides about begun tasks")
    void spentInSwitchover() {
        of(OneRun.switchover(EngineSettings.defaults(), RunPolicy.none().withBudget(FailureBudget.tasks(0)), 2));
        ends(0, FAILED);
        assertThat(ordered())
                .startsWith("BUDGET_SPENT BUDGET_SPENT 1 task failed")
                .endsWith("CONTROL PAUSE ; ");
        assertThat(run.ledger.orders().ending()).isEqualTo(RunOrders.Ending.BUDGET_SPENT);
        assertThat(run.ledger.orders().paused()).isTrue();
    }

    @Test
    @DisplayName("is to pause if the health gate could not be asked in time")
    void unasked() {
        Duration within = Duration.ofMinutes(1);
        SelfControl control =
                of(RunPolicy.none().withWaves(Waves.parse("1").withSoak(SOAK).withGateWithin(within)));
        assertThat(control.takeGate()).isNull();
        ends(0, SUCCEEDED);
        long soaked = run.ledger.nanos() + SOAK.toNanos();
        assertThat(control.takeGate()).isNull();
        assertThat(control.nextDue()).isEqualTo(soaked);
        run.environment.advance(SOAK);
        long timeouts = run.parts.settings().calls().timeout().multipliedBy(2).toNanos();
        assertThat(control.nextDue()).isEqualTo(soaked + within.toNanos() + timeouts);
        run.environment.advance(within.plusNanos(timeouts).minusNanos(1));
        assertThat(ordered()).isEmpty();
        run.environment.advance(Duration.ofNanos(1));
        assertThat(ordered())
                .isEqualTo(
                        "WAVE UNHEALTHY the health gate could not be asked in time: no call slot was free; CONTROL PAUSE ; ");
        assertThat(run.ledger.orders().waves()).isEqualTo(new RunOrders.WaveMarks(1, 0, 1));
        run.ledger.order(run.ledger.orders().after(RunAction.RESUME, "ann", 9));
        assertThat(control.takeGate()).as("an operator goes on without it").isNull();
        assertThat(ordered()).isEqualTo("WAVE BEGUN ; ");
    }

    @Test
    @DisplayName("asks the health gate once at a time")
    void asks() {
        SelfControl control = of(RunPolicy.none().withWaves(Waves.parse("1").withGateWithin(Duration.ofMinutes(1))));
        ends(0, SUCCEEDED);
        assertThat(control.takeGate()).isNotNull();
        assertThat(control.takeGate()).isNull();
        assertThat(control.nextDue()).isEqualTo(Long.MAX_VALUE);
        run.environment.advance(Duration.ofHours(1));
        assertThat(ordered()).as("while it is asked").isEmpty();
    }
}
