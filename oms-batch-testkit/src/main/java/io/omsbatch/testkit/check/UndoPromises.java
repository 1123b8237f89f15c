package io.omsbatch.testkit.check;

import static io.omsbatch.testkit.check.RunHistory.endedBefore;
import static io.omsbatch.testkit.check.RunHistory.observed;
import static io.omsbatch.testkit.check.RunHistory.record;
import static io.omsbatch.testkit.check.RunHistory.subject;

import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.journal.JournalRecord.Kind;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.switchover.SyncLinks;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.history.CallKind;
import io.omsbatch.testkit.history.GatewayCall;
import io.omsbatch.testkit.history.Moment;
import io.omsbatch.testkit.history.RecordedEntry;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The promises about taking a switchover back (SW-8). */
final class UndoPromises {

    /** What leaves something behind, in the order in which it is taken back; the source is given back last. */
    private static final List<SwitchoverStep> ORDER = List.of(
            SwitchoverStep.PROCESS_DATABASE_OBJECTS,
            SwitchoverStep.STOP_FORWARD_SYNC,
            SwitchoverStep.START_TARGET_STORE,
            SwitchoverStep.START_FORWARD_SWITCHOVER,
            SwitchoverStep.CONFIRM_WRITES_STOPPED);

    private static final Set<SwitchoverStep> OPERATOR = EnumSet.of(
            SwitchoverStep.START_FORWARD_SWITCHOVER,
            SwitchoverStep.CONFIRM_WRITES_STOPPED,
            SwitchoverStep.PROCESS_DATABASE_OBJECTS);

    static final String PREFIX = "UNDO_";

    private UndoPromises() {}

    /** Returns whether a fact is about the undo of a step. */
    static boolean undoes(RecordedEntry fact) {
        return subject(fact).step().startsWith(PREFIX);
    }

    static void sw8(RunHistory history) {
        for (GatewayCall call : history.undos()) {
            begun(history, call);
            inOrder(history, call);
            withEvidence(history, call);
        }
        for (TaskRef task : SwitchoverPromises.inLanes(history)) {
            Optional<Moment> begun = undoBegun(history, task);
            begun.ifPresent(moment -> {
                nothingForward(history, task, moment);
                seen(history, task, moment);
            });
        }
        for (TaskResult result : history.results()) {
            if (result.outcome().kind() == TaskOutcome.Kind.UNDONE) {
                complete(history, result.ref());
            }
        }
    }

    private static Optional<Moment> undoBegun(RunHistory history, TaskRef task) {
        return history.facts(Kind.UNDO, task).map(RecordedEntry::moment).findFirst();
    }

    private static boolean commanded(RunHistory history, TaskRef task, SwitchoverStep step, Moment before) {
        boolean observed = history.has(GatewayCapability.SELF_ADVANCING) && !OPERATOR.contains(step);
        return observed || intended(history, task, step, before);
    }

    private static boolean intended(RunHistory history, TaskRef task, SwitchoverStep step, Moment before) {
        return history.facts(Kind.INTENT, task, step.name())
                .anyMatch(fact ->
                        record(fact).code().equals("RUN") && fact.moment().before(before));
    }

    /** What this run did not do is not taken back, nor anything past the point of no return, nor what nobody decided to. */
    private static void begun(RunHistory history, GatewayCall call) {
        TaskRef task = call.tasks().get(0);
        SwitchoverStep step = SwitchoverPromises.step(call);
        String undo = "call " + call.number() + " took back " + step + " of " + task;
        Optional<Moment> begun = undoBegun(history, task);
        Breach.unless(
                begun.filter(moment -> moment.before(call.begun())).isPresent(),
                "SW-8",
                history,
                () -> undo + " before the journal said that it would");
        Breach.unless(
                commanded(history, task, step, begun.orElse(call.begun())),
                "SW-8",
                history,
                () -> undo + ", which this run did not command");
        Breach.unless(
                history.facts(Kind.POINT_OF_NO_RETURN, task)
                        .noneMatch(fact -> fact.moment().before(call.begun())),
                "SW-7",
                history,
                () -> undo + " after the point of no return");
        boolean aborted = history.facts(Kind.CONTROL, task)
                        .anyMatch(fact -> record(fact).code().equals("ABORT"))
                || history.facts(Kind.CONTROL)
                        .anyMatch(fact -> record(fact).code().equals("CANCEL_UNDOING"));
        Breach.unless(aborted, "SW-8", history, () -> undo + ", and nobody asked for that");
    }

