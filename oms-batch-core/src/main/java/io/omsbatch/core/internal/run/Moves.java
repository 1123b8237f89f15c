package io.omsbatch.core.internal.run;

import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.core.internal.call.CallResult;
import io.omsbatch.core.internal.durable.CallVerdict;
import io.omsbatch.core.internal.durable.Records;
import io.omsbatch.core.internal.step.LaneMember;
import io.omsbatch.core.internal.step.LaneState;
import io.omsbatch.core.workflow.StepSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The changes a task of a run can undergo, each with the facts that are written before it and the events that tell of it after. */
final class Moves {

    private final RunLedger ledger;
    private final BarrierWatch barrier;
    private final UndoMoves takingBack;
    private final Duration settleDeadline;

    /** Tasks that the barrier has let through and that still stand at it; guarded by the run's lock. */
    private final List<TaskEntry> passing = new ArrayList<>();

    Moves(RunLedger ledger, BarrierWatch barrier) {
        this.ledger = ledger;
        this.barrier = barrier;
        this.takingBack = new UndoMoves(ledger, this);
        this.settleDeadline = ledger.parts().settings().settle().deadline();
    }

    /** Returns how a task is taken back. */
    UndoMoves takingBack() {
        return takingBack;
    }

    /** The task has its outcome. */
    Turn end(TaskEntry entry, TaskOutcome outcome) {
        return end(entry, outcome, List.of());
    }

    /** The task has its outcome, after other facts. */
    Turn end(TaskEntry entry, TaskOutcome outcome, List<JournalRecord> before) {
        Instant now = ledger.now();
        List<JournalRecord> records = new ArrayList<>(before);
        records.add(Records.outcome(now, entry.subject(), outcome));
        TaskResult result = new TaskResult(entry.ref(), entry.name(), outcome, entry.attempts, entry.startedAt, now);
        return new Turn(entry, records, List.of(stamp -> new BatchEvent.TaskEnded(stamp, result)), () -> {
            leaveLane(entry);
            ledger.end(entry, result);
            ledger.changed(entry);
        });
    }

    /**
     * The current step is over; the task goes on to the next, waits at the barrier, or has succeeded. What is wrong all the same
     * is reported.
     */
    Turn stepOver(TaskEntry entry, @Nullable Problem wrong) {
        LaneMember member = entry.memberOrNull();
        if (member == null) {
            return end(entry, new TaskOutcome.Succeeded());
        }
        if (entry.row().undoes()) {
            return takingBack.undone(entry, null);
        }
        Instant now = ledger.now();
        StepSpec row = entry.row();
        SwitchoverStep step = Objects.requireNonNull(row.step());
        List<JournalRecord> records = new ArrayList<>();
        if (wrong != null) {
            records.add(Records.result(now, entry.subject(), wrong, Records.Next.GO_ON));
        }
        records.add(Records.stepOver(now, entry.subject(), member.skipping ? "SKIPPED" : "DONE"));
        boolean noReturn = row.noReturn() == StepSpec.NoReturn.WHEN_OVER_AND_LAST && entry.last() && !member.pastReturn;
        if (noReturn) {
            records.add(Records.pointOfNoReturn(now, entry.subject()));
        }
        StepStanding standing =
                new StepStanding(step, member.skipping ? StepStanding.State.SKIPPED : StepStanding.State.DONE, now, "");
        if (entry.last() && !row.barrier()) {
            Turn ended = end(entry, new TaskOutcome.Succeeded(), records);
            List<Function<BatchEvent.Stamp, BatchEvent>> events = new ArrayList<>();
            events.add(stamp -> new BatchEvent.StepChanged(stamp, entry.ref(), standing, wrong));
            events.addAll(ended.events());
            return new Turn(entry, ended.records(), events, () -> {
                markOver(entry, step, now, noReturn);
                ended.change().run();
            });
        }
        return new Turn(
                entry,
                records,
                List.of(stamp -> new BatchEvent.StepChanged(stamp, entry.ref(), standing, wrong)),
                () -> {
                    markOver(entry, step, now, noReturn);
                    goOn(entry);
                });
    }

    private void markOver(TaskEntry entry, SwitchoverStep step, Instant at, boolean noReturn) {
        Instant frozenSince = entry.member().frozenSince;
        if (step == SwitchoverStep.STOP_FORWARD_SYNC && frozenSince != null) {
            ledger.freezeTimings().add(Duration.between(frozenSince, at));
        }
        entry.markOver(step, at);
        entry.member().pastReturn |= noReturn;
    }

