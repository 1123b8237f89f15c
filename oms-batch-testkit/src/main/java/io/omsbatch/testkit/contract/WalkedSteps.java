package io.omsbatch.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.omsbatch.api.switchover.ObjectItem;
import io.omsbatch.api.switchover.PrecheckItem;
import io.omsbatch.api.switchover.StopPoint;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.switchover.SyncLinks;
import io.omsbatch.api.switchover.SyncSample;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import java.util.HashSet;
import java.util.Set;

/** What must have been observed on a walk through a whole switchover. */
final class WalkedSteps {

    private final Walk walk;

    WalkedSteps(Walk walk) {
        this.walk = walk;
    }

    void allStepsOver() {
        Walk.Leg last = walk.last();
        assertTrue(
                last.over(),
                () -> "SW-1: " + last.step().title() + " was answered with " + last.answer() + ", but is not over: "
                        + last.after().progress() + ", forward "
                        + last.after().links().forward() + ", reverse "
                        + last.after().links().reverse() + ", problem "
                        + last.after().problem()
                        + ". Look at: what the step does, how observe tells that it is over, and settleTime()");
        SwitchoverStep end = walk.steps().get(walk.steps().size() - 1);
        assertEquals(
                new SwitchoverProgress(
                        end,
                        SwitchoverProgress.State.DONE,
                        last.after().progress().round()),
                last.after().progress(),
                "SW-1: after the last step the task must stay at it, DONE. Look at: the pointer that observe shows");
    }

    void pointerMovesForward() {
        SwitchoverStep furthest = SwitchoverStep.START_FORWARD_SWITCHOVER;
        for (SwitchoverSnapshot snapshot : walk.inOrder()) {
            SwitchoverStep step = snapshot.progress().step();
            assertTrue(
                    walk.steps().contains(step),
                    () -> "SW-1: the task stood at " + step + ", which " + walk.type() + " does not have."
                            + " Look at: the pointer that observe shows");
            assertTrue(
                    step.compareTo(furthest) >= 0,
                    "SW-1: the task went back to " + step + " after " + furthest
                            + ". Look at: the pointer that observe shows");
            furthest = step;
        }
    }

    void precheckFindings() {
        Walk.Leg leg = reached(SwitchoverStep.SWITCHOVER_PRECHECK);
        Set<String> ids = new HashSet<>();
        for (PrecheckItem item : leg.after().precheck()) {
            assertTrue(ids.add(item.id()), () -> "two findings have the id " + item.id() + ". Look at: their ids");
        }
        assertTrue(
                leg.after().blocking().isEmpty(),
                () -> "SW-2: the precheck is over though it shows blocking findings: "
                        + leg.after().blocking() + ". Look at: when the step becomes FAILED");
    }

    void storeStart() {
        Walk.Leg leg = reached(SwitchoverStep.START_TARGET_STORE);
        assertNotNull(
                leg.after().links().storeStart(),
                "SW-6: the target store was started, and from where it reads is not known."
                        + " Look at: storeStart in the links that observe shows");
        assertEquals(
                leg.after().links().storeStart(),
                walk.last().after().links().storeStart(),
                "SW-6: the place from which the target store reads moved later, past possible writes."
                        + " Look at: when storeStart is taken");
    }

    void stopPoint() {
        Walk.Leg leg = reached(SwitchoverStep.CONFIRM_WRITES_STOPPED);
        assertNull(
                leg.before().stopPoint(),
                "SW-4: a stop point was shown before the writes were confirmed stopped."
                        + " Look at: where the stop point is read");
        StopPoint stop = leg.after().stopPoint();
        assertNotNull(
                stop,
                "SW-4: the writes are confirmed stopped, and no stop point is shown."
                        + " Look at: when the step is taken to be over");
        SyncSample sample = leg.before().sync();
        assertTrue(
                sample == null || stop.position().compareTo(sample.applied()) >= 0,
                () -> "SW-4: the stop point " + stop + " lies before " + sample + ", seen before the confirmation."
                        + " Look at: where the stop point is read; it must be read after the write stop");
        assertEquals(
                stop,
                walk.last().after().stopPoint(),
                "SW-4: the stop point moved after it was read. Look at: where it is kept");
    }

    void caughtUp() {
        Walk.Leg leg = reached(SwitchoverStep.CONFIRM_SYNC_TIMESTAMP);
        assumeTrue(leg.answer() != null, "a platform that advances by itself may be past it before anybody can look");
        assertTrue(
                walk.caughtUp(),
                () -> "SW-4, SW-10: confirm sync timestamp is over, and no sample with a known lag was seen at the stop"
                        + " point; the last was " + leg.after().sync() + ", the stop point "
                        + leg.before().stopPoint()
                        + ". Look at: how the lag is made, a negative one is Skewed, see Lag.of, and when the step is"
                        + " taken to be over");
    }

    void forwardStopped() {
        Walk.Leg leg = reached(SwitchoverStep.STOP_FORWARD_SYNC);
        boolean byItself = leg.answer() == null; // then it may have stopped before anybody could look
        assertTrue(
                leg.before().links().forward() == SyncLinks.State.RUNNING
                        || (byItself
                                && walk.seen().stream()
                                        .anyMatch(seen -> seen.links().forward() == SyncLinks.State.RUNNING)),
                "SW-5: the forward link was not observed running before it was stopped."
                        + " Look at: the links that observe shows");
        assertTrue(
                leg.after().links().forwardQuiet(),
                () -> "SW-5: stop forward sync is over, and the forward link is "
                        + leg.after().links().forward()
                        + ". Look at: when the step is taken to be over; it must be observed, not assumed");
    }

    void objectsDone() {
        Walk.Leg leg = reached(SwitchoverStep.PROCESS_DATABASE_OBJECTS);
        for (ObjectItem item : leg.after().objects()) {
            assertNotEquals(
                    ObjectItem.State.PENDING,
                    item.state(),
                    () -> "the objects are processed, and " + item.id() + " is still pending."
                            + " Look at: when the step is taken to be over");
        }
    }

    void reverseRunning() {
        Walk.Leg leg = reached(SwitchoverStep.START_REVERSE_INCREMENT);
        assertEquals(
                SyncLinks.State.RUNNING,
                leg.after().links().reverse(),
                "SW-5: start reverse increment is over, and the reverse link is not observed running."
                        + " Look at: when the step is taken to be over");
    }

    void neverBothDirections() {
        for (SwitchoverSnapshot snapshot : walk.seen()) {
            assertFalse(
                    snapshot.links().forward() == SyncLinks.State.RUNNING
                            && snapshot.links().reverse() == SyncLinks.State.RUNNING,
                    () -> "SW-5: both directions ran at " + snapshot.progress()
                            + ": changes go round in circles. Look at: what starts the reverse link");
        }
    }

    private Walk.Leg reached(SwitchoverStep step) {
        assumeTrue(
                walk.steps().contains(step),
                () -> "the task's type, " + walk.type() + ", has no step: " + step.title());
        assumeTrue(
                walk.over(step).isPresent(),
                () -> "the walk did not get past " + step.title()
                        + "; see the test that takes a task through all steps");
        return walk.over(step).orElseThrow();
    }
}
