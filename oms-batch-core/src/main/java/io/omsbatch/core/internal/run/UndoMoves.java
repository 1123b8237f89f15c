package io.omsbatch.core.internal.run;

import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.core.internal.durable.Records;
import io.omsbatch.core.internal.step.TakingBack;
import io.omsbatch.core.workflow.StepSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The changes of a task that is taken back (SW-8). */
final class UndoMoves {

    private final RunLedger ledger;
    private final Moves moves;

    UndoMoves(RunLedger ledger, Moves moves) {
        this.ledger = ledger;
        this.moves = moves;
    }

    /** What this run did to the task is taken back from here on (SW-8); with nothing to take back it ends. */
    Turn begin(TaskEntry entry, String why) {
        if (entry.undoing().isEmpty()) {
            return moves.end(
                    entry,
                    Cancellation.begun(entry)
                            ? entry.takingBack().outcome()
                            : new TaskOutcome.NotAttempted(Problem.of(ProblemCode.ABORTED, why)));
        }
        JournalRecord fact = Records.undoBegun(ledger.now(), entry.subject());
        return new Turn(entry, List.of(fact), List.of(), () -> {
            OptionalLong quiet = entry.ambiguous() ? moves.noEffectFrom(entry) : OptionalLong.empty();
            moves.leaveLane(entry);
            if (entry.phase() == Phase.HELD || entry.phase() == Phase.QUEUED) {
                ledger.queues().move(entry, Phase.IDLE); // it leaves the line of those that go forward
            }
            entry.takeBack();
            entry.quietFrom = quiet;
            ledger.queues().move(entry, Phase.QUEUED);
            ledger.changed(entry);
        });
    }

    /** A step was taken back, or is left as it is for a reason; the last one gives the task its outcome. */
    Turn undone(TaskEntry entry, @Nullable Problem left) {
        Instant now = ledger.now();
        SwitchoverStep step = Objects.requireNonNull(entry.row().step());
        List<JournalRecord> records = List.of(Records.undone(now, entry.subject(), left));
        StepStanding standing = new StepStanding(
                step,
                left == null ? StepStanding.State.UNDONE : StepStanding.State.UNDO_FAILED,
                now,
                left == null ? "" : left.toString());
        Function<BatchEvent.Stamp, BatchEvent> event =
                stamp -> new BatchEvent.StepChanged(stamp, entry.ref(), standing, left);
        if (!entry.last()) {
            return new Turn(entry, records, List.of(event), () -> {
                entry.member().markUndone(step, now, left);
                ledger.queues().move(entry, Phase.IDLE);
                moves.enterNext(entry);
            });
        }
        TakingBack back = Objects.requireNonNull(entry.member().takingBack);
        Turn ended = moves.end(entry, back.outcomeAfter(step, left), records);
        List<Function<BatchEvent.Stamp, BatchEvent>> events = new ArrayList<>(List.of(event));
        events.addAll(ended.events());
        return new Turn(entry, ended.records(), events, () -> {
            entry.member().markUndone(step, now, left);
            ended.change().run();
        });
    }

    /** Returns whether a step that could not be taken back, though that was tried, is left as it is, so that it does not hold the source. */
    static boolean goesOnAfter(TaskEntry entry, Problem problem) {
        boolean tried = entry.attempt > 0 && (entry.phase().inFlight() || entry.phase() == Phase.PREPARING);
        return tried
                && entry.row().undoes()
                && entry.row().effect().undo() == StepSpec.Effect.Undo.IN_TURN_OR_LEFT
                && !problem.code().equals(ProblemCode.TARGET_WRITTEN.name());
    }
}
