package io.omsbatch.testkit.check;

import static io.omsbatch.testkit.check.RunHistory.record;
import static io.omsbatch.testkit.check.RunHistory.subject;

import io.omsbatch.api.eligibility.Lane;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalRecord.Kind;
import io.omsbatch.api.switchover.Invariant;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.history.GatewayCall;
import io.omsbatch.testkit.history.Moment;
import io.omsbatch.testkit.history.RecordedEntry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The promises about the order of a switchover's steps; those about sync are in {@link SyncPromises}. */
final class SwitchoverPromises {

    private static final Set<SwitchoverStep> OPERATOR = EnumSet.of(
            SwitchoverStep.START_FORWARD_SWITCHOVER,
            SwitchoverStep.CONFIRM_WRITES_STOPPED,
            SwitchoverStep.PROCESS_DATABASE_OBJECTS,
            SwitchoverStep.START_REVERSE_INCREMENT);

    private static final Set<SwitchoverAction> UNDOING =
            EnumSet.of(SwitchoverAction.RETRY, SwitchoverAction.LEAVE, SwitchoverAction.ABORT, SwitchoverAction.EJECT);

    private static final Map<SwitchoverStep, Invariant> WAIVED_BY_SKIP = new EnumMap<>(Map.of(
            SwitchoverStep.SWITCHOVER_PRECHECK, Invariant.PRECHECK_PASSED,
            SwitchoverStep.START_TARGET_STORE, Invariant.REVERSE_PATH,
            SwitchoverStep.CONFIRM_SYNC_TIMESTAMP, Invariant.CAUGHT_UP,
            SwitchoverStep.STOP_FORWARD_SYNC, Invariant.FORWARD_STOPPED_BY_ENGINE));

    private SwitchoverPromises() {}

    static SwitchoverStep step(GatewayCall call) {
        return SwitchoverStep.valueOf(call.ordered().what());
    }

    static List<TaskRef> inLanes(RunHistory history) {
        return history.plan().lanes().stream()
                .flatMap(lane -> lane.tasks().stream())
                .toList();
    }

    /**
     * Returns the steps of a task from where its lane began, or from the write stop if that was confirmed anew, without the
     * last one if its way back was waived.
     */
    static List<SwitchoverStep> stepsOf(RunHistory history, TaskRef task) {
        for (Lane lane : history.plan().lanes()) {
            if (lane.tasks().contains(task)) {
                List<SwitchoverStep> all = lane.type().switchoverSteps(lane.direction());
                SwitchoverStep first =
                        confirmedAnew(history, task) ? SwitchoverStep.CONFIRM_WRITES_STOPPED : lane.entryStep();
                List<SwitchoverStep> steps = new ArrayList<>(all.subList(all.indexOf(first), all.size()));
                if (waived(history, task, Invariant.REVERSE_PATH).isPresent()) {
                    steps.remove(SwitchoverStep.START_REVERSE_INCREMENT);
                }
                return steps;
            }
        }
        throw new IllegalArgumentException(task + " is in no lane");
    }

    /** Returns whether a task entered past the write stop and went back to confirm that (SW-1). */
    private static boolean confirmedAnew(RunHistory history, TaskRef task) {
        SwitchoverStep gate = SwitchoverStep.CONFIRM_WRITES_STOPPED;
        return history.plan().lanes().stream()
                        .anyMatch(lane ->
                                lane.tasks().contains(task) && lane.entryStep().compareTo(gate) > 0)
                && history.facts(Kind.CONTROL, task, gate.name()).findAny().isPresent();
    }

    static Optional<RecordedEntry> waived(RunHistory history, TaskRef task, Invariant invariant) {
        return history.facts(Kind.WAIVER, task)
                .filter(fact -> record(fact).code().equals(invariant.name()))
                .findFirst();
    }

    static Optional<Moment> over(RunHistory history, TaskRef task, SwitchoverStep step) {
        return history.facts(Kind.STEP_OVER, task, step.name())
                .map(RecordedEntry::moment)
                .findFirst();
    }

