package io.omsbatch.core.internal.run;

import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.gateway.CommandContext;
import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.core.internal.call.Slot;
import io.omsbatch.core.internal.call.Work;
import io.omsbatch.core.internal.durable.CallVerdict;
import io.omsbatch.core.internal.durable.Records;
import io.omsbatch.core.internal.flight.CommandEvent;
import io.omsbatch.core.internal.pace.IntentPace;
import io.omsbatch.core.internal.step.LaneMember;
import io.omsbatch.core.internal.step.StepPort;
import io.omsbatch.core.workflow.StepSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sends commands, each after its intent is in the journal (RUN-2). An intent that was not written has not happened. One slot writes the
 * intents of as many commands as there are free slots, and of those for which slots come free until more are written; each slot that
 * is free takes the next of them, so that no command waits behind another while a slot is free, and no slot for the journal.
 */
final class Commanding {

    /** A call that takes no longer is over before another slot could have made it. */
    private static final long QUICK_NANOS = 20_000;

    /** After so many quick calls in a row the replies of the next are dealt with together. */
    private static final int QUICK_CALLS = 32;

    private final RunExecution execution;
    private final RunLedger ledger;
    private final StepPort port;
    private final Moves moves;
    private final Decisions decisions;
    private final boolean paced;

    /** Those of which some commands may not have been taken; guarded by the run's lock. */
    private final Deque<Sending> open = new ArrayDeque<>();

    private final AtomicInteger quickInARow = new AtomicInteger();

    /** Whether intents are being written; guarded by the run's lock. */
    private boolean intending;

    private final IntentPace pace;

    Commanding(RunExecution execution, StepPort port, Moves moves, Decisions decisions) {
        this.execution = execution;
        this.ledger = execution.ledger();
        this.port = port;
        this.moves = moves;
        this.decisions = decisions;
        this.paced = ledger.parts().paced();
        this.pace = new IntentPace(ledger.parts().settings().calls().concurrency());
    }

    /** Returns how many commands may be intended now; none while other intents are being written. The lock must be held. */
    int mostTogether() {
        if (paced) {
            return 1;
        }
        return intending ? 0 : pace.together(ledger.parts().dispatcher().free(), unsent());
    }

    /** Returns whether slots may come free before more intents than these are written; the lock must be held. */
    boolean runsLow() {
        return !intending && unsent() < ahead();
    }

    /** Returns how many intents at hand are enough, so that no slot waits for them. */
    int ahead() {
        return paced ? 0 : pace.ahead();
    }

    private int unsent() {
        return open.stream().mapToInt(Sending::left).sum();
    }

    /** Returns whether the look before a command is new enough at a time. */
    boolean fresh(TaskEntry entry, long nanos) {
        return nanos - entry.readySince
                <= ledger.parts().settings().calls().freshness().toNanos();
    }

    /** Returns the work of sending what was intended and not sent yet, or null if there is none; the lock must be held. */
    @Nullable
    Work next() {
        Sending first = open.peek();
        while (first != null && first.over()) {
            open.remove();
            first = open.peek();
        }
        Sending sending = first;
        return sending == null ? null : slot -> execution.guarded(() -> send(slot, sending));
    }

    /** Says that the commands of tasks that were taken are intended next; the lock must be held. */
    void beginIntending() {
        intending = !paced;
    }

    /** Intends and sends the commands of tasks that are in phase CALLING. */
    void command(Slot slot, List<TaskEntry> entries) {
        Sending sending;
        try {
            sending = intend(entries);
        } finally {
            endIntending();
        }
        ledger.parts().dispatcher().signal(execution);
        if (sending != null) {
            send(slot, sending);
        }
    }

    private void endIntending() {
        ledger.lock().lock();
        try {
            intending = false;
        } finally {
            ledger.lock().unlock();
        }
    }

    /** Writes the intents of commands; returns null if they were not written now. */
    private @Nullable Sending intend(List<TaskEntry> entries) {
        long since = ledger.nanos();
        Instant now = ledger.now();
        List<Intent> intents = new ArrayList<>(entries.size());
        List<JournalRecord> records = new ArrayList<>(entries.size());
        for (TaskEntry entry : entries) {
            Intent intent = intent(entry, now);
            intents.add(intent);
            records.addAll(intent.records());
        }
        boolean written = ledger.noteNowOrNever(
                records,
                () -> {
                    intents.forEach(Commanding::intended);
                    notSent(entries, Problem.of(ProblemCode.JOURNAL_UNAVAILABLE, "the journal did not answer in time"));
                },
                () -> execution.commit(entries.stream().map(moves::backToReady).toList()));
        if (!written) {
            return null;
        }
        long took = ledger.nanos() - since;
        pace.wrote(took);
        Sending sending = new Sending(intents, took);
        begin(sending, intents);
        return sending;
    }

    private Intent intent(TaskEntry entry, Instant now) {
        LaneMember member = entry.memberOrNull();
        Subject subject = new Subject(entry.ref(), entry.row().name(), entry.attempt + 1);
        String action = (member == null ? StepCommand.Action.RUN : entry.action()).name();
        String key = ledger.record().runId() + "." + entry.index() + "."
                + entry.row().name() + "." + entry.round;
        JournalRecord intent = Records.intent(now, subject, action, key);
        boolean noReturn =
                entry.row().noReturn() == StepSpec.NoReturn.AT_INTENT && member != null && !member.pastReturn;
        return new Intent(
                entry,
                now,
                key,
                noReturn ? List.of(intent, Records.pointOfNoReturn(now, subject)) : List.of(intent),
                noReturn);
    }

