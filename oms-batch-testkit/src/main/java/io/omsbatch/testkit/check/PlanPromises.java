package io.omsbatch.testkit.check;

import static io.omsbatch.testkit.check.RunHistory.endedBefore;
import static io.omsbatch.testkit.check.RunHistory.shown;

import io.omsbatch.api.eligibility.EligibilityPolicy;
import io.omsbatch.api.gateway.CommandContext;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.plan.PlanEntry;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.history.CallKind;
import io.omsbatch.testkit.history.GatewayCall;
import io.omsbatch.testkit.history.Moment;
import io.omsbatch.testkit.history.RecordedClaim;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The promises about planning. */
final class PlanPromises {

    private PlanPromises() {}

    /** Nothing is commanded before the run was confirmed. */
    static void plan1(RunHistory history) {
        for (GatewayCall call : history.commands()) {
            Breach.unless(
                    !call.begun().at().isBefore(history.run().startedAt()),
                    "PLAN-1",
                    history,
                    () -> "call " + call.number() + " changed something before the run was confirmed");
        }
    }

    /** Every selected id appears once, in order, with a reason if it is out. */
    static void plan2(RunHistory history) {
        List<TaskRef> planned =
                history.plan().entries().stream().map(PlanEntry::ref).toList();
        Breach.unless(
                planned.equals(history.tasks()),
                "PLAN-2",
                history,
                () -> "the plan has entries for " + planned + ", selected were " + history.tasks());
        for (PlanEntry entry : history.plan().entries()) {
            if (entry instanceof PlanEntry.Ineligible out) {
                Breach.unless(
                        !out.reasons().isEmpty()
                                && out.reasons().stream()
                                        .noneMatch(reason -> reason.text().isBlank()),
                        "PLAN-2",
                        history,
                        () -> out.ref() + " is out without a reason");
            }
        }
    }

    /** Each task is read again before its command, after its claim, and judged again. */
    static void plan3(RunHistory history) {
        Map<TaskRef, MigrationTask> planned = new HashMap<>();
        history.plan().eligible().forEach(task -> planned.put(task.ref(), task));
        Map<TaskRef, GatewayCall> first = new HashMap<>();
        for (GatewayCall call : history.commands()) {
            TaskRef task = call.tasks().get(0);
            MigrationTask known = planned.get(task);
            if (known == null) {
                throw Breach.of(
                        "PLAN-3", history, task + " was commanded and is not among the eligible tasks of the plan");
            }
            if (first.putIfAbsent(task, call) == null) {
                judgedAgain(history, call, known);
            }
        }
        if (history.report() != null) {
            history.results().forEach(result -> {
                if (result.outcome().kind() == TaskOutcome.Kind.ALREADY_DONE) {
                    Breach.unless(
                            history.looks(CallKind.READ, result.ref())
                                    .anyMatch(read ->
                                            WantedState.reached(history.operation(), shown(read, result.ref()))),
                            "PLAN-3",
                            history,
                            () -> result.ref() + " is ALREADY_DONE, and no read showed the wanted state");
                }
            });
        }
    }

    private static void judgedAgain(RunHistory history, GatewayCall command, MigrationTask planned) {
        TaskRef task = planned.ref();
        Optional<Moment> claimed = history.recording().claims().stream()
                .filter(claim -> claim.runId().equals(history.run().runId())
                        && claim.granted().contains(task))
                .map(RecordedClaim::moment)
                .findFirst();
        Breach.unless(
                claimed.isPresent() && claimed.get().before(command.begun()),
                "PLAN-3",
                history,
                () -> "call " + command.number() + " commanded " + task + " without an earlier claim");
        Optional<GatewayCall> look = history.looks(CallKind.READ, task)
                .filter(read -> claimed.orElseThrow().before(read.begun()) && endedBefore(read, command.begun()))
                .max(Comparator.comparing(GatewayCall::begun));
        Breach.unless(
                look.isPresent(),
                "PLAN-3",
                history,
                () -> "call " + command.number() + " commanded " + task + " without a read that began after its claim");
        GatewayCall read = look.orElseThrow();
        Duration age = Duration.between(
                newestLook(history, read, command, task), command.begun().at());
        Breach.unless(
                age.compareTo(history.bounds().freshness()) <= 0,
                "PLAN-3",
                history,
                () -> "call " + command.number() + " commanded " + task + " after a look that was " + age + " old");
        MigrationTask seen = shown(read, task).orElse(null);
        Breach.unless(
                seen != null
                        && EligibilityPolicy.documented()
                                .judge(seen, history.operation())
                                .eligible(),
                "PLAN-3",
                history,
                () -> "call " + command.number() + " commanded " + task + ", which was seen as " + seen
                        + " and is not eligible");
        if (history.operation().kind().needsUnchangedTask() && seen != null) {
            Breach.unless(
                    seen.revision().equals(planned.revision()),
                    "PLAN-3",
                    history,
                    () -> "call " + command.number() + " commanded " + task + ", which changed since the plan: "
                            + seen);
        }
        fingerprintConfirmed(history, command.ordered().context());
    }

    /** Returns when the newest look arrived; in a switchover an observation follows the read, and counts as well. */
    private static Instant newestLook(RunHistory history, GatewayCall read, GatewayCall command, TaskRef task) {
        return Stream.concat(
                        Stream.of(read),
                        history.looks(CallKind.OBSERVE, task)
                                .filter(look ->
                                        read.begun().before(look.begun()) && endedBefore(look, command.begun())))
                .map(GatewayCall::ended)
                .filter(Objects::nonNull)
                .map(Moment::at)
                .max(Comparator.naturalOrder())
                .orElse(read.begun().at());
    }

    private static void fingerprintConfirmed(RunHistory history, CommandContext context) {
        Breach.unless(
                history.run().confirmation().fingerprint().equals(history.plan().fingerprint()),
                "PLAN-3",
                history,
                () -> "run " + context.runId() + " was confirmed with another plan's fingerprint");
    }
}
