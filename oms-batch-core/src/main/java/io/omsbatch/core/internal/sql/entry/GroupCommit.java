package io.omsbatch.core.internal.sql.entry;

import io.omsbatch.api.journal.Appended;
import io.omsbatch.api.journal.JournalException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets appends share commits. Whoever comes while nothing is written writes at once; whoever comes meanwhile waits, and one of
 * those writes for all of them next. There is no timer and no thread.
 */
public final class GroupCommit {

    /** Facts of one commit at most, unless one append alone has more. */
    private static final int FACTS_AT_ONCE = 5_000;

    /** Writes appends and settles each of them. */
    interface Writer {
        void write(List<PendingAppend> appends);
    }

    private final Writer writer;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private boolean writing;

    private static final class Waiting {
        final PendingAppend append;
        final Condition called;
        long patienceLeft;

        Waiting(PendingAppend append, Condition called, long patienceLeft) {
            this.append = append;
            this.called = called;
            this.patienceLeft = patienceLeft;
        }
    }

    /** Creates it; an append waits so long behind others. */
    public GroupCommit(Writer writer, Duration patience) {
        this.writer = writer;
        this.patience = patience;
    }

    /**
     * Returns when the append is written, and where.
     *
     * @throws JournalException if it is not, or nobody knows
     */
    public Appended submit(PendingAppend append) {
        Waiting own = queued(append);
        while (!append.settled()) {
            List<Waiting> turn = awaitTurn(own);
            if (!turn.isEmpty()) {
                try {
                    writer.write(turn.stream().map(waiting -> waiting.append).toList());
                } finally {
                    handOver(turn);
                }
            }
        }
        return append.result();
    }

    private Waiting queued(PendingAppend append) {
        lock.lock();
        try {
            Waiting own = new Waiting(append, lock.newCondition(), patience.toNanos());
            queue.add(own);
            return own;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the append is settled, which returns nothing, or until it is this thread's turn to write what it returns. */
    private List<Waiting> awaitTurn(Waiting own) {
        boolean interrupted = false;
        lock.lock();
        try {
            while (writing && !own.append.settled()) {
                if (own.patienceLeft <= 0) {
                    giveUp(own);
                    return List.of();
                }
                try {
                    own.patienceLeft = own.called.awaitNanos(own.patienceLeft);
                } catch (InterruptedException wait) {
                    interrupted = true; // what may be half written cannot be left; the wait is bounded
                }
            }
            if (own.append.settled()) {
                return List.of();
            }
            writing = true;
            return take();
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void giveUp(Waiting own) {
        boolean untouched = queue.remove(own);
        own.append.fail(new JournalException(
                untouched ? JournalException.Kind.UNAVAILABLE : JournalException.Kind.IN_DOUBT,
                own.append.runId(),
                "the append waited " + patience + " for the journal"
                        + (untouched ? "; nothing was written" : "; it may or may not be written"),
                null));
        callNext();
    }

    private List<Waiting> take() {
        List<Waiting> taken = new ArrayList<>();
        int facts = 0;
        for (Waiting next = queue.peek(); next != null; next = queue.peek()) {
            facts += next.append.records().size();
            if (!taken.isEmpty() && facts > FACTS_AT_ONCE) {
                break;
            }
            taken.add(queue.remove());
        }
        return taken;
    }

    private void handOver(List<Waiting> written) {
        lock.lock();
        try {
            writing = false;
            for (Waiting waiting : written) {
                waiting.append.fail(new JournalException(
                        JournalException.Kind.IN_DOUBT,
                        waiting.append.runId(),
                        "writing stopped before it said what came of the append",
                        null));
                waiting.called.signal();
            }
            callNext();
        } finally {
            lock.unlock();
        }
    }

    private void callNext() {
        Waiting next = queue.peek();
        if (!writing && next != null) {
            next.called.signal();
        }
    }
}