    /** Lanes hold one type at one step; each task goes through the steps of its type in order. */
    static void sw1(RunHistory history) {
        Map<TaskRef, MigrationTask> planned = new HashMap<>();
        history.plan().eligible().forEach(task -> planned.put(task.ref(), task));
        for (Lane lane : history.plan().lanes()) {
            Breach.unless(
                    lane.entryStep() != SwitchoverStep.SWITCHOVER_PRECHECK,
                    "SW-1",
                    history,
                    () -> lane + " is entered at the precheck");
            for (TaskRef ref : lane.tasks()) {
                MigrationTask task = planned.get(ref);
                SwitchoverProgress progress = task == null ? null : task.switchover();
                Breach.unless(
                        task != null
                                && task.type().equals(lane.type())
                                && progress != null
                                && progress.step() == lane.entryStep(),
                        "SW-1",
                        history,
                        () -> lane + " holds " + task);
            }
        }
        for (GatewayCall call : history.forward()) {
            TaskRef task = call.tasks().get(0);
            List<SwitchoverStep> steps = stepsOf(history, task);
            int index = steps.indexOf(step(call));
            Breach.unless(
                    index >= 0,
                    "SW-1",
                    history,
                    () -> "call " + call.number() + " ordered " + step(call) + ", which " + task + " does not have");
            for (SwitchoverStep earlier : steps.subList(0, Math.max(0, index))) {
                Breach.unless(
                        over(history, task, earlier)
                                .filter(moment -> moment.before(call.begun()))
                                .isPresent(),
                        "SW-1",
                        history,
                        () -> "call " + call.number() + " ordered " + step(call) + " before " + earlier + " of " + task
                                + " was over");
            }
        }
    }

    /** Operator steps wait for an operator; a skip has a waiver with actor and reason. */
    static void sw2(RunHistory history) {
        for (GatewayCall call : history.forward()) {
            TaskRef task = call.tasks().get(0);
            SwitchoverStep step = step(call);
            if (call.ordered().skips()) {
                Invariant invariant = WAIVED_BY_SKIP.get(step);
                Breach.unless(
                        invariant != null
                                && waived(history, task, invariant)
                                        .filter(fact -> fact.moment().before(call.begun()) && says(record(fact)))
                                        .isPresent(),
                        "SW-2",
                        history,
                        () -> "call " + call.number() + " skipped " + step + " of " + task
                                + " without a waiver that names actor and reason");
            } else if (OPERATOR.contains(step)) {
                Breach.unless(
                        history.facts(Kind.CONTROL, task, step.name())
                                .anyMatch(fact -> fact.moment().before(call.begun()) && says(record(fact))),
                        "SW-2",
                        history,
                        () -> "call " + call.number() + " ordered " + step + " of " + task
                                + " without an operator's confirmation");
            }
        }
        boolean observes = history.has(GatewayCapability.SELF_ADVANCING);
        for (TaskRef task : inLanes(history)) {
            for (SwitchoverStep step : stepsOf(history, task)) {
                if (over(history, task, step).isPresent() && OPERATOR.contains(step) && !observes) {
                    Breach.unless(
                            history.facts(Kind.CONTROL, task, step.name())
                                    .findAny()
                                    .isPresent(),
                            "SW-2",
                            history,
                            () -> step + " of " + task + " is over without an operator's confirmation");
                }
            }
        }
    }

    private static boolean says(JournalRecord fact) {
        return !fact.detail().getOrDefault("actor", "").isBlank()
                && !fact.detail().getOrDefault("reason", "").isBlank();
    }

    /** Nobody passes the barrier before all who are still in the lane, and before it, are marked. */
    static void sw3(RunHistory history) {
        if (!history.plan().request().policy().lockstepOrDefault().barrier()) {
            return;
        }
        for (GatewayCall call : history.forward()) {
            TaskRef task = call.tasks().get(0);
            boolean passes = step(call) == SwitchoverStep.START_REVERSE_INCREMENT
                    && beforeBarrier(history, task, call.begun())
                    && !aloneSince(history, task, call.begun());
            if (passes) {
                for (Lane lane : history.plan().lanes()) {
                    if (lane.tasks().contains(task)) {
                        lane.tasks().forEach(other -> marked(history, call, other));
                    }
                }
            }
        }
    }