    private void goOn(TaskEntry entry) {
        ledger.queues().move(entry, Phase.IDLE);
        if (entry.row().barrier()) {
            holdAtBarrier(entry, ledger.now());
        } else {
            enterNext(entry);
        }
    }

    private void holdAtBarrier(TaskEntry entry, Instant since) {
        LaneMember member = entry.member();
        ledger.queues().move(entry, Phase.HELD);
        ledger.changed(entry);
        entry.waitsFor = "the others of its lane";
        if (member.alone()) {
            letThrough(entry);
        } else {
            if (member.hold(since)) {
                barrier.waits(member.lane(), since);
            }
            openIfAllAreThere(member.lane());
        }
    }

    /** Takes a task to its next step; the lock must be held, and there must be one. */
    void enterNext(TaskEntry entry) {
        entry.advance();
        enter(entry);
    }

    /** Takes a task into its current step; the lock must be held. */
    void enter(TaskEntry entry) {
        boolean gated = entry.row().driver() == StepSpec.Driver.OPERATOR;
        ledger.queues().move(entry, gated ? Phase.GATED : Phase.QUEUED);
        entry.waitsFor = gated ? "an operator" : "";
        ledger.changed(entry);
        if (gated) {
            stands(entry, StepStanding.State.GATED);
        }
    }

    /** Tells that a task stands where an operator decides; the lock must be held. */
    private void stands(TaskEntry entry, StepStanding.State state) {
        StepStanding standing =
                new StepStanding(Objects.requireNonNull(entry.row().step()), state, entry.since, entry.waitsFor);
        Problem problem = entry.problem;
        ledger.happened(stamp -> new BatchEvent.StepChanged(stamp, entry.ref(), standing, problem));
    }

    private void openIfAllAreThere(LaneState lane) {
        if (lane.open()) {
            ledger.entries().stream()
                    .filter(entry ->
                            entry.phase() == Phase.HELD && entry.member().lane() == lane)
                    .forEach(this::letThrough);
        }
    }

    private void letThrough(TaskEntry entry) {
        if (!entry.member().throughBarrier()) {
            entry.member().passBarrier();
            passing.add(entry);
        }
    }

    /**
     * Lets a task go on from where the owner before had it; the lock must be held. Its call then ended with that owner's lease at
     * the latest, or somewhat later where the gateway fences. A task at rest is as it was, so that what an operator decides about it by an older board holds.
     */
    void goOn(TaskEntry entry, RunReplay.Next next) {
        LaneMember member = entry.memberOrNull();
        long changedAt = member == null ? 0 : member.changedAt;
        Instant since = entry.since;
        if (entry.ambiguous() || entry.row().undoes()) {
            entry.returnedBefore =
                    OptionalLong.of(ledger.nanos() + ledger.outlasting().toNanos());
        }
        if (entry.row().undoes()) {
            entry.quietFrom = noEffectFrom(entry);
        }
        switch (next) {
            case ENTER -> {
                entry.waitsFor = ledger.wavesAhead(entry);
                if (entry.waitsFor.isEmpty()) {
                    enter(entry);
                }
            }
            case SET_OFF -> {
                if (entry.ambiguous() && entry.problem == null) {
                    entry.problem = ownerLost();
                }
                ledger.queues().move(entry, Phase.QUEUED);
                ledger.changed(entry);
            }
            case SETTLE -> {
                entry.problem = ownerLost();
                settleFrom(entry, ledger.nanos());
                ledger.changed(entry);
            }
            case FAILED -> fail(entry, Objects.requireNonNull(entry.problem), entry.ambiguous());
            case HELD -> holdAtBarrier(entry, since);
            case ENDED -> ledger.end(entry, Objects.requireNonNull(entry.result));
        }
        if (member != null && entry.phase().atRest()) {
            member.changedAt = changedAt;
            entry.since = since;
        }
    }

    private static Problem ownerLost() {
        return Problem.of(ProblemCode.OWNER_LOST, "the engine that sent the command did not write what came of it");
    }

    /** The task no longer goes with the others, who no longer wait for it; the lock must be held. */
    void leaveLane(TaskEntry entry) {
        LaneMember member = entry.memberOrNull();
        if (member != null && !member.alone()) {
            member.leaveLane(entry.phase() == Phase.HELD);
            openIfAllAreThere(member.lane());
        }
    }

    /** Makes a task go on alone; the lock must be held. */
    void eject(TaskEntry entry) {
        leaveLane(entry);
        if (entry.phase() == Phase.HELD) {
            letThrough(entry);
        }
        ledger.changed(entry);
    }

