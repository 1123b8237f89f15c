package io.omsbatch.core.internal.run;

import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.core.internal.step.LaneMember;
import io.omsbatch.core.internal.step.LaneState;
import io.omsbatch.core.internal.step.Mirror;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Watches how long the sources of a switchover have been frozen (SW-9). Guarded by the run's lock. */
final class FreezeWatch {

    /** Why the engine acts at the end of a budget. */
    private static final String WHY = "the write freeze was longer than its budget";

    private final RunLedger ledger;
    private final Stragglers stragglers;
    private final Consumer<List<Turn>> commit;
    private final PriorityQueue<Frozen> frozen = new PriorityQueue<>(Comparator.comparingLong(Frozen::end));

    /** A task whose budget ends at a time of the environment's nanoseconds. */
    private record Frozen(TaskEntry entry, long end) {}

    /**
     * Creates a watch over nothing.
     *
     * @param ledger what is true of the run
     * @param stragglers ejects those who hold frozen tasks up
     * @param commit writes changes and makes them
     */
    FreezeWatch(RunLedger ledger, Stragglers stragglers, Consumer<List<Turn>> commit) {
        this.ledger = ledger;
        this.stragglers = stragglers;
        this.commit = commit;
    }

    /** Watches a task whose source is frozen, if it is. */
    void watch(TaskEntry entry) {
        LaneMember member = entry.memberOrNull();
        if (member != null && member.frozenSince != null && member.frozen()) {
            Duration left = Duration.between(ledger.now(), until(member.frozenSince));
            frozen.add(new Frozen(entry, ledger.nanos() + left.toNanos()));
        }
    }

    /** Returns when the budget of a freeze ends. */
    Instant until(Instant since) {
        return since.plus(ledger.freeze().limit());
    }

    /** Returns when the next budget ends, by the environment's nanoseconds, or {@link Long#MAX_VALUE}. */
    long nextDue() {
        Frozen next = frozen.peek();
        return next == null ? Long.MAX_VALUE : next.end;
    }

    /** Returns what is to be done because budgets ended, or null if nothing is; the lock must be held. */
    @Nullable
    Runnable takeDue() {
        List<Turn> turns = new ArrayList<>();
        Set<LaneState> held = new HashSet<>();
        while (nextDue() - ledger.nanos() <= 0 && !frozen.isEmpty()) {
            TaskEntry entry = frozen.remove().entry;
            LaneMember member = entry.member();
            if (entry.phase() == Phase.ENDED || !member.frozen() || member.decided()) {
                continue;
            }
            if (ledger.undoesAtEndOfFreeze()) {
                turns.add(stragglers.acts(entry, SwitchoverAction.ABORT, WHY, () -> {
                    member.aborting = true;
                    ledger.changed(entry);
                }));
            } else {
                tell(entry);
                if (entry.phase() == Phase.HELD) {
                    held.add(member.lane());
                }
            }
        }
        // the remaining freeze of the first at the barrier is the barrier's deadline (SW-3)
        turns.addAll(stragglers.ejected(held, WHY));
        return turns.isEmpty() ? null : () -> commit.accept(turns);
    }

    private void tell(TaskEntry entry) {
        Problem problem = spent(entry);
        entry.waitsFor = entry.waitsFor.isEmpty() ? problem.message() : entry.waitsFor + "; " + problem.message();
        StepStanding standing = new StepStanding(
                Objects.requireNonNull(entry.row().step()), entry.standing(), entry.since, entry.waitsFor);
        ledger.happened(stamp -> new BatchEvent.StepChanged(stamp, entry.ref(), standing, problem));
    }

    /** Returns why no further step of a task starts, or null if one may. */
    @Nullable
    Problem stops(TaskEntry entry) {
        LaneMember member = entry.memberOrNull();
        boolean stops = member != null
                && member.frozenSince != null
                && member.frozen()
                && member.takingBack == null
                && !member.freezeAccepted
                && over(member.frozenSince);
        return stops ? spent(entry) : null;
    }

    /** Returns whether the budget of a freeze is over. */
    boolean over(Instant since) {
        return !ledger.now().isBefore(until(since));
    }

    private Problem spent(TaskEntry entry) {
        return Mirror.problem(
                entry.direction(),
                ProblemCode.FREEZE_SPENT,
                "the source is frozen since %s, longer than the budget of %s s",
                Objects.requireNonNull(entry.member().frozenSince),
                ledger.freeze().limit().toMillis() / 1000.0);
    }
}