    /** Returns whether a task had the barrier before it: it entered there, or was taken back there before a moment. */
    private static boolean beforeBarrier(RunHistory history, TaskRef task, Moment moment) {
        SwitchoverStep barrier = SwitchoverStep.PROCESS_DATABASE_OBJECTS;
        boolean enteredBefore = history.plan().lanes().stream()
                .anyMatch(lane -> lane.tasks().contains(task)
                        && lane.entryStep().compareTo(barrier) <= 0
                        && lane.type().switchoverSteps(lane.direction()).contains(barrier));
        return enteredBefore
                || history.facts(Kind.CONTROL, task, SwitchoverStep.CONFIRM_WRITES_STOPPED.name())
                        .anyMatch(fact -> fact.moment().before(moment));
    }

    private static void marked(RunHistory history, GatewayCall call, TaskRef other) {
        boolean there = !beforeBarrier(history, other, call.begun())
                || over(history, other, SwitchoverStep.PROCESS_DATABASE_OBJECTS)
                        .filter(moment -> moment.before(call.begun()))
                        .isPresent();
        boolean gone = aloneSince(history, other, call.begun())
                || Stream.concat(history.facts(Kind.UNDO, other), history.facts(Kind.OUTCOME, other))
                        .anyMatch(fact -> fact.moment().before(call.begun()));
        Breach.unless(
                there || gone,
                "SW-3",
                history,
                () -> "call " + call.number() + " took " + call.tasks() + " past the barrier before " + other
                        + " was marked");
    }

    private static boolean aloneSince(RunHistory history, TaskRef task, Moment moment) {
        return history.facts(Kind.CONTROL, task)
                .anyMatch(fact -> record(fact).code().equals(SwitchoverAction.EJECT.name())
                        && fact.moment().before(moment));
    }

    /** The point of no return is one record per task, and no later than what it marks. */
    static void sw7(RunHistory history) {
        for (TaskRef task : inLanes(history)) {
            List<RecordedEntry> points =
                    history.facts(Kind.POINT_OF_NO_RETURN, task).toList();
            Breach.unless(
                    points.size() <= 1, "SW-7", history, () -> task + " has " + points.size() + " points of no return");
            boolean reverse = stepsOf(history, task).contains(SwitchoverStep.START_REVERSE_INCREMENT);
            Optional<Moment> passed = reverse
                    ? history.commandsOf(task).stream()
                            .filter(call -> !call.ordered().undoes())
                            .filter(call -> step(call) == SwitchoverStep.START_REVERSE_INCREMENT)
                            .map(GatewayCall::begun)
                            .findFirst()
                    : history.facts(Kind.OUTCOME, task)
                            .filter(fact -> over(history, task, SwitchoverStep.PROCESS_DATABASE_OBJECTS)
                                    .isPresent())
                            .map(RecordedEntry::moment)
                            .findFirst();
            if (passed.isPresent()) {
                Breach.unless(
                        points.size() == 1 && points.get(0).moment().before(passed.get()),
                        "SW-7",
                        history,
                        () -> task + " went past its point of no return without a record of it");
            }
        }
    }

    /** What is accepted from an operator is something that can be done at that step, or while that step is taken back. */
    static void sw11(RunHistory history) {
        inLanes(history)
                .forEach(task -> history.facts(Kind.CONTROL, task).forEach(control -> {
                    SwitchoverAction action =
                            SwitchoverAction.valueOf(record(control).code());
                    boolean undoing = UndoPromises.undoes(control);
                    SwitchoverStep step = SwitchoverStep.valueOf(
                            subject(control).step().substring(undoing ? UndoPromises.PREFIX.length() : 0));
                    boolean possible = undoing ? UNDOING.contains(action) : possible(action, step);
                    Breach.unless(
                            possible && stepsOf(history, task).contains(step),
                            "SW-11",
                            history,
                            () -> action + " was accepted for "
                                    + subject(control).step() + " of " + task);
                }));
    }

