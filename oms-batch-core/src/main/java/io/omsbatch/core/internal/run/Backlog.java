package io.omsbatch.core.internal.run;

import io.omsbatch.api.engine.Environment;
import io.omsbatch.api.journal.Appended;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.core.internal.call.SafeThrowable;
import io.omsbatch.core.internal.pace.Backoff;
import io.omsbatch.core.settings.OutageSettings;
import io.omsbatch.core.settings.RetrySettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a run's facts into the journal, and what it could not write because the journal does not answer (DUR-5). While it
 * does not, nothing new begins, results in hand wait here in their order, and one timer tries again: it renews the lease, after which
 * no earlier write can be under way any more, looks for what was in doubt, and writes the rest. What waits too long, or is too much,
 * parks the run; whoever goes on with it looks for the results instead. Guarded by the run's lock.
 */
final class Backlog {

    private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);

    private final RunLedger ledger;
    private final OutageSettings settings;
    private final Backoff pauses;
    private final Deque<Write> waiting = new ArrayDeque<>();
    private Consumer<Runnable> guard = Runnable::run;
    private Runnable goOn = () -> {};

    /** Whether the journal counts as not answering. */
    private boolean down;

    /** Whether somebody is trying to write what waits. */
    private boolean trying;

    /** How many results wait. */
    private int results;

    /** How often the journal failed in a row; neither a renewed lease nor what is found ends that, only a write it answers does. */
    private int failures;

    /** When the journal failed first, or last took something after that. */
    private long since;

    /** When it counted as answering again, though it has not taken anything yet. */
    private long upSince;

    private String reason = "";
    private Environment.@Nullable Timer timer;

    /**
     * Creates the backlog of a run of which nothing waits.
     *
     * @param ledger what is true of the run
     */
    Backlog(RunLedger ledger) {
        this.ledger = ledger;
        this.settings = ledger.parts().settings().journal().outage();
        this.pauses = new Backoff(
                new RetrySettings(0, settings.firstPause(), settings.longestPause()),
                ledger.parts().environment().random());
    }

    /**
     * Says whom to tell.
     *
     * @param guarding runs what the timer begins, and parks the run if that throws
     * @param whenUp is called when the journal answers again
     */
    void tell(Consumer<Runnable> guarding, Runnable whenUp) {
        guard = guarding;
        goOn = whenUp;
    }

    /** Returns whether the journal counts as not answering; the lock must be held. */
    boolean down() {
        return down;
    }

    /** Forgets what waits, because the run has stopped; the lock must be held. */
    void discard() {
        waiting.clear();
        results = 0;
        down = false;
        setTimer(null);
    }

    /**
     * Writes facts, unless the journal counts as not answering; the lock must not be held. If it does not take them, what is to be
     * tried again waits, and all else is dropped unless it is in doubt.
     *
     * @param write the facts
     * @return whether they were written
     */
    Recorded write(Write write) {
        Recorded kept;
        ledger.lock().lock();
        try {
            kept = down ? keep(write) : Recorded.YES;
            write.after = ledger.newestFact();
        } finally {
            ledger.lock().unlock();
        }
        if (kept != Recorded.YES) {
            return said(kept, write);
        }
        try {
            write.standsAt(ledger.append(write.records()));
        } catch (JournalException failure) {
            return failed(write, failure);
        }
        answered();
        return Recorded.YES;
    }

    /**
     * Asks the journal for something that may be asked for twice, unless it counts as not answering; the lock must not be held.
     *
     * @param question asks
     * @param <T> the answer
     * @return the answer, or null if there is none, now or ever
     */
    <T> @Nullable T ask(Supplier<T> question) {
        ledger.lock().lock();
        try {
            if (down) {
                return null;
            }
        } finally {
            ledger.lock().unlock();
        }
        try {
            T answer = question.get();
            answered();
            return answer;
        } catch (JournalException failure) {
            if (passes(failure)) {
                begin(failure);
            } else {
                ledger.life().stopAfter(failure, false);
            }
            return null;
        }
    }

    /** Whether the journal may be well again after a failure. */
    static boolean passes(JournalException failure) {
        return failure.kind() == JournalException.Kind.UNAVAILABLE || failure.kind() == JournalException.Kind.IN_DOUBT;
    }

    private void answered() {
        ledger.lock().lock();
        try {
            failures = 0;
            since = ledger.nanos();
        } finally {
            ledger.lock().unlock();
        }
    }

    private Recorded failed(Write write, JournalException failure) {
        if (!passes(failure)) {
            ledger.life().stopAfter(failure, write.ends());
            return Recorded.NO;
        }
        Recorded kept;
        ledger.lock().lock();
        try {
            write.inDoubt = failure.kind() == JournalException.Kind.IN_DOUBT;
            kept = keep(write);
        } finally {
            ledger.lock().unlock();
        }
        if (kept != Recorded.NO || !write.asked()) {
            begin(failure);
        }
        return said(kept, write);
    }

    /** Lets a write wait that has to; the lock must be held. */
    private Recorded keep(Write write) {
        if (!ledger.life().running() || !(write.again() || write.inDoubt)) {
            return Recorded.NO;
        }
        waiting.add(write);
        results += write.results();
        return write.again() ? Recorded.LATER : Recorded.IN_DOUBT;
    }

    private Recorded said(Recorded kept, Write write) {
        if (kept == Recorded.NO) {
            write.drop();
        } else if (tooMany()) {
            park("more than " + settings.mostResults() + " results would have to be kept");
        }
        return kept;
    }

    private boolean tooMany() {
        ledger.lock().lock();
        try {
            return results > settings.mostResults();
        } finally {
            ledger.lock().unlock();
        }
    }

    /** The journal does not answer from now on. */
    private void begin(JournalException failure) {
        ledger.lock().lock();
        try {
            if (down || !ledger.life().running()) {
                return; // the timer is set already, or somebody is trying
            }
            long now = ledger.nanos();
            if (failures == 0 || now - upSince > settings.patience().toNanos()) {
                failures = 0;
                since = now;
            }
            LOG.warn(
                    "Run {} begins nothing new, and keeps its results: {}",
                    ledger.record().runId(),
                    SafeThrowable.describe(failure));
            down = true;
            failedOnceMore(String.valueOf(failure.getMessage()));
        } finally {
            ledger.lock().unlock();
        }
    }

    /** Sets the timer for the next try; the lock must be held. */
    private void failedOnceMore(String why) {
        reason = why;
        failures++;
        trying = false;
        setTimer(Collections.min(List.of(pauses.after(failures), patienceLeft())));
    }

    private Duration patienceLeft() {
        return settings.patience().minusNanos(ledger.nanos() - since);
    }

    private void setTimer(@Nullable Duration after) {
        if (timer != null) {
            timer.cancel();
        }
        timer = after == null ? null : ledger.parts().environment().schedule(after, () -> guard.accept(this::ring));
    }

    private void ring() {
        boolean over;
        boolean busy;
        ledger.lock().lock();
        try {
            if (!down) {
                return;
            }
            over = patienceLeft().compareTo(Duration.ZERO) <= 0;
            busy = trying;
            trying = true;
            setTimer(over ? null : patienceLeft());
        } finally {
            ledger.lock().unlock();
        }
        if (over) {
            park("it took nothing for " + settings.patience());
        } else if (!busy) {
            tryElsewhere();
        }
    }

    private void tryElsewhere() {
        try {
            ledger.parts().environment().executor().execute(() -> guard.accept(this::tryAgain));
        } catch (RuntimeException | Error refused) {
            notYet(SafeThrowable.describe(refused));
        }
    }

    private void tryAgain() {
        try {
            if (!ledger.renewLease()) {
                return; // another engine has the run, which is lost
            }
            for (Write next = nextWaiting(); next != null; next = nextWaiting()) {
                bringIn(next);
            }
        } catch (JournalException failure) {
            if (passes(failure)) {
                notYet(String.valueOf(failure.getMessage()));
            } else {
                ledger.life().stopAfter(failure, true);
            }
            return;
        }
        goOn.run();
    }

    private void notYet(String why) {
        ledger.lock().lock();
        try {
            if (down) {
                failedOnceMore(why);
            }
        } finally {
            ledger.lock().unlock();
        }
    }

    /** Returns what waits longest; if nothing waits any more the journal counts as answering. */
    private @Nullable Write nextWaiting() {
        ledger.lock().lock();
        try {
            Write next = waiting.peek();
            if (next == null && down) {
                LOG.info(
                        "Run {} goes on: its journal answers again",
                        ledger.record().runId());
                down = false;
                trying = false;
                upSince = ledger.nanos();
                setTimer(null);
            }
            return next;
        } finally {
            ledger.lock().unlock();
        }
    }

    private void bringIn(Write write) {
        Appended place = null;
        if (write.inDoubt) {
            place = WrittenFacts.find(
                    ledger.parts().journal(), ledger.record().runId(), ledger.token(), write, ledger::isTaken);
            write.inDoubt = false;
            if (place == null && !write.again()) {
                if (take(write)) {
                    write.drop();
                }
                return;
            }
        }
        if (place == null) {
            place = append(write);
            answered();
        }
        write.standsAt(place);
        if (take(write)) {
            write.follow();
        }
    }

    private Appended append(Write write) {
        ledger.lock().lock();
        try {
            write.after = ledger.newestFact();
        } finally {
            ledger.lock().unlock();
        }
        try {
            return ledger.append(write.records());
        } catch (JournalException failure) {
            write.inDoubt = failure.kind() == JournalException.Kind.IN_DOUBT;
            throw failure;
        }
    }

    /** Returns false if the run has stopped meanwhile and forgot what waited. */
    private boolean take(Write write) {
        ledger.lock().lock();
        try {
            boolean there = waiting.remove(write);
            results -= there ? write.results() : 0;
            return there;
        } finally {
            ledger.lock().unlock();
        }
    }

    private void park(String why) {
        CompletableFuture<Void> unused = ledger.life()
                .letGo(Problem.of(
                        ProblemCode.JOURNAL_UNAVAILABLE,
                        "the journal did not answer, and " + why + ": at last " + reason));
    }
}
