package io.omsbatch.core.internal.run;

import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.journal.Appended;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.core.internal.ownership.Leases;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Whether a run is at work here, and how it ends, is parked, lost or let go of, each at most once. Guarded by the run's lock. */
public final class RunLife {

    private final RunLedger ledger;
    private final Leases leases;
    private final RunEnding ending;
    private final long startedNanos;
    private final Instant started;

    private RunState state = RunState.RUNNING;
    private boolean closing;

    /** Whether the end is being written, or was. */
    private boolean endBegun;

    RunLife(RunLedger ledger, Leases leases) {
        this.ledger = ledger;
        this.leases = leases;
        this.ending = new RunEnding(ledger);
        this.startedNanos = ledger.nanos();
        this.started = Collections.max(List.of(ledger.record().startedAt(), ledger.now()));
    }

    /** Returns for how long the run has been here. */
    Duration since() {
        return Duration.ofNanos(ledger.nanos() - startedNanos);
    }

    /** Returns whether it is at work, and its engine stays; the lock must be held. */
    boolean mayBegin() {
        return running() && !closing;
    }

    /** Returns what completes with the run; exceptionally if it stops. */
    public CompletableFuture<BatchReport> completion() {
        return ending.completion();
    }

    /** Returns the state as it is shown; the lock need not be held. */
    public RunState state() {
        ledger.lock().lock();
        try {
            return state == RunState.RUNNING && ledger.orders().paused() ? RunState.PAUSED : state;
        } finally {
            ledger.lock().unlock();
        }
    }

    /** Returns whether the run is at work or paused; the lock need not be held. */
    boolean atWork() {
        ledger.lock().lock();
        try {
            return running();
        } finally {
            ledger.lock().unlock();
        }
    }

    /** Returns whether anything may be changed; the lock must be held. */
    public boolean running() {
        return state == RunState.RUNNING;
    }

    /**
     * Stops the run because the journal failed: lost if another owns it, let go of if the journal may be well again, parked
     * otherwise.
     *
     * @param failure how it failed
     * @param alsoWhileEnding also if the end of the run is being written
     */
    public void stopAfter(JournalException failure, boolean alsoWhileEnding) {
        RunState stopped = stateAfter(failure);
        if (Backlog.passes(failure)) {
            CompletableFuture<Void> unused = letGo(problemOf(failure));
        } else if (leaveRunning(stopped, alsoWhileEnding)) {
            halt(stopped, problemOf(failure));
        }
    }

    /** Another engine has taken the run over. */
    void lose() {
        if (leaveRunning(RunState.LOST, true)) {
            halt(RunState.LOST, Problem.of(ProblemCode.OWNERSHIP_LOST, "another engine has taken the run over"));
        }
    }

    private static RunState stateAfter(JournalException failure) {
        return failure.kind() == JournalException.Kind.FENCED ? RunState.LOST : RunState.PARKED;
    }

    private static Problem problemOf(JournalException failure) {
        ProblemCode code = failure.kind() == JournalException.Kind.FENCED
                ? ProblemCode.OWNERSHIP_LOST
                : ProblemCode.JOURNAL_UNAVAILABLE;
        return Problem.of(code, String.valueOf(failure.getMessage()));
    }

    /**
     * Stops the run where it is, unless it has ended or stopped, or its end is being written, which then decides.
     *
     * @param stopped PARKED or LOST
     * @param why why
     */
    public void stop(RunState stopped, Problem why) {
        if (leaveRunning(stopped, false)) {
            halt(stopped, why);
        }
    }

    /**
     * Lets go of the run because its engine does not wait any longer, not even for its end to be written. Here it is parked; in the
     * journal nobody owns it, so that another engine may go on with it, at once if nothing of it is in flight.
     *
     * @param why why
     * @return completes when that is so, or could not be
     */
    public CompletableFuture<Void> letGo(Problem why) {
        if (!leaveRunning(RunState.PARKED, true)) {
            return CompletableFuture.completedFuture(null);
        }
        leases.end(ledger.tenure());
        ending.stopped(RunState.PARKED, why);
        boolean nothingInFlight;
        ledger.lock().lock();
        try {
            nothingInFlight = !endBegun && idle();
        } finally {
            ledger.lock().unlock();
        }
        return nothingInFlight ? ending.release() : CompletableFuture.completedFuture(null);
    }