    private static boolean possible(SwitchoverAction action, SwitchoverStep step) {
        return switch (action) {
            case CONFIRM -> OPERATOR.contains(step) && step != SwitchoverStep.PROCESS_DATABASE_OBJECTS;
            case MARK -> step == SwitchoverStep.PROCESS_DATABASE_OBJECTS;
            case OPEN_TARGET -> step.compareTo(SwitchoverStep.STOP_FORWARD_SYNC) > 0;
            case RETRY, SKIP, EJECT, LEAVE, ABORT -> true;
        };
    }

    /** No confirmation reaches two gates, and each was for the step at which its task stood. */
    static void run12(RunHistory history) {
        for (TaskRef task : inLanes(history)) {
            List<SwitchoverStep> steps = stepsOf(history, task);
            List<RecordedEntry> controls = sinceConfirmedAnew(history, task);
            for (RecordedEntry control : controls) {
                atItsStep(history, task, steps, control);
            }
            for (SwitchoverStep step : steps) {
                long confirmed = controls.stream()
                        .filter(fact -> subject(fact).step().equals(step.name()) && confirms(fact))
                        .count();
                Breach.unless(
                        confirmed <= 1,
                        "RUN-12",
                        history,
                        () -> step + " of " + task + " was confirmed " + confirmed + " times");
            }
        }
    }

    private static boolean confirms(RecordedEntry control) {
        String action = record(control).code();
        return action.equals(SwitchoverAction.CONFIRM.name()) || action.equals(SwitchoverAction.MARK.name());
    }

    /** Returns the controls of a task; if its write stop had to be confirmed anew, those from then on. */
    private static List<RecordedEntry> sinceConfirmedAnew(RunHistory history, TaskRef task) {
        List<RecordedEntry> controls = history.facts(Kind.CONTROL, task)
                .filter(fact -> !UndoPromises.undoes(fact))
                .toList();
        for (int i = 0; i < controls.size(); i++) {
            boolean anew = confirmedAnew(history, task)
                    && subject(controls.get(i)).step().equals(SwitchoverStep.CONFIRM_WRITES_STOPPED.name());
            if (anew) {
                return controls.subList(i, controls.size());
            }
        }
        return controls;
    }

    private static void atItsStep(RunHistory history, TaskRef task, List<SwitchoverStep> steps, RecordedEntry control) {
        SwitchoverStep step = SwitchoverStep.valueOf(subject(control).step());
        for (SwitchoverStep earlier : steps.subList(0, Math.max(0, steps.indexOf(step)))) {
            Breach.unless(
                    over(history, task, earlier)
                            .filter(moment -> moment.before(control.moment()))
                            .isPresent(),
                    "RUN-12",
                    history,
                    () -> record(control).code() + " of " + step + " reached " + task + " before " + earlier
                            + " was over");
        }
        // what may be asked while a step is under way may be written together with its end
        SwitchoverAction action = SwitchoverAction.valueOf(record(control).code());
        boolean atAnyTime = action.atAnyTime() || action == SwitchoverAction.OPEN_TARGET;
        boolean held = atAnyTime || (step == SwitchoverStep.PROCESS_DATABASE_OBJECTS && !confirms(control));
        Breach.unless(
                held
                        || over(history, task, step)
                                .filter(moment -> moment.before(control.moment()))
                                .isEmpty(),
                "RUN-12",
                history,
                () -> record(control).code() + " of " + step + " reached " + task + " after that step was over");
    }

    static boolean followsChanges(RunHistory history, TaskRef task) {
        return history.plan().lanes().stream()
                .anyMatch(lane -> lane.tasks().contains(task)
                        && lane.type().has(lane.direction().leading()));
    }
}
