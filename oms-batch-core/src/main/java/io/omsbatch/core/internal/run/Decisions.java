package io.omsbatch.core.internal.run;

import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.core.internal.call.CallResult;
import io.omsbatch.core.internal.durable.CallVerdict;
import io.omsbatch.core.internal.durable.Settlement;
import io.omsbatch.core.internal.pace.PollPace;
import io.omsbatch.core.internal.read.Looked;
import io.omsbatch.core.internal.step.LaneMember;
import io.omsbatch.core.internal.step.Readiness;
import io.omsbatch.core.internal.step.Sight;
import io.omsbatch.core.internal.step.StepPort;
import io.omsbatch.core.settings.EngineSettings;
import io.omsbatch.core.workflow.StepSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Decides what a look at a task, or the end of its call, means for it. Each decision is one change; none is made here. */
final class Decisions {

    private static final Duration AT_ONCE = Duration.ZERO;

    /** So many looks in a row without an answer are a platform that is down, not a task that breaks its pages. */
    private static final int PLATFORM_DOWN = 16;

    private final RunLedger ledger;
    private final StepPort port;
    private final Moves moves;
    private final Cancellation cancellation;
    private final FreezeWatch freeze;
    private final PollPace pace;
    private final EngineSettings settings;
    private final AtomicInteger lookedInVain = new AtomicInteger();

    Decisions(
            RunLedger ledger,
            StepPort port,
            Moves moves,
            Cancellation cancellation,
            FreezeWatch freeze,
            PollPace pace) {
        this.freeze = freeze;
        this.ledger = ledger;
        this.port = port;
        this.moves = moves;
        this.cancellation = cancellation;
        this.pace = pace;
        this.settings = ledger.parts().settings();
    }

    /** Notes whether the platform answered when it was asked about tasks. */
    void asked(boolean answered) {
        if (answered) {
            lookedInVain.set(0);
        } else {
            lookedInVain.incrementAndGet();
        }
    }

    /** Decides after the look before a command: send it, wait, or end. */
    Turn prepared(TaskEntry entry, Looked<Sight> look, PageLook page) {
        Problem problem = look.problem();
        if (problem != null) {
            return lookFailed(entry, problem, page);
        }
        remember(entry, look.value());
        Instant now = ledger.now();
        if (entry.ambiguous()) {
            Settlement settlement = port.settlement(entry, look.value());
            if (settlement.kind() != Settlement.Kind.GOING || !settlement.untouched()) {
                return settled(entry, settlement, page.begunAt());
            }
            if (cancellation.stops(entry) || !moves.mayRepeat(entry, page.begunAt())) {
                return moves.lookOn(entry);
            }
        }
        if (entry.quietFrom.isPresent() && page.begunAt() - entry.quietFrom.getAsLong() < 0) {
            return moves.delay(
                    entry,
                    ledger.nanos(),
                    Duration.ofNanos(entry.quietFrom.getAsLong() - ledger.nanos()),
                    "what was commanded before to have no effect any more");
        }
        if (confirmationExpired(entry, now)) {
            return moves.confirmAnew(entry);
        }
        Problem spent = freeze.stops(entry);
        if (spent != null) {
            return entry.ambiguous() ? moves.stepUnknown(entry, spent) : moves.stepFailed(entry, spent);
        }
        Readiness readiness = port.readiness(entry, look.value(), now);
        Problem refusal = readiness.problem();
        if (entry.ambiguous() && readiness.kind() == Readiness.Kind.FAIL) {
            return moves.stepUnknown(entry, Objects.requireNonNull(refusal));
        }
        return switch (readiness.kind()) {
            case GO -> moves.ready(entry, page.endedAt());
            case OBSERVE -> moves.observe(entry);
            case OVER ->
                mayBeOlder(entry, page)
                        ? moves.delay(
                                entry,
                                page.endedAt(),
                                settings.settle().firstPoll(),
                                "a look that is newer than its command")
                        : moves.stepOver(entry, refusal);
            case WAIT -> waitFor(entry, Objects.requireNonNull(refusal), page);
            case RECONFIRM -> moves.reconfirmWriteStop(entry);
            case FAIL -> moves.stepFailed(entry, Objects.requireNonNull(refusal));
            case END -> moves.end(entry, Objects.requireNonNull(readiness.outcome()));
        };
    }

    /** A confirmation says what is true when it is given; a step whose command waited for longer is confirmed anew. */
    private boolean confirmationExpired(TaskEntry entry, Instant now) {
        Duration holds = settings.switchover().gates().holds();
        LaneMember member = entry.memberOrNull();
        return holds != null
                && member != null
                && member.setOffAt != null
                && entry.attempt == 0
                && entry.row().driver() == StepSpec.Driver.OPERATOR
                && !entry.row().undoes()
                && member.setOffAt.plus(holds).isBefore(now);
    }

    /** After a command that had no effect a look may still show what was there before it (RUN-4). */
    private boolean mayBeOlder(TaskEntry entry, PageLook page) {
        OptionalLong returned = entry.returnedAt();
        Duration staleness = ledger.parts().capabilities().maximumStaleness();
        return returned.isPresent() && page.begunAt() - returned.getAsLong() - staleness.toNanos() < 0;
    }

