package io.omsbatch.core.internal.run;

import io.omsbatch.core.internal.step.LaneState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Watches how long tasks wait for the others of their lanes at the barrier (SW-3). Guarded by the run's lock. */
final class BarrierWatch {

    private final RunLedger ledger;
    private final @Nullable Duration patience;
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(Comparator.comparingLong(Waiting::end));

    /** A lane whose first task waits since a moment, until a time of the environment's nanoseconds. */
    private record Waiting(LaneState lane, Instant since, long end) {}

    BarrierWatch(RunLedger ledger) {
        this.ledger = ledger;
        this.patience = ledger.policy().lockstepOrDefault().patience();
    }

    /** The first task of a lane waits at the barrier. */
    void waits(LaneState lane, Instant since) {
        if (patience != null) {
            Duration left = Duration.between(ledger.now(), since.plus(patience));
            waiting.add(new Waiting(lane, since, ledger.nanos() + left.toNanos()));
        }
    }

    /** Returns when the next has waited long enough, by the environment's nanoseconds, or {@link Long#MAX_VALUE}. */
    long nextDue() {
        Waiting next = waiting.peek();
        return next == null ? Long.MAX_VALUE : next.end;
    }

    /** Returns the lanes in which a task has waited long enough. */
    Set<LaneState> takeDue() {
        Set<LaneState> due = new HashSet<>();
        while (nextDue() - ledger.nanos() <= 0 && !waiting.isEmpty()) {
            Waiting next = waiting.remove();
            if (next.since.equals(next.lane.waitingSince())) {
                due.add(next.lane);
            }
        }
        return due;
    }
}