    /**
     * Returns the changes that take tasks past an opened barrier, and holds those tasks. One that somebody else holds stays where
     * it is until it is released: whoever releases it asks here again.
     */
    List<Turn> takePassing() {
        List<TaskEntry> through = new ArrayList<>();
        ledger.lock().lock();
        try {
            passing.removeIf(entry -> entry.phase() != Phase.HELD);
            passing.removeIf(entry -> !entry.busy && through.add(entry));
            through.forEach(TaskEntry::hold);
        } finally {
            ledger.lock().unlock();
        }
        return through.stream().map(this::pass).toList();
    }

    private Turn pass(TaskEntry entry) {
        return entry.last()
                ? end(entry, new TaskOutcome.Succeeded())
                : Turn.silent(entry, () -> {
                    ledger.queues().move(entry, Phase.IDLE);
                    enterNext(entry);
                });
    }

    /** A task that was entered past the write stop, and whose stop position nobody knows, goes back to that gate (SW-1). */
    Turn reconfirmWriteStop(TaskEntry entry) {
        return Turn.silent(entry, () -> {
            for (int row = 0; row < entry.rows().size(); row++) {
                if (entry.rows().get(row).step() == SwitchoverStep.CONFIRM_WRITES_STOPPED) {
                    entry.startAt(row);
                }
            }
            entry.member().goBack();
            ledger.queues().move(entry, Phase.IDLE);
            enter(entry);
        });
    }

    /** The confirmation of the current step holds no longer, and nothing was sent: it is a gate again. */
    Turn confirmAnew(TaskEntry entry) {
        return Turn.silent(entry, () -> {
            if (entry.row().step() == SwitchoverStep.CONFIRM_WRITES_STOPPED) {
                entry.member().unfreeze();
            }
            entry.newRound();
            entry.notSetOff();
            ledger.queues().move(entry, Phase.IDLE);
            enter(entry);
        });
    }

    /** The current step failed, for certain: it did not lead, and will not lead, to the wanted state. */
    Turn stepFailed(TaskEntry entry, Problem problem) {
        if (entry.freezeHeldBack(problem.code())) {
            entry.member().unfreeze();
        }
        return entry.memberOrNull() == null
                ? end(entry, new TaskOutcome.Failed(problem))
                : awaitOperator(entry, problem, Records.Next.OPERATOR);
    }

    /** Nobody knows what became of the current step. */
    Turn stepUnknown(TaskEntry entry, Problem problem) {
        return entry.memberOrNull() == null
                ? end(entry, new TaskOutcome.Unknown(problem))
                : awaitOperator(entry, problem, Records.Next.OPERATOR_UNKNOWN);
    }

    private Turn awaitOperator(TaskEntry entry, Problem problem, Records.Next next) {
        if (UndoMoves.goesOnAfter(entry, problem)) {
            return takingBack.undone(entry, problem);
        }
        return new Turn(
                entry,
                List.of(Records.result(ledger.now(), entry.subject(), problem, next)),
                List.of(),
                () -> fail(entry, problem, next == Records.Next.OPERATOR_UNKNOWN));
    }

    private void fail(TaskEntry entry, Problem problem, boolean unknown) {
        entry.problem = problem;
        entry.ambiguous = unknown;
        entry.waitsFor = problem.toString();
        ledger.queues().move(entry, Phase.FAILED);
        ledger.changed(entry);
        stands(entry, entry.failed());
    }

    /** No command could be sent, because the task could not be looked at, or no slot is left. */
    Turn unreachable(TaskEntry entry, Problem problem) {
        if (entry.ambiguous()) {
            return stepUnknown(entry, problem);
        }
        return entry.untouched() ? end(entry, new TaskOutcome.NotAttempted(problem)) : stepFailed(entry, problem);
    }

    /** The intent of one more command stands, and again nothing was sent: no further attempt is made. */
    Turn neverSent(TaskEntry entry, Problem why) {
        Turn given = unreachable(entry, why);
        boolean told = given.records().stream().anyMatch(fact -> fact.kind() == JournalRecord.Kind.RESULT);
        if (told) {
            return given;
        }
        List<JournalRecord> records = new ArrayList<>(List.of(notLed(entry, why)));
        records.addAll(given.records());
        return new Turn(entry, records, given.events(), given.change());
    }

    private JournalRecord notLed(TaskEntry entry, Problem problem) {
        return Records.result(
                ledger.now(),
                entry.subject(),
                problem,
                entry.ambiguous() ? Records.Next.REPEAT_AMBIGUOUS : Records.Next.REPEAT);
    }

    /** The task is looked at again, or commanded again, after a pause. */
    Turn delay(TaskEntry entry, long since, Duration pause, String waitsFor) {
        return Turn.silent(entry, () -> delayFrom(entry, since, pause, waitsFor));
    }