    private void begin(Sending sending, List<Intent> intents) {
        ledger.change(() -> {
            for (Intent intent : intents) {
                intended(intent);
                TaskEntry entry = intent.entry();
                String step = entry.row().name();
                int attempt = entry.attempt;
                ledger.happened(stamp -> new BatchEvent.AttemptStarted(stamp, entry.ref(), step, attempt));
            }
            open.add(sending);
        });
    }

    private static void intended(Intent intent) {
        TaskEntry entry = intent.entry();
        entry.attempt++;
        entry.markCommanded();
        if (entry.startedAt == null) {
            entry.startedAt = intent.at();
        }
        if (intent.noReturn()) {
            entry.member().pastReturn = true;
        }
        entry.waitsFor = "the platform's answer";
    }

    /** Sends what nobody else has taken, one after the other. */
    private void send(Slot slot, Sending sending) {
        Replies replies = new Replies();
        for (Intent intent = sending.take(); intent != null; intent = sending.take()) {
            TaskEntry entry = intent.entry();
            Problem why = mayNotSend(entry, sending);
            if (why == null) {
                send(slot, intent, replies);
            } else {
                notSent(List.of(entry), why);
            }
            if (quickInARow.get() < QUICK_CALLS) {
                deal(replies);
            }
        }
        deal(replies);
    }

    /** A command that waited for a slot may be too old now, or the run no longer this engine's. */
    private @Nullable Problem mayNotSend(TaskEntry entry, Sending sending) {
        if (!fresh(entry, ledger.nanos() - sending.writtenIn())) {
            return Problem.of(ProblemCode.NO_FREE_SLOT, "no call slot was free while the look before it was fresh");
        }
        return ledger.maySend() && ledger.places().begin(entry)
                ? null
                : Problem.of(ProblemCode.LEASE_NOT_RENEWED, "the lease of the run could not be renewed in time");
    }

    private void send(Slot slot, Intent intent, Replies replies) {
        TaskEntry entry = intent.entry();
        entry.attempts++;
        entry.unsent = 0;
        CommandContext context = context(intent);
        CommandEvent event = new CommandEvent();
        event.begin();
        ledger.parts().dispatcher().call(slot, () -> port.command(entry, context), result -> {
            CallVerdict verdict = CallVerdict.of(result);
            event.over(
                    context.runId(),
                    entry.ref(),
                    entry.row().name(),
                    context.attempt(),
                    verdict.kind().name());
            entry.ticket = result.ticket();
            pace.called(result.endedAt() - result.begunAt());
            replies.add(new Replies.Reply(entry, result, verdict));
            if (result.timedOut()) { // in another thread than the slot's, which may never come back
                ledger.parts().overdue().gaveUp(entry.ref(), result.ticket());
                deal(replies);
            } else if (result.endedAt() - result.begunAt() > QUICK_NANOS) {
                quickInARow.set(0);
            } else if (quickInARow.get() < QUICK_CALLS) {
                quickInARow.incrementAndGet();
            }
        });
    }

    private CommandContext context(Intent intent) {
        TaskEntry entry = intent.entry();
        return new CommandContext(
                ledger.record().runId(),
                intent.key(),
                entry.attempt,
                ledger.token(),
                ledger.now().plus(ledger.parts().settings().calls().timeout()),
                ledger.actor(entry));
    }

    /** Takes what was intended and cannot be sent, because no call can begin, out of the run's hands. */
    void giveUp(Problem why) {
        List<TaskEntry> left = new ArrayList<>();
        ledger.lock().lock();
        try {
            for (Sending sending : open) {
                for (Intent intent = sending.take(); intent != null; intent = sending.take()) {
                    left.add(intent.entry());
                }
            }
        } finally {
            ledger.lock().unlock();
        }
        execution.commit(left.stream().map(entry -> moves.neverSent(entry, why)).toList());
    }

    /** The intents stand, and that nothing was sent is written after them. */
    private void notSent(List<TaskEntry> entries, Problem why) {
        long now = ledger.nanos();
        List<Turn> turns = new ArrayList<>(entries.size());
        for (TaskEntry entry : entries) {
            entry.unsentSince = entry.unsent == 0 ? now : entry.unsentSince;
            entry.unsent++;
            turns.add(
                    inVain(entry, now)
                            ? moves.neverSent(entry, why)
                            : moves.repeat(entry, ledger.parts().backoff().after(entry.unsent), why));
        }
        execution.guarded(() -> execution.commit(turns));
    }

    /** Whether neither several tries nor the patience with the journal have brought a command on its way. */
    private boolean inVain(TaskEntry entry, long now) {
        Duration patience = ledger.parts().settings().journal().outage().patience();
        return entry.unsent > ledger.parts().settings().retry().retries()
                && now - entry.unsentSince >= patience.toNanos();
    }

    private void deal(Replies replies) {
        List<Replies.Reply> taken = replies.takeAll();
        if (!taken.isEmpty()) {
            execution.guarded(() -> deal(taken));
        }
    }

    private void deal(List<Replies.Reply> replies) {
        List<TaskEntry> entries = replies.stream().map(Replies.Reply::entry).toList();
        Runnable called = () -> ledger.places().called(entries);
        List<Turn> turns = new ArrayList<>(replies.size());
        try {
            for (Replies.Reply reply : replies) {
                turns.add(decisions.replied(reply.entry(), reply.verdict(), reply.result()));
            }
        } catch (RuntimeException | Error defect) {
            called.run();
            throw defect;
        }
        execution.turnWriter().make(turns, called);
    }
}