    private Turn waitFor(TaskEntry entry, Problem missing, PageLook page) {
        if (entry.deadline == 0) {
            entry.deadline =
                    ledger.nanos() + settings.switchover().catchUpTimeout().toNanos();
        }
        return ledger.nanos() - entry.deadline >= 0
                ? moves.stepFailed(entry, missing)
                : moves.delay(entry, page.endedAt(), settings.settle().firstPoll(), missing.message());
    }

    /** A task of the page may have broken it for all; then the others are seen when they are looked at alone. */
    private boolean mayBeAnothersFault(TaskEntry entry, Problem problem) {
        return !problem.retryable()
                || (entry.failedLooks >= settings.retry().retries() && lookedInVain.get() < PLATFORM_DOWN);
    }

    private Turn lookFailed(TaskEntry entry, Problem problem, PageLook page) {
        if (page.paged() && mayBeAnothersFault(entry, problem)) {
            entry.alone = true;
            return moves.delay(
                    entry, page.endedAt(), AT_ONCE, "a look at it alone, because its page could not be read");
        }
        entry.failedLooks++;
        return entry.failedLooks > settings.retry().retries()
                ? moves.unreachable(entry, problem)
                : moves.delay(
                        entry,
                        page.endedAt(),
                        ledger.parts().backoff().after(entry.failedLooks, page.chance()),
                        problem.toString());
    }

    /** Decides after the call: look until it is settled, try again, or fail. */
    Turn replied(TaskEntry entry, CallVerdict verdict, CallResult<GatewayReply> result) {
        Problem problem = verdict.problem();
        switch (verdict.kind()) {
            case AMBIGUOUS -> entry.ambiguous = true;
            case REFUSED -> {
                if (!entry.ambiguous()) {
                    return moves.stepFailed(entry, Objects.requireNonNull(problem));
                }
            }
            case TRANSIENT -> {
                Problem passing = Objects.requireNonNull(problem);
                boolean last = entry.attempt > settings.retry().retries();
                if (!last && !cancellation.stops(entry)) {
                    return moves.repeat(entry, ledger.parts().backoff().after(entry.attempt), passing);
                }
                if (!entry.ambiguous()) {
                    return moves.stepFailed(entry, last ? exhausted(entry, passing) : passing);
                }
            }
            // it was repeated only because no look showed an effect of those before, or the platform knows the key
            case DONE, ACCEPTED -> entry.ambiguous = false;
        }
        pace.quicken();
        return moves.settle(entry, verdict, result);
    }

    private static Problem exhausted(TaskEntry entry, Problem last) {
        String remedy = last.remedy().isEmpty() ? ProblemCode.RETRIES_EXHAUSTED.remedy() : last.remedy();
        return new Problem(
                ProblemCode.RETRIES_EXHAUSTED.name(),
                "no effect in " + entry.attempt + " attempts, the last time " + last.code() + ": " + last.message(),
                remedy,
                true);
    }

    /** Decides after a look at a task whose command was taken, or may have been. */
    Turn looked(TaskEntry entry, Looked<Sight> look, PageLook page) {
        Problem problem = look.problem();
        if (problem != null) {
            entry.alone |= page.paged() && mayBeAnothersFault(entry, problem);
            entry.failedLooks++;
            return overdue(entry)
                    ? moves.stepUnknown(entry, Moves.notSettled(entry, problem.toString()))
                    : Turn.silent(entry, () -> entry.waitsFor = problem.toString());
        }
        remember(entry, look.value());
        if (page.begunAt() - entry.evidenceFrom < 0) {
            return overdue(entry)
                    ? moves.stepUnknown(entry, Moves.notSettled(entry, null))
                    : Turn.silent(entry, () -> entry.waitsFor = "a look that shows the effect");
        }
        return settled(entry, port.settlement(entry, look.value()), page.begunAt());
    }

    private Turn settled(TaskEntry entry, Settlement settlement, long lookBegunAt) {
        return switch (settlement.kind()) {
            case WANTED -> {
                pace.quicken();
                yield moves.stepOver(entry, settlement.problem());
            }
            case FAILED -> moves.stepFailed(entry, Objects.requireNonNull(settlement.problem()));
            case GOING -> {
                if (overdue(entry)) {
                    yield moves.stepUnknown(entry, Moves.notSettled(entry, settlement.text()));
                }
                boolean wanted = !cancellation.stops(entry);
                if (wanted && entry.ambiguous() && settlement.untouched() && moves.mayRepeat(entry, lookBegunAt)) {
                    yield moves.repeat(entry, AT_ONCE, Objects.requireNonNull(entry.problem()));
                }
                yield Turn.silent(entry, () -> {
                    entry.waitsFor = settlement.text();
                    if (entry.phase() == Phase.PREPARING) {
                        ledger.queues().move(entry, Phase.SETTLING);
                    }
                });
            }
        };
    }

    private boolean overdue(TaskEntry entry) {
        return ledger.nanos() - entry.deadline >= 0;
    }

    private static void remember(TaskEntry entry, @Nullable Sight sight) {
        entry.failedLooks = 0;
        entry.alone = false;
        LaneMember member = entry.memberOrNull();
        if (member != null && sight != null && sight.snapshot() != null) {
            member.snapshot = sight.snapshot();
        }
    }
}
