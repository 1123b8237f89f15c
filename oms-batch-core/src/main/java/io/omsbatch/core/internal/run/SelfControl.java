package io.omsbatch.core.internal.run;

import io.omsbatch.api.engine.HealthGate;
import io.omsbatch.api.engine.HealthGate.Health;
import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.FailureBudget;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.operation.Waves;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.core.internal.call.CallResult;
import io.omsbatch.core.internal.call.Work;
import io.omsbatch.core.internal.durable.Records;
import io.omsbatch.core.internal.durable.Records.WaveFact;
import io.omsbatch.core.internal.read.Failures;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a run orders itself: to begin nothing new once too much failed (RUN-7), to go on with its next wave, or to pause because the
 * health gate is not content. At most one such order is being written at a time.
 */
final class SelfControl {

    /** Who pauses a run that nobody paused. */
    private static final Actor ENGINE = new Actor("oms-batch");

    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);
    private static final String NOBODY_ASKED = "the health gate could not be asked in time: no call slot was free";

    private final RunLedger ledger;
    private final Moves moves;
    private final Consumer<RunLedger.Order> commit;
    private final Runnable goOn;

    /** The wave whose end was noticed, 0 before the first; the times below are of its soak and of its gate. */
    private int noticed;

    private long soakedAt;
    private long gateUntil;
    private long askAt;
    private boolean asking;
    private boolean healthy;

    /**
     * Creates it.
     *
     * @param ledger what is true of the run
     * @param moves the changes of tasks
     * @param commit writes an order and makes it
     * @param goOn is called when there may be something to do
     */
    SelfControl(RunLedger ledger, Moves moves, Consumer<RunLedger.Order> commit, Runnable goOn) {
        this.ledger = ledger;
        this.moves = moves;
        this.commit = commit;
        this.goOn = goOn;
    }

    /**
     * Returns what writes the order that is due, or null if none is. The lock must be held; nothing new begins until it is written.
     */
    @Nullable
    Runnable takeDue() {
        if (!ledger.life().running() || ledger.orders().toEnd()) {
            return null;
        }
        Permits permits = ledger.permits();
        if (permits.spent()) {
            return ordered(() -> stopFor(howSpent()));
        }
        int begun = ledger.orders().waves().begun();
        if (permits.waveSpent()) {
            return ordered(() -> pauseFor(WaveFact.SPENT, begun, howWaveSpent()));
        }
        if (!waits() || ledger.nanos() - soakedAt < 0) {
            return null;
        }
        if (!asksGate() || healthy) {
            return ordered(() -> begin(begun + 1));
        }
        boolean unasked = !asking && ledger.nanos() - unaskedAt() >= 0;
        return unasked ? ordered(() -> pauseFor(WaveFact.UNHEALTHY, begun, NOBODY_ASKED)) : null;
    }

    private String howSpent() {
        ledger.lock().lock();
        try {
            return how(Objects.requireNonNull(ledger.policy().budget()), ledger.ofRun(), "the failure budget");
        } finally {
            ledger.lock().unlock();
        }
    }

    private String howWaveSpent() {
        ledger.lock().lock();
        try {
            return how(
                    Objects.requireNonNull(ledger.policy().waves()).budget(),
                    Objects.requireNonNull(ledger.ofWave()),
                    "of wave " + ledger.orders().waves().begun() + " the budget");
        } finally {
            ledger.lock().unlock();
        }
    }

    private static String how(FailureBudget budget, Permits.Tally tally, String which) {
        return (tally.failed() == 1
                        ? "1 task failed or is unknown; "
                        : tally.failed() + " tasks failed or are unknown; ")
                + which + " " + budget + " allows "
                + budget.allowed(tally.eligible()) + " of " + tally.eligible();
    }

    /** Calls that do not return may hold all slots, so that the gate cannot be asked. */
    private long unaskedAt() {
        return gateUntil + ledger.parts().settings().calls().timeout().toNanos() * 2;
    }

    private @Nullable Runnable ordered(Runnable order) {
        return ledger.beginOrder() ? order : null;
    }

    /** Returns whether a wave is over and the next did not begin; the lock must be held. */
    private boolean waits() {
        RunTally.Wave wave = ledger.wave();
        if (wave == null
                || !wave.over()
                || wave.number() == ledger.tally().waves()
                || ledger.orders().toEnd()
                || !ledger.mayBegin()) {
            return false;
        }
        if (noticed != wave.number()) {
            Waves waves = Objects.requireNonNull(ledger.policy().waves());
            Duration since = Duration.between(wave.lastEnd(), ledger.now());
            Duration soaked = since.isNegative() ? Duration.ZERO : since;
            long left = soaked.compareTo(waves.soak()) >= 0
                    ? 0
                    : waves.soak().minus(soaked).toNanos();
            noticed = wave.number();
            soakedAt = ledger.nanos() + left;
            askAt = soakedAt;
            healthy = false;
            gateUntil = soakedAt
                    + (waves.gateWithin() == null ? 0 : waves.gateWithin().toNanos());
        }
        return true;
    }

    private boolean asksGate() {
        Waves waves = ledger.policy().waves();
        return waves != null
                && waves.gateWithin() != null
                && ledger.orders().waves().unhealthy()
                        != ledger.orders().waves().begun();
    }

    /** Returns when there is something to do, by the environment's nanoseconds, or {@link Long#MAX_VALUE}; the lock must be held. */
    long nextDue() {
        if (!waits() || asking) {
            return Long.MAX_VALUE;
        }
        if (!asksGate() || healthy) {
            return soakedAt;
        }
        return ledger.nanos() - askAt < 0 ? askAt : unaskedAt();
    }

    /** Returns the work of asking the health gate, or null if it need not be asked now; the lock must be held. */
    @Nullable
    Work takeGate() {
        RunTally.Wave wave = ledger.wave();
        if (wave == null || asking || !waits() || !asksGate() || healthy || ledger.nanos() - askAt < 0) {
            return null;
        }
        asking = true;
        List<TaskResult> ended = wave.tasks().stream()
                .map(entry -> Objects.requireNonNull(entry.result))
                .toList();
        HealthGate.Question question = new HealthGate.Question(
                ledger.record().runId(),
                ledger.record().plan().request(),
                wave.number(),
                ledger.tally().waves(),
                ended);
        return slot -> ledger.parts()
                .dispatcher()
                .call(slot, () -> judge(question), result -> answered(wave.number(), result));
    }

    /** A run that was planned on an engine with a gate may have been taken over by one without. */
    private Health judge(HealthGate.Question question) {
        HealthGate gate = ledger.parts().gate();
        return gate == null ? Health.notYet("this engine has no health gate") : gate.judge(question);
    }

    private void answered(int wave, CallResult<Health> result) {
        Health health = result.value();
        if (health == null) {
            Problem failed = Failures.ofRead(result);
            health = Health.notYet("the health gate gave no answer" + (failed == null ? "" : ": " + failed));
        }
        boolean stops = false;
        ledger.lock().lock();
        try {
            asking = false;
            healthy = health.state() == HealthGate.State.HEALTHY;
            boolean late = health.state() == HealthGate.State.NOT_YET && ledger.nanos() - gateUntil >= 0;
            askAt = ledger.nanos() + ASK_AGAIN.toNanos();
            stops = (late || health.state() == HealthGate.State.UNHEALTHY)
                    && ledger.orders().waves().begun() == wave
                    && !ledger.orders().toEnd()
                    && ledger.life().running()
                    && ledger.beginOrder();
            RunTally.Wave next = ledger.tally().wave(wave + 1);
            if (next != null && !healthy) {
                String missing = "wave " + wave + " is over; the health gate says " + health;
                next.tasks().forEach(entry -> entry.waitsFor = missing);
            }
        } finally {
            ledger.lock().unlock();
        }
        if (stops) {
            pauseFor(WaveFact.UNHEALTHY, wave, "after wave " + wave + " the health gate said " + health);
        }
        goOn.run();
    }

    /** Begins nothing new. In a switchover an operator decides about the tasks that have begun (RUN-7). */
    private void stopFor(String spentBudget) {
        boolean switchover = ledger.record().plan().request().operation().kind().isSwitchover();
        JournalRecord spent = Records.budgetSpent(ledger.now(), spentBudget);
        if (switchover) {
            pause(spent, orders -> orders.spent(spentBudget, orders.version()), spentBudget);
        } else {
            write(List.of(spent), fact -> ledger.order(ledger.orders().spent(spentBudget, fact)));
        }
    }

    private void pauseFor(WaveFact how, int wave, String text) {
        pause(Records.waveStopped(ledger.now(), wave, how, text), orders -> orders.after(how, wave), text);
    }

    private void pause(JournalRecord cause, UnaryOperator<RunOrders> change, String text) {
        List<JournalRecord> records = List.of(cause, Records.ordered(ledger.now(), RunAction.PAUSE, ENGINE, text));
        write(records, first -> {
            ledger.order(change.apply(ledger.orders()).after(RunAction.PAUSE, text, first + 1));
            ledger.happened(stamp -> new BatchEvent.RunControlled(stamp, RunAction.PAUSE, ENGINE, text));
        });
    }

    private void begin(int wave) {
        write(List.of(Records.waveBegun(ledger.now(), wave)), fact -> {
            ledger.order(ledger.orders().after(WaveFact.BEGUN, wave));
            Objects.requireNonNull(ledger.wave()).tasks().stream()
                    .filter(entry -> entry.phase() == Phase.IDLE)
                    .forEach(moves::enter);
        });
    }

    private void write(List<JournalRecord> records, LongConsumer change) {
        commit.accept(new RunLedger.Order(records, fact -> {
            change.accept(fact);
            ledger.endOrder();
        }));
    }
}
