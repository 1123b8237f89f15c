package io.omsbatch.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.switchover.SyncLinks;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What must have been observed of a task that was taken back before its last step, and then through its switchover by another run. */
final class UndoneSteps {

    /** The order in which an engine takes back what leaves something; the source is given back last. */
    private static final List<SwitchoverStep> ORDER = List.of(
            SwitchoverStep.PROCESS_DATABASE_OBJECTS,
            SwitchoverStep.STOP_FORWARD_SYNC,
            SwitchoverStep.START_TARGET_STORE,
            SwitchoverStep.START_FORWARD_SWITCHOVER,
            SwitchoverStep.CONFIRM_WRITES_STOPPED);

    /** How one step was taken back. */
    private record Back(Answer answer, SwitchoverSnapshot after, boolean undone) {}

    private final Map<SwitchoverStep, Back> backs = new LinkedHashMap<>();
    private final List<SwitchoverSnapshot> seen = new ArrayList<>();
    private final SwitchoverSnapshot first;
    private final boolean walked;
    private final SwitchoverSnapshot repeated;
    private final Answer late;
    private final Walk again;
    private final Answer tooLate;

    UndoneSteps(SwitchoverProbe probe) {
        probe.assumeDeclared(GatewayCapability.UNDO);
        TaskRef task = probe.enter();
        first = probe.observePresent(task);
        List<SwitchoverStep> steps = probe.steps(task);
        SwitchoverStep last = steps.get(steps.size() - 1);
        Walk walk = new Walk(probe, task).upTo(last);
        walked = walk.last().over();
        for (SwitchoverStep step : ORDER) {
            if (walked && step != last && steps.contains(step)) {
                backs.put(step, takeBack(probe, task, step));
            }
        }
        backs.keySet().forEach(step -> probe.undo(task, step));
        probe.look();
        probe.passStaleness();
        repeated = probe.observePresent(task);
        late = probe.run(task, SwitchoverStep.START_FORWARD_SWITCHOVER);
        probe.beAnotherRun();
        again = new Walk(probe, task).upTo(SwitchoverStep.UNRECOGNIZED);
        tooLate = probe.undo(task, SwitchoverStep.START_FORWARD_SWITCHOVER);
    }

    private Back takeBack(SwitchoverProbe probe, TaskRef task, SwitchoverStep step) {
        Answer answer = probe.undo(task, step);
        boolean undone = probe.eventually(() -> undone(step, look(probe, task)));
        probe.passStaleness();
        return new Back(answer, look(probe, task), undone);
    }

    private SwitchoverSnapshot look(SwitchoverProbe probe, TaskRef task) {
        SwitchoverSnapshot shown = probe.observePresent(task);
        seen.add(shown);
        return shown;
    }

    private static boolean undone(SwitchoverStep step, SwitchoverSnapshot snapshot) {
        SwitchoverProgress progress = snapshot.progress();
        boolean before = progress.step().compareTo(step) < 0
                || (progress.step() == step && progress.state() == SwitchoverProgress.State.WAITING);
        return before
                && switch (step) {
                    case START_TARGET_STORE ->
                        snapshot.links().storeStart() == null
                                && snapshot.links().reverse() == SyncLinks.State.ABSENT;
                    case CONFIRM_WRITES_STOPPED ->
                        snapshot.stopPoint() == null && snapshot.links().sourceFree();
                    case STOP_FORWARD_SYNC -> snapshot.links().forward() == SyncLinks.State.RUNNING;
                    default -> true;
                };
    }

    void takenBack() {
        backs.forEach((step, back) -> assertTrue(
                back.undone,
                () -> "SW-8: the undo of " + step.title() + " was answered with " + back.answer
                        + ", but it is not undone: " + back.after.progress() + ", forward "
                        + back.after.links().forward() + ", reverse "
                        + back.after.links().reverse() + ", store "
                        + back.after.links().storeStart() + ", source "
                        + back.after.links().sourceGuard() + ", source "
                        + back.after.links().sourceGuard() + ", stop point " + back.after.stopPoint() + ", problem "
                        + back.after.problem()
                        + ". Look at: what the undo does, how observe tells it, and settleTime()"));
        assertEquals(
                first.progress(),
                repeated.progress(),
                "SW-8: everything is taken back, and the task does not stand where it stood. Look at: the pointer");
        assertEquals(
                first.links().forward(),
                repeated.links().forward(),
                "SW-8: everything is taken back, and forward sync is not as it was. Look at: the undo of its stop");
    }

    void sourceLast() {
        assumeTrue(walked, "the walk got stuck; see the test that takes a task through all steps");
        assumeTrue(backs.containsKey(SwitchoverStep.CONFIRM_WRITES_STOPPED), "the task's type stops no writes");
        for (SwitchoverSnapshot snapshot : seen) {
            assertTrue(
                    snapshot.stopPoint() != null || snapshot.links().forward() == SyncLinks.State.RUNNING,
                    () -> "SW-8: the source was given back while forward sync is "
                            + snapshot.links().forward() + ": " + snapshot.progress()
                            + ". Look at: what the undo of other steps does to the stop point");
        }
    }

    void repeated() {
        assumeTrue(backs.values().stream().allMatch(Back::undone), "a step is not undone; see the test of that");
        for (SwitchoverStep step : backs.keySet()) {
            assertTrue(
                    undone(step, repeated),
                    () -> "SW-8: the undos were repeated, and " + step.title() + " is no longer undone: " + repeated
                            + ". Look at: what an undo does when there is nothing to take back");
        }
    }

    void refusesLateRun() {
        assumeTrue(!backs.isEmpty(), "nothing was taken back; see the test of that");
        assertTrue(
                late.refused(),
                () -> "SW-8: a step that its run had taken back was ordered again by that run, and answered with "
                        + late
                        + ". Look at: whether the platform remembers which run took a step back; a command that was"
                        + " given up may come late");
    }

    void again() {
        assumeTrue(!backs.isEmpty(), "nothing was taken back; see the test of that");
        assertTrue(
                again.last().over(),
                () -> "SW-8: another run could not take the task through again: "
                        + again.last().step().title() + " was answered with "
                        + again.last().answer() + ", problem "
                        + again.last().after().problem() + ". Look at: what the undo leaves behind");
    }

    void refusesPastReturn() {
        assumeTrue(again.last().over(), "the second walk got stuck; see the test of that");
        assertTrue(
                tooLate.refused(),
                () -> "SW-7: an undo past the point of no return was answered with " + tooLate
                        + ". Look at: where the platform knows that rows flow back, or the task is through");
    }
}
