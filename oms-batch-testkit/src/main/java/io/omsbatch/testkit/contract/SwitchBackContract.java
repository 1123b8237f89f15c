package io.omsbatch.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What a {@code SwitchoverGateway} keeps that can switch back: all that {@link SwitchoverGatewayContract} says, with source and target
 * exchanged. Every task is taken through its forward switchover first, and then enters the switch back.
 *
 * @since 0.1.0
 */
@DisplayName("The gateway, in a switch back")
public abstract class SwitchBackContract extends SwitchoverGatewayContract {

    /** For subclasses. */
    protected SwitchBackContract() {}

    @Override
    final SwitchoverDirection direction() {
        return SwitchoverDirection.BACK;
    }

    @Test
    @DisplayName("a task that was switched back can go forward again, in its third round")
    void forwardAgain() {
        SwitchoverProbe probe = own();
        TaskRef task = probe.enter();
        Walk back = new Walk(probe, task).upTo(SwitchoverStep.UNRECOGNIZED);
        assumeTrue(back.last().over(), "the walk got stuck; see the test that takes a task through all steps");
        boolean ready = probe.eventually(() -> isReady(probe.readPresent(task)));
        assertTrue(
                ready,
                () -> "a task that was switched back is shown as " + probe.readPresent(task)
                        + ", not as ready for the forward switchover. Look at: the stage after the switch back");
        Answer answer = probe.send(task, BatchOperation.enterForwardSwitchover());
        assertTrue(answer.taken(), () -> "entering the forward switchover again was answered with " + answer);
        boolean entered = probe.settles(
                task,
                shown -> shown != null
                        && shown.switchover() != null
                        && shown.switchover().direction() == SwitchoverDirection.FORWARD);
        assertTrue(entered, "the task did not enter the forward switchover again. Look at: the round that is counted");
        probe.nextRound();
        Walk forward = new Walk(probe, task, SwitchoverDirection.FORWARD).upTo(SwitchoverStep.UNRECOGNIZED);
        assertTrue(
                forward.last().over(),
                () -> "the second forward switchover got stuck at "
                        + forward.last().step().title() + ", which was answered with "
                        + forward.last().answer() + ", problem "
                        + forward.last().after().problem() + ". Look at: what the switch back left behind");
        assertEquals(
                3,
                forward.last().after().progress().round(),
                "the rounds are miscounted. Look at: round() of the progress that observe shows");
    }

    private static boolean isReady(MigrationTask task) {
        return task.stage().stage() == task.type().lastStageBeforeSwitchover()
                && task.stage().done();
    }
}