    private static void inOrder(RunHistory history, GatewayCall call) {
        TaskRef task = call.tasks().get(0);
        SwitchoverStep step = SwitchoverPromises.step(call);
        for (SwitchoverStep earlier : ORDER.subList(0, Math.max(0, ORDER.indexOf(step)))) {
            Breach.unless(
                    !intended(history, task, earlier, call.begun())
                            || history.facts(Kind.STEP_OVER, task, PREFIX + earlier)
                                    .anyMatch(fact -> fact.moment().before(call.begun())),
                    "SW-8",
                    history,
                    () -> "call " + call.number() + " took back " + step + " of " + task + " before " + earlier
                            + "; the source is given back last");
        }
    }

    private static void withEvidence(RunHistory history, GatewayCall call) {
        TaskRef task = call.tasks().get(0);
        if (SwitchoverPromises.step(call) == SwitchoverStep.STOP_FORWARD_SYNC) {
            List<SwitchoverSnapshot> seen = history.looks(CallKind.OBSERVE, task)
                    .filter(look -> endedBefore(look, call.begun()))
                    .map(look -> observed(look, task))
                    .flatMap(Optional::stream)
                    .toList();
            Breach.unless(
                    !seen.isEmpty() && seen.get(seen.size() - 1).links().targetWrites() == SyncLinks.TargetWrites.NONE,
                    "SW-8",
                    history,
                    () -> "call " + call.number() + " started forward sync of " + task
                            + " again without evidence that nothing wrote to the target");
        }
    }

    private static void nothingForward(RunHistory history, TaskRef task, Moment begun) {
        for (GatewayCall call : history.forward()) {
            Breach.unless(
                    !call.tasks().contains(task) || call.begun().before(begun),
                    "SW-8",
                    history,
                    () -> "call " + call.number() + " took " + task + " forward while it was taken back");
        }
    }

    /** Each part that counts as taken back was seen so, after it was commanded. */
    private static void seen(RunHistory history, TaskRef task, Moment begun) {
        for (SwitchoverStep step : ORDER) {
            Optional<Moment> over = history.facts(Kind.STEP_OVER, task, PREFIX + step)
                    .filter(fact -> record(fact).code().equals("UNDONE"))
                    .map(RecordedEntry::moment)
                    .findFirst();
            if (over.isPresent()) {
                Moment since = history.undos().stream()
                        .filter(call -> call.tasks().contains(task) && SwitchoverPromises.step(call) == step)
                        .map(GatewayCall::begun)
                        .filter(moment -> moment.before(over.get()))
                        .reduce(begun, (first, second) -> second);
                boolean shown = history.looks(CallKind.OBSERVE, task)
                        .filter(look -> since.before(look.begun()) && endedBefore(look, over.get()))
                        .map(look -> observed(look, task))
                        .flatMap(Optional::stream)
                        .anyMatch(snapshot -> undone(step, snapshot));
                Breach.unless(
                        shown,
                        "SW-8",
                        history,
                        () -> step + " of " + task
                                + " counts as taken back, and nobody saw that after it was commanded");
            }
        }
    }

    private static boolean undone(SwitchoverStep step, SwitchoverSnapshot snapshot) {
        SwitchoverProgress progress = snapshot.progress();
        boolean before = progress.step().compareTo(step) < 0
                || (progress.step() == step && progress.state() == SwitchoverProgress.State.WAITING);
        return before
                && switch (step) {
                    case START_TARGET_STORE -> snapshot.links().storeStart() == null;
                    case CONFIRM_WRITES_STOPPED ->
                        snapshot.stopPoint() == null && snapshot.links().sourceFree();
                    case STOP_FORWARD_SYNC -> snapshot.links().forward() == SyncLinks.State.RUNNING;
                    default -> true;
                };
    }

    private static void complete(RunHistory history, TaskRef task) {
        for (SwitchoverStep step : ORDER) {
            boolean commanded = history.facts(Kind.INTENT, task, step.name())
                    .anyMatch(fact -> record(fact).code().equals("RUN"));
            Breach.unless(
                    !commanded
                            || history.facts(Kind.STEP_OVER, task, PREFIX + step)
                                    .anyMatch(fact -> record(fact).code().equals("UNDONE")),
                    "SW-8",
                    history,
                    () -> task + " counts as undone, and " + step + " was not taken back");
        }
    }
}