    private void delayFrom(TaskEntry entry, long since, Duration pause, String waitsFor) {
        entry.due = since + pause.toNanos();
        entry.waitsFor = waitsFor;
        ledger.queues().move(entry, Phase.DELAYED);
    }

    /** The intent of a command was not written, so that nothing has happened. */
    Turn backToReady(TaskEntry entry) {
        return back(entry, Phase.READY);
    }

    /** The claim of a task was not taken, so that nothing has happened. */
    Turn backToQueue(TaskEntry entry) {
        return back(entry, Phase.QUEUED);
    }

    private Turn back(TaskEntry entry, Phase before) {
        return Turn.silent(entry, () -> {
            entry.waitsFor = "the journal, which does not answer";
            ledger.queues().move(entry, before);
        });
    }

    /** The attempt had no effect, or none can be found; the same command is sent again after a pause. */
    Turn repeat(TaskEntry entry, Duration pause, Problem problem) {
        return new Turn(
                entry,
                List.of(notLed(entry, problem)),
                List.of(stamp -> new BatchEvent.AttemptFailed(
                        stamp, entry.ref(), entry.row().name(), entry.attempt, problem)),
                () -> {
                    entry.problem = problem;
                    delayFrom(entry, ledger.nanos(), pause, "the next attempt after " + problem);
                });
    }

    /** The command may be sent while the look before it is fresh. A wait before the first command of a try does not count. */
    Turn ready(TaskEntry entry, long lookEndedAt) {
        return Turn.silent(entry, () -> {
            entry.readySince = lookEndedAt;
            entry.waitsFor = "a free call slot";
            if (!entry.ambiguous()) {
                entry.deadline = 0;
            }
            ledger.queues().move(entry, Phase.READY);
        });
    }

    /** The platform took the command, or may have: look until the wanted state is there. */
    Turn settle(TaskEntry entry, CallVerdict verdict, CallResult<GatewayReply> result) {
        return Turn.silent(entry, () -> {
            entry.problem = verdict.problem() == null ? entry.problem : verdict.problem();
            settleFrom(entry, result.endedAt());
            if (verdict.kind() == CallVerdict.Kind.DONE
                    && ledger.parts().capabilities().maximumStaleness().isZero()) {
                ledger.queues().lookAt(entry);
            }
        });
    }

    /** The platform advances by itself: look until the wanted state is there. */
    Turn observe(TaskEntry entry) {
        return Turn.silent(entry, () -> {
            entry.deadline = 0;
            settleFrom(entry, ledger.nanos());
        });
    }

    /** No further attempt is made; look until it is known what came of those before. */
    Turn lookOn(TaskEntry entry) {
        return Turn.silent(entry, () -> settleFrom(entry, ledger.nanos()));
    }

    private void settleFrom(TaskEntry entry, long nanos) {
        entry.evidenceFrom =
                nanos + ledger.parts().capabilities().maximumStaleness().toNanos();
        if (entry.deadline == 0) {
            entry.deadline = nanos + settleDeadline.toNanos();
        }
        ledger.queues().move(entry, Phase.SETTLING);
    }

    /** Returns whether a command whose fate is unknown may be sent again, given that a look shows no trace of it (RUN-3). */
    boolean mayRepeat(TaskEntry entry, long lookBegunAt) {
        GatewayCapabilities capabilities = ledger.parts().capabilities();
        if (entry.row().effect().onAmbiguity() != StepSpec.OnAmbiguity.LOOK_THEN_REPEAT
                || entry.attempt > ledger.parts().settings().retry().retries()) {
            return false;
        }
        if (capabilities.has(GatewayCapability.DEDUPLICATION)) {
            return true;
        }
        OptionalLong safe = noEffectFrom(entry);
        return safe.isPresent() && lookBegunAt - safe.getAsLong() >= 0;
    }

    /** Returns from when on a look shows all that the commands of the current step can still do; empty if nobody knows. */
    OptionalLong noEffectFrom(TaskEntry entry) {
        GatewayCapabilities capabilities = ledger.parts().capabilities();
        OptionalLong returned = entry.returnedAt();
        Duration delay = capabilities.maximumEffectDelay();
        return delay == null || returned.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(returned.getAsLong()
                        + delay.toNanos()
                        + capabilities.maximumStaleness().toNanos());
    }

    /** Says what is known of a command that did not settle in time. */
    static Problem notSettled(TaskEntry entry, @Nullable String seen) {
        return Problem.of(
                ProblemCode.NOT_SETTLED,
                (seen == null ? "the task could not be looked at" : "at last " + seen)
                        + (entry.problem == null ? "" : "; before that " + entry.problem));
    }
}
