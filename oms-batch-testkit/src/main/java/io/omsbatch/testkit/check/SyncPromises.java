package io.omsbatch.testkit.check;

import static io.omsbatch.testkit.check.RunHistory.endedBefore;
import static io.omsbatch.testkit.check.RunHistory.observed;
import static io.omsbatch.testkit.check.SwitchoverPromises.step;

import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.journal.JournalRecord.Kind;
import io.omsbatch.api.switchover.Invariant;
import io.omsbatch.api.switchover.StopPoint;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.switchover.SyncSample;
import io.omsbatch.api.task.Lag;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.history.CallKind;
import io.omsbatch.testkit.history.GatewayCall;
import io.omsbatch.testkit.history.Moment;
import io.omsbatch.testkit.history.RecordedEntry;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The promises about what was known of the sync when it was stopped or turned round. */
final class SyncPromises {

    private SyncPromises() {}

    private static List<GatewayCall> runsOf(RunHistory history, SwitchoverStep step) {
        return history.forward().stream()
                .filter(call -> step(call) == step && !call.ordered().skips())
                .toList();
    }

    /** Returns what was observed of a task between two moments. */
    private static List<SwitchoverSnapshot> seen(
            RunHistory history, TaskRef task, Optional<Moment> after, Moment before) {
        return history.looks(CallKind.OBSERVE, task)
                .filter(look -> endedBefore(look, before)
                        && (after.isEmpty() || after.get().before(look.begun())))
                .map(look -> observed(look, task))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<RecordedEntry> confirmed(RunHistory history, TaskRef task) {
        return history.facts(Kind.CONTROL, task, SwitchoverStep.CONFIRM_WRITES_STOPPED.name())
                .findFirst();
    }

    private static boolean caughtUpWaived(RunHistory history, TaskRef task, Moment before) {
        return SwitchoverPromises.waived(history, task, Invariant.CAUGHT_UP)
                .filter(fact -> fact.moment().before(before))
                .isPresent();
    }

    private static boolean reached(RunHistory history, SwitchoverSnapshot snapshot, Optional<Instant> confirmedAt) {
        StopPoint stop = snapshot.stopPoint();
        SyncSample sample = snapshot.sync();
        return stop != null
                && sample != null
                && (confirmedAt.isEmpty() || !stop.at().isBefore(confirmedAt.get()))
                && sample.applied()
                        .reached(stop.position(), history.capabilities().positionGranularity());
    }

    /** Forward sync is not stopped before the target was seen to have applied the write stop. */
    static void sw4(RunHistory history) {
        if (history.has(GatewayCapability.SELF_ADVANCING)) {
            return;
        }
        for (GatewayCall call : runsOf(history, SwitchoverStep.STOP_FORWARD_SYNC)) {
            TaskRef task = call.tasks().get(0);
            boolean hasGate = SwitchoverPromises.stepsOf(history, task).contains(SwitchoverStep.CONFIRM_WRITES_STOPPED);
            Optional<RecordedEntry> confirmation = confirmed(history, task);
            Breach.unless(
                    !hasGate
                            || confirmation
                                    .filter(fact -> fact.moment().before(call.begun()))
                                    .isPresent(),
                    "SW-4",
                    history,
                    () -> "call " + call.number() + " stopped forward sync of " + task
                            + " before the write stop was confirmed");
            Optional<Instant> at = confirmation.map(fact -> fact.moment().at());
            Breach.unless(
                    caughtUpWaived(history, task, call.begun())
                            || seen(history, task, confirmation.map(RecordedEntry::moment), call.begun()).stream()
                                    .anyMatch(snapshot -> reached(history, snapshot, at)),
                    "SW-4",
                    history,
                    () -> "call " + call.number() + " stopped forward sync of " + task
                            + ", and nobody had seen the target reach a stop point read after the confirmation");
        }
    }

    /** Reverse increment is not started before the forward link was seen to carry nothing. */
    static void sw5(RunHistory history) {
        for (GatewayCall call : runsOf(history, SwitchoverStep.START_REVERSE_INCREMENT)) {
            TaskRef task = call.tasks().get(0);
            List<SwitchoverSnapshot> seen = seen(history, task, Optional.empty(), call.begun());
            Breach.unless(
                    !seen.isEmpty() && seen.get(seen.size() - 1).links().forwardQuiet(),
                    "SW-5",
                    history,
                    () -> "call " + call.number() + " started reverse increment of " + task
                            + ", and the forward link was last seen "
                            + (seen.isEmpty()
                                    ? "never"
                                    : seen.get(seen.size() - 1).links().forward()));
        }
    }

    /** Where the target store begins is known before the application can write to the target. */
    static void sw6(RunHistory history) {
        for (GatewayCall call : runsOf(history, SwitchoverStep.START_REVERSE_INCREMENT)) {
            TaskRef task = call.tasks().get(0);
            boolean inThisRun =
                    SwitchoverPromises.stepsOf(history, task).contains(SwitchoverStep.CONFIRM_WRITES_STOPPED);
            Moment before = inThisRun && SwitchoverPromises.followsChanges(history, task)
                    ? firstStopOfWrites(history, task).orElse(call.begun())
                    : call.begun();
            Breach.unless(
                    seen(history, task, Optional.empty(), before).stream()
                            .anyMatch(snapshot -> snapshot.links().storeStart() != null),
                    "SW-6",
                    history,
                    () -> "call " + call.number() + " started reverse increment of " + task
                            + ", and from where its store reads was not known when the writes were stopped");
        }
    }

    private static Optional<Moment> firstStopOfWrites(RunHistory history, TaskRef task) {
        return runsOf(history, SwitchoverStep.CONFIRM_WRITES_STOPPED).stream()
                .filter(call -> call.tasks().contains(task))
                .map(GatewayCall::begun)
                .findFirst();
    }

    /** The sync timestamp is confirmed only after enough distinct samples with a known lag. */
    static void sw10(RunHistory history) {
        if (history.has(GatewayCapability.SELF_ADVANCING)) {
            return;
        }
        SwitchoverStep confirmSync = SwitchoverStep.CONFIRM_SYNC_TIMESTAMP;
        for (TaskRef task : SwitchoverPromises.inLanes(history)) {
            Optional<Moment> over = SwitchoverPromises.over(history, task, confirmSync);
            if (over.isEmpty() || caughtUpWaived(history, task, over.get())) {
                continue;
            }
            Optional<RecordedEntry> confirmation = confirmed(history, task);
            Optional<Instant> at = confirmation.map(fact -> fact.moment().at());
            Moment before = runsOf(history, confirmSync).stream()
                    .filter(call -> call.tasks().contains(task))
                    .map(GatewayCall::begun)
                    .findFirst()
                    .orElse(over.get());
            Set<Instant> samples = new HashSet<>();
            for (SwitchoverSnapshot snapshot : seen(history, task, confirmation.map(RecordedEntry::moment), before)) {
                SyncSample sample = snapshot.sync();
                if (sample != null && sample.lag() instanceof Lag.Known && reached(history, snapshot, at)) {
                    samples.add(sample.sampledAt());
                }
            }
            Breach.unless(
                    samples.size() >= history.bounds().stableSamples(),
                    "SW-10",
                    history,
                    () -> "the sync timestamp of " + task + " was confirmed after " + samples.size()
                            + " samples with a known lag at the write stop, "
                            + history.bounds().stableSamples() + " were needed");
        }
    }
}
