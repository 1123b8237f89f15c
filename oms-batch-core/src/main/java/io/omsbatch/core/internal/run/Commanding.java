package io.omsbatch.core.internal.run;

import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.gateway.CommandContext;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.core.internal.call.CallResult;
import io.omsbatch.core.internal.call.Slot;
import io.omsbatch.core.internal.durable.CallVerdict;
import io.omsbatch.core.internal.durable.Records;
import io.omsbatch.core.internal.step.LaneMember;
import io.omsbatch.core.internal.step.StepPort;
import io.omsbatch.core.workflow.StepSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Sends commands, each after its intent is in the journal (RUN-2). An intent that was not written has not happened. */
final class Commanding {

    private final RunExecution execution;
    private final RunLedger ledger;
    private final StepPort port;
    private final Moves moves;
    private final Decisions decisions;

    Commanding(RunExecution execution, StepPort port, Moves moves, Decisions decisions) {
        this.execution = execution;
        this.ledger = execution.ledger();
        this.port = port;
        this.moves = moves;
        this.decisions = decisions;
    }

    /** What is written before a command. */
    private record Intent(Instant at, List<JournalRecord> records, boolean noReturn) {}

    /** Sends the command of a task that is in phase CALLING. */
    void command(Slot slot, TaskEntry entry) {
        CommandContext context = context(entry, ledger.now());
        Intent intent = intent(entry, context);
        boolean written = ledger.noteNowOrNever(
                intent.records,
                () -> {
                    intended(entry, intent);
                    notSent(entry, Problem.of(ProblemCode.JOURNAL_UNAVAILABLE, "the journal did not answer in time"));
                },
                () -> execution.commit(List.of(moves.backToReady(entry))));
        if (!written) {
            return;
        }
        intended(entry, intent);
        if (!ledger.maySend() || !ledger.places().begin(entry)) {
            notSent(
                    entry,
                    Problem.of(ProblemCode.LEASE_NOT_RENEWED, "the lease of the run could not be renewed in time"));
            return;
        }
        entry.attempts++;
        entry.unsent = 0;
        String step = entry.row().name();
        int attempt = entry.attempt;
        ledger.publish(stamp -> new BatchEvent.AttemptStarted(stamp, entry.ref(), step, attempt));
        ledger.parts()
                .dispatcher()
                .call(
                        slot,
                        () -> port.command(entry, context),
                        result -> execution.guarded(() -> replied(entry, result)));
    }

    private Intent intent(TaskEntry entry, CommandContext context) {
        Instant now = ledger.now();
        LaneMember member = entry.memberOrNull();
        Subject subject = new Subject(entry.ref(), entry.row().name(), context.attempt());
        String action = (member == null ? StepCommand.Action.RUN : entry.action()).name();
        List<JournalRecord> records = new ArrayList<>();
        records.add(Records.intent(now, subject, action, context.key()));
        boolean noReturn =
                entry.row().noReturn() == StepSpec.NoReturn.AT_INTENT && member != null && !member.pastReturn;
        if (noReturn) {
            records.add(Records.pointOfNoReturn(now, subject));
        }
        return new Intent(now, records, noReturn);
    }

    private CommandContext context(TaskEntry entry, Instant now) {
        String key = ledger.record().runId() + "." + entry.index() + "."
                + entry.row().name() + "." + entry.round;
        return new CommandContext(
                ledger.record().runId(),
                key,
                entry.attempt + 1,
                ledger.token(),
                now.plus(ledger.parts().settings().calls().timeout()),
                ledger.actor(entry));
    }

    private static void intended(TaskEntry entry, Intent intent) {
        entry.attempt++;
        entry.markCommanded();
        if (entry.startedAt == null) {
            entry.startedAt = intent.at;
        }
        if (intent.noReturn) {
            entry.member().pastReturn = true;
        }
        entry.waitsFor = "the platform's answer";
    }

    /** The intent stands, and that nothing was sent is written after it. */
    private void notSent(TaskEntry entry, Problem why) {
        long now = ledger.nanos();
        entry.unsentSince = entry.unsent == 0 ? now : entry.unsentSince;
        entry.unsent++;
        execution.guarded(() -> execution.commit(List.of(
                inVain(entry, now)
                        ? moves.neverSent(entry, why)
                        : moves.repeat(entry, ledger.parts().backoff().after(entry.unsent), why))));
    }

    /** Whether neither several tries nor the patience with the journal have brought a command on its way. */
    private boolean inVain(TaskEntry entry, long now) {
        Duration patience = ledger.parts().settings().journal().outage().patience();
        return entry.unsent > ledger.parts().settings().retry().retries()
                && now - entry.unsentSince >= patience.toNanos();
    }

    private void replied(TaskEntry entry, CallResult<GatewayReply> result) {
        entry.ticket = result.ticket();
        if (result.timedOut()) {
            ledger.parts().overdue().gaveUp(entry.ref(), result.ticket());
        }
        try {
            execution.commit(List.of(decisions.replied(entry, CallVerdict.of(result), result)));
        } finally {
            ledger.places().called(entry);
        }
        execution.goOn();
    }
}
