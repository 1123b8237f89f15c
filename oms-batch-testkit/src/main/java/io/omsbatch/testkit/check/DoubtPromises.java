package io.omsbatch.testkit.check;

import static io.omsbatch.testkit.check.RunHistory.endedBefore;
import static io.omsbatch.testkit.check.RunHistory.observed;
import static io.omsbatch.testkit.check.RunHistory.shown;

import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.journal.JournalRecord.Kind;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.history.CallKind;
import io.omsbatch.testkit.history.GatewayCall;
import io.omsbatch.testkit.history.Moment;
import io.omsbatch.testkit.history.RecordedEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The promises about what is believed of a command: RUN-3 and RUN-4. */
final class DoubtPromises {

    private DoubtPromises() {}

    /** A command in doubt is repeated only when that is safe, under its key, and called failed only with evidence. */
    static void run3(RunHistory history) {
        boolean plain = !history.operation().kind().isSwitchover();
        for (TaskRef task : history.tasks()) {
            List<GatewayCall> commands = history.commandsOf(task);
            for (int i = 1; i < commands.size(); i++) {
                GatewayCall before = commands.get(i - 1);
                GatewayCall again = commands.get(i);
                boolean sameWish =
                        before.ordered().what().equals(again.ordered().what())
                                && before.ordered().skips() == again.ordered().skips();
                if (plain) {
                    repeated(history, task, before, again);
                } else if (sameWish && sameKey(before, again)) {
                    lookedBetween(history, task, before, again);
                }
            }
        }
        if (plain) {
            history.results().forEach(result -> failedWithEvidence(history, result));
        }
    }

    private static boolean sameKey(GatewayCall one, GatewayCall other) {
        return one.ordered().context().key().equals(other.ordered().context().key());
    }

    private static void repeated(RunHistory history, TaskRef task, GatewayCall before, GatewayCall again) {
        Breach.unless(
                sameKey(before, again),
                "RUN-3",
                history,
                () -> "call " + again.number() + " repeated call " + before.number() + " under another key");
        if (!before.leavesDoubt() || history.has(GatewayCapability.DEDUPLICATION)) {
            return;
        }
        Duration delay = history.capabilities().maximumEffectDelay();
        Breach.unless(
                delay != null,
                "RUN-3",
                history,
                () -> "call " + again.number() + " repeated call " + before.number()
                        + ", whose effect may still come: the gateway declares no maximum effect delay");
        Instant safe = givenUp(before)
                .plus(delay == null ? Duration.ZERO : delay)
                .plus(history.capabilities().maximumStaleness());
        Breach.unless(
                history.looks(CallKind.READ, task)
                        .anyMatch(read -> !read.begun().at().isBefore(safe) && endedBefore(read, again.begun())),
                "RUN-3",
                history,
                () -> "call " + again.number() + " repeated call " + before.number()
                        + " without a read begun after its effect could no longer come, at " + safe);
    }

    private static void lookedBetween(RunHistory history, TaskRef task, GatewayCall before, GatewayCall again) {
        Moment ended = before.ended();
        Breach.unless(
                !before.leavesDoubt()
                        || history.looks(CallKind.OBSERVE, task)
                                .anyMatch(look -> endedBefore(look, again.begun())
                                        && (ended == null
                                                ? before.begun().before(look.begun())
                                                : ended.before(look.begun())
                                                        || !look.begun().at().isBefore(givenUp(before)))),
                "RUN-3",
                history,
                () -> "call " + again.number() + " repeated call " + before.number() + ", whose effect is in doubt,"
                        + " without looking first");
    }

    /** Returns when the caller stopped waiting for a call. */
    private static Instant givenUp(GatewayCall call) {
        Instant deadline = call.ordered().context().deadline();
        Moment ended = call.ended();
        return ended == null || ended.at().isAfter(deadline) ? deadline : ended.at();
    }

    private static void failedWithEvidence(RunHistory history, TaskResult result) {
        Optional<GatewayCall> doubtful = history.commandsOf(result.ref()).stream()
                .filter(GatewayCall::leavesDoubt)
                .reduce((first, second) -> second);
        if (result.outcome().kind() != TaskOutcome.Kind.FAILED || doubtful.isEmpty()) {
            return;
        }
        Instant from = givenUp(doubtful.get());
        Breach.unless(
                history.looks(CallKind.READ, result.ref())
                        .anyMatch(read -> !read.begun().at().isBefore(from)
                                && WantedState.outOfReach(history.operation(), shown(read, result.ref()))),
                "RUN-3",
                history,
                () -> result.ref() + " is FAILED, the effect of call "
                        + doubtful.get().number()
                        + " is in doubt, and no later read shows that the wanted state is out of reach");
    }

    /** Success means that the wanted state was seen after the command. */
    static void run4(RunHistory history) {
        for (TaskResult result : history.results()) {
            if (result.outcome().kind() == TaskOutcome.Kind.SUCCEEDED) {
                Breach.unless(
                        history.operation().kind().isSwitchover()
                                ? lastStepSeen(history, result.ref())
                                : commanded(history, result.ref())
                                        .filter(moment -> seenAfter(history, result.ref(), moment))
                                        .isPresent(),
                        "RUN-4",
                        history,
                        () -> result.ref() + " is SUCCEEDED, and the wanted state was not seen after its command");
            }
        }
    }

    /**
     * Returns when a task was commanded last before its outcome, or else when an owner wanted to that died before, which none that
     * follows can know.
     */
    private static Optional<Moment> commanded(RunHistory history, TaskRef task) {
        List<RecordedEntry> outcomes = history.facts(Kind.OUTCOME, task).toList();
        return Stream.concat(
                        history.facts(Kind.INTENT, task)
                                .map(RecordedEntry::moment)
                                .filter(intent -> history.facts(Kind.TAKEN_OVER)
                                        .anyMatch(taken -> intent.before(taken.moment()))),
                        history.commandsOf(task).stream()
                                .filter(call -> outcomes.stream().noneMatch(outcome -> RunPromises.late(call, outcome)))
                                .map(GatewayCall::begun))
                .max(Moment::compareTo);
    }

    private static boolean seenAfter(RunHistory history, TaskRef task, Moment commanded) {
        Instant visible = commanded.at().plus(history.capabilities().maximumStaleness());
        return history.looks(CallKind.READ, task)
                .anyMatch(read -> commanded.before(read.begun())
                        && !read.begun().at().isBefore(visible)
                        && WantedState.reached(history.operation(), shown(read, task)));
    }

    private static boolean lastStepSeen(RunHistory history, TaskRef task) {
        List<SwitchoverStep> steps = SwitchoverPromises.stepsOf(history, task);
        SwitchoverStep last = steps.get(steps.size() - 1);
        return history.looks(CallKind.OBSERVE, task)
                .map(look -> observed(look, task))
                .flatMap(Optional::stream)
                .map(SwitchoverSnapshot::progress)
                .anyMatch(progress -> progress.isOver(last));
    }
}
