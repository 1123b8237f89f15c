package io.omsbatch.core.internal.reach;

import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.Progress;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.engine.RunStoppedException;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.core.internal.call.SafeThrowable;
import io.omsbatch.core.internal.notify.EventFeed;
import io.omsbatch.core.internal.notify.Subscriber;
import io.omsbatch.core.internal.pace.AfterPause;
import io.omsbatch.core.internal.run.EngineParts;
import io.omsbatch.core.internal.run.RunExecution;
import io.omsbatch.core.internal.run.RunView;
import io.omsbatch.core.internal.switchover.BoardView;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run that this engine does not own, as the journal tells of it. Whoever asks gets the newest that the journal has; while
 * somebody listens or waits for its end, the journal is looked into again and again.
 */
final class FollowedRun implements RunSide {

    private static final Logger LOG = LoggerFactory.getLogger(FollowedRun.class);

    private final EngineParts parts;
    private final RunFactory factory;
    private final RunRecord record;
    private final Inbox inbox;
    private final Adoption adoption;
    private final BooleanSupplier closed;
    private final EventFeed feed;
    private final FactEvents events;

    private final ReentrantLock lock = new ReentrantLock();
    private final RunExecution read;
    private long last;
    private CompletableFuture<BatchReport> completion = new CompletableFuture<>();
    private @Nullable SwitchoverBoard board;
    private @Nullable IllegalArgumentException notUnderstood;
    private boolean watching;

    FollowedRun(
            EngineParts parts,
            RunFactory factory,
            RunRecord record,
            Inbox inbox,
            Adoption adoption,
            BooleanSupplier closed) {
        this.parts = parts;
        this.factory = factory;
        this.record = record;
        this.inbox = inbox;
        this.adoption = adoption;
        this.closed = closed;
        this.read = factory.make(record, null);
        this.feed = new EventFeed(record.runId(), parts.environment());
        this.events = new FactEvents(feed, record);
    }

    private RunView refreshed() {
        lock.lock();
        try {
            List<JournalEntry> page = Facts.after(parts.journal(), record.runId(), last);
            while (!page.isEmpty()) {
                takeIn(page);
                last = page.get(page.size() - 1).sequence();
                page.forEach(entry -> events.tell(entry, read.view()));
                page = Facts.after(parts.journal(), record.runId(), last);
            }
            RunView view = read.view();
            settle(view);
            return view;
        } finally {
            lock.unlock();
        }
    }

    private void takeIn(List<JournalEntry> page) {
        if (notUnderstood == null) {
            try {
                read.replay(page);
                return;
            } catch (IllegalArgumentException unknown) {
                notUnderstood = unknown;
            }
        }
        throw new JournalException(
                JournalException.Kind.UNREADABLE,
                record.runId(),
                "run " + record.runId() + " holds what this version does not understand: "
                        + SafeThrowable.describe(notUnderstood),
                notUnderstood);
    }

    private void settle(RunView view) {
        JournalRecord parking = view.parked();
        JournalEntry end = view.end();
        if (end != null) {
            completion.complete(events.report(end, view));
        } else if (parking != null) {
            completion.completeExceptionally(new RunStoppedException(
                    record.runId(), RunState.PARKED, FactEvents.problem(parking).toString()));
        } else if (completion.isDone()) {
            completion = new CompletableFuture<>(); // it goes on
        }
    }

    /** Looks again after a while, for as long as there is something to see. */
    private void watch() {
        lock.lock();
        try {
            if (watching) {
                return;
            }
            watching = true;
        } finally {
            lock.unlock();
        }
        scheduleNext();
    }

    private void scheduleNext() {
        AfterPause.run(
                parts.environment(),
                parts.settings().lease().poll(),
                this::lookAgain,
                "Run " + record.runId() + " is not followed");
    }

    private void lookAgain() {
        boolean over = closed.getAsBoolean();
        try {
            over |= refreshed().end() != null;
        } catch (JournalException failure) {
            LOG.debug("Run {} could not be followed: {}", record.runId(), SafeThrowable.describe(failure));
            over |= endWith(failure);
        }
        if (!over) {
            scheduleNext();
            return;
        }
        lock.lock();
        try {
            watching = false;
        } finally {
            lock.unlock();
        }
    }

    /** What is not understood now will not be later. */
    private boolean endWith(JournalException failure) {
        lock.lock();
        try {
            return notUnderstood != null && completion.completeExceptionally(failure);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public RunState state() {
        return refreshed().state();
    }

    @Override
    public long version() {
        return refreshed().version();
    }

    @Override
    public Progress progress() {
        RunView view = refreshed();
        Duration since =
                Duration.between(record.startedAt(), parts.environment().clock().instant());
        return view.progress(since);
    }

    @Override
    public List<TaskResult> results() {
        return refreshed().results();
    }

    @Override
    public CompletableFuture<BatchReport> completion() {
        CompletableFuture<BatchReport> end;
        lock.lock();
        try {
            end = completion;
        } finally {
            lock.unlock();
        }
        watch();
        return end;
    }

    @Override
    public void listen(Subscriber subscriber) {
        feed.listen(subscriber);
        watch();
    }

    @Override
    public ControlAnswer control(RunControl control) {
        return refreshed().parked() != null ? adoption.control(record, control) : inbox.send(record.runId(), control);
    }

    @Override
    public ControlAnswer act(Control control) {
        return inbox.send(record.runId(), control);
    }

    @Override
    public SwitchoverBoard board() {
        lock.lock();
        try {
            refreshed();
            if (board == null || board.version() < last) {
                RunExecution shown = factory.make(record, null);
                shown.replay(Facts.all(parts.journal(), record.runId()));
                shown.show();
                board = BoardView.of(shown.ledger());
            }
            return board;
        } finally {
            lock.unlock();
        }
    }
}
