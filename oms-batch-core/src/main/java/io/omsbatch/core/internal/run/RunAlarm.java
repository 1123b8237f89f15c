package io.omsbatch.core.internal.run;

import io.omsbatch.api.engine.Environment;
import io.omsbatch.core.internal.pace.PollPace;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one timer of a run: it wakes tasks whose delay is over, and lets all tasks that are being settled be looked at together.
 * Guarded by the run's lock.
 */
final class RunAlarm {

    private final RunLedger ledger;
    private final PollPace pace;
    private final SelfControl self;
    private final LongSupplier watches;
    private final Consumer<List<TaskEntry>> onOverdue;
    private final Runnable afterwards;

    private long nextPoll = Long.MAX_VALUE;
    private long setFor = Long.MAX_VALUE;
    private Environment.@Nullable Timer timer;

    /**
     * Creates an alarm that is not set.
     *
     * @param ledger what is true of the run
     * @param pace the pause between looks
     * @param self what the run orders itself
     * @param watches when the next deadline of a write freeze or a barrier comes, by the environment's nanoseconds
     * @param onOverdue takes tasks that waited too long for a look; called on the timer's thread
     * @param afterwards is called after each ring, on the timer's thread
     */
    RunAlarm(
            RunLedger ledger,
            PollPace pace,
            SelfControl self,
            LongSupplier watches,
            Consumer<List<TaskEntry>> onOverdue,
            Runnable afterwards) {
        this.ledger = ledger;
        this.pace = pace;
        this.self = self;
        this.watches = watches;
        this.onOverdue = onOverdue;
        this.afterwards = afterwards;
    }

    /** Sets the alarm for whatever comes first, if anything does. */
    void set() {
        ledger.lock().lock();
        try {
            if (!ledger.life().running()) {
                return;
            }
            long now = ledger.nanos();
            if (!ledger.queues().anySettling()) {
                nextPoll = Long.MAX_VALUE;
            } else if (nextPoll == Long.MAX_VALUE || nextPoll - now > pace.pauseNanos()) {
                nextPoll = now + pace.pauseNanos();
            }
            Long due = ledger.queues().nextDue();
            long wanted = Math.min(
                    due == null ? nextPoll : Math.min(due, nextPoll), Math.min(self.nextDue(), watches.getAsLong()));
            if (wanted == Long.MAX_VALUE || (timer != null && setFor <= wanted)) {
                return;
            }
            if (timer != null) {
                timer.cancel();
            }
            setFor = wanted;
            timer = ledger.parts().environment().schedule(Duration.ofNanos(Math.max(wanted - now, 0)), this::ring);
        } finally {
            ledger.lock().unlock();
        }
    }

    private void ring() {
        List<TaskEntry> overdue = List.of();
        ledger.lock().lock();
        try {
            timer = null;
            setFor = Long.MAX_VALUE;
            long now = ledger.nanos();
            ledger.queues().wake(now);
            if (nextPoll - now <= 0) {
                nextPoll = Long.MAX_VALUE;
                pace.slacken();
                ledger.queues().settling().forEach(ledger.queues()::lookAt);
                long grace = ledger.parts().settings().calls().timeout().toNanos() * 2;
                overdue = ledger.queues().takeOverdue(now, grace);
            }
        } finally {
            ledger.lock().unlock();
        }
        if (!overdue.isEmpty()) {
            onOverdue.accept(overdue);
        }
        afterwards.run();
    }
}