    private void halt(RunState stopped, Problem why) {
        leases.end(ledger.tenure());
        ending.stopped(stopped, why);
        if (stopped == RunState.PARKED) {
            CompletableFuture<Void> unused = ending.writeParked(why);
        }
    }

    private boolean leaveRunning(RunState next, boolean alsoWhileEnding) {
        ledger.lock().lock();
        try {
            boolean leaves = state == RunState.RUNNING && (alsoWhileEnding || !endBegun);
            if (leaves) {
                state = next;
                ledger.backlog().discard();
                ledger.places().letGo(ledger.entries());
                ledger.queues().letGo();
            }
            return leaves;
        } finally {
            ledger.lock().unlock();
        }
    }

    /** Returns whether nothing of the run is in flight. */
    public boolean quiet() {
        ledger.lock().lock();
        try {
            return idle();
        } finally {
            ledger.lock().unlock();
        }
    }

    /** Writes why the run rests. */
    void writeParked(Problem why) {
        Appended parked = ledger.note(List.of(new JournalRecord(
                ledger.now(), JournalRecord.Kind.PARKED, null, why.code(), Map.of("message", why.message()))));
        ledger.lock().lock();
        try {
            ledger.order(ledger.orders().at(parked.last()));
        } finally {
            ledger.lock().unlock();
        }
    }

    /** Begins nothing new from now on; returns what completes when nothing is in flight any more. */
    CompletableFuture<Void> beginClosing() {
        boolean idle;
        ledger.lock().lock();
        try {
            closing = true;
            idle = idle();
        } finally {
            ledger.lock().unlock();
        }
        if (idle) {
            ending.quiet().complete(null);
        }
        return ending.quiet();
    }

    /** Returns whether nothing is in flight, and no end about to be written; the lock must be held. */
    private boolean idle() {
        boolean ends = state == RunState.RUNNING && ledger.tally().allEnded();
        return !ends && ledger.inFlight() == 0;
    }

    /** Ends the run once every task has its outcome, and says so if nothing is in flight while it closes. */
    void finishIfOver() {
        boolean over;
        boolean idle;
        ledger.lock().lock();
        try {
            over = state == RunState.RUNNING && ledger.tally().allEnded() && !endBegun;
            endBegun |= over;
            idle = closing && idle();
        } finally {
            ledger.lock().unlock();
        }
        if (over) {
            finish();
        }
        if (idle) {
            ending.quiet().complete(null);
        }
    }

    /** Returns the present as it follows from the beginning, so that no wall clock that was set makes a run end before it began. */
    private Instant endedAt() {
        return started.plusNanos(ledger.nanos() - startedNanos).truncatedTo(ChronoUnit.MICROS);
    }

    private void finish() {
        Instant endedAt = endedAt();
        Write end = Write.results(
                List.of(new JournalRecord(endedAt, JournalRecord.Kind.ENDED, null, "ENDED", Map.of())),
                1,
                later -> ended(later, endedAt));
        if (ledger.backlog().write(end) == Recorded.YES) {
            ended(end, endedAt);
        }
    }

    private void ended(Write end, Instant endedAt) {
        ledger.taken(end.first(), end.last());
        if (leaveRunning(RunState.ENDED, true)) {
            leases.end(ledger.tenure());
            ending.ended(new BatchReport(
                    ledger.record().runId(),
                    ledger.record().plan().request(),
                    ledger.record().confirmation(),
                    ledger.record().approval(),
                    ledger.record().startedAt(),
                    endedAt,
                    ledger.results(),
                    ledger.waivers(),
                    end.hash()));
        }
    }
}
