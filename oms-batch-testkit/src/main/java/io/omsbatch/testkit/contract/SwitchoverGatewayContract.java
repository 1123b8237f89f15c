package io.omsbatch.testkit.contract;

import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverStep;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What every {@code SwitchoverGateway} keeps beyond {@link TaskGatewayContract}. A host extends it in its own tests and
 * returns a bench; for a platform that can switch back it extends {@link SwitchBackContract} as well. One task is taken through the whole switchover once, and one back before its last step if the gateway declares
 * UNDO; most tests look at what was observed on those ways, the others take a few steps with a task of their own.
 *
 * @since 0.1.0
 */
@DisplayName("The switchover gateway")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class SwitchoverGatewayContract {

    private @Nullable SwitchoverProbe walker;
    private @Nullable WalkedSteps walked;
    private @Nullable SwitchoverProbe undoer;
    private @Nullable UndoneSteps undone;
    private @Nullable SwitchoverProbe probe;

    /** For subclasses. */
    protected SwitchoverGatewayContract() {}

    /**
     * Returns a new bench.
     *
     * @return the bench; the contract closes it
     */
    protected abstract SwitchoverBench bench();

    /** Which way the tasks go. */
    SwitchoverDirection direction() {
        return SwitchoverDirection.FORWARD;
    }

    @AfterEach
    final void closeOwn() {
        SwitchoverProbe open = probe;
        probe = null;
        if (open != null) {
            open.cleanUp();
        }
    }

    @AfterAll
    final void closeWalk() {
        if (walker != null) {
            walker.cleanUp();
        }
        if (undoer != null) {
            undoer.cleanUp();
        }
    }

    @Test
    @DisplayName("SW-1: a task that entered stands at the first step of its type, WAITING, for reads and observations")
    void beginsAtFirstStep() {
        steps().beginsAtFirstStep();
    }

    @Test
    @DisplayName("observes nothing of a task that the platform does not have")
    void observesNothingUnknown() {
        steps().observesNothingUnknown();
    }

    @Test
    @DisplayName("refuses a step of a task that the platform does not have")
    void refusesUnknown() {
        steps().refusesUnknown();
    }

    @Test
    @DisplayName("SW-1: refuses a step whose turn has not come, and changes nothing")
    void refusesOutOfOrder() {
        steps().refusesOutOfOrder();
    }

    @Test
    @DisplayName("SW-1: refuses a step of another round than the one in which the task is, and changes nothing")
    void refusesOtherRound() {
        steps().refusesOtherRound();
    }

    @Test
    @DisplayName("SW-10: takes a new sample of the forward sync in time")
    void samples() {
        steps().samples();
    }

    @Test
    @DisplayName("FENCING: refuses a step whose token is lower than the highest seen for its run, without an effect")
    void fences() {
        steps().fences();
    }

    @Test
    @DisplayName("RUN-3: gives a step that is over, or under way, no further effect when it is repeated")
    void repeats() {
        steps().repeats();
    }

    @Test
    @DisplayName("SW-5: refuses the reverse increment while forward sync runs, also when stopping it was skipped")
    void refusesReverse() {
        steps().refusesReverse();
    }

    @Test
    @DisplayName("SW-1: takes a task through all steps of its type, and leaves it at the last one, DONE")
    void allStepsOver() {
        walked().allStepsOver();
    }

    @Test
    @DisplayName("SW-1: stands at steps of its type only, and never goes back")
    void pointerMovesForward() {
        walked().pointerMovesForward();
    }

    @Test
    @DisplayName("SW-2: lets the precheck pass only without blocking findings, each with an id of its own")
    void precheckFindings() {
        walked().precheckFindings();
    }

    @Test
    @DisplayName("PLAN-1, PRECHECK_READ_ONLY: makes the precheck of a task without a command and without an effect")
    void precheckReadOnly() {
        SwitchoverProbe own = own();
        own.assumeDeclared(GatewayCapability.PRECHECK_READ_ONLY);
        new SingleSteps(own).precheckReadOnly();
    }

    @Test
    @DisplayName("SW-6: knows from where the target store reads once it is started, and keeps to it")
    void storeStart() {
        walked().storeStart();
    }

    @Test
    @DisplayName("SW-4: reads the stop point after the writes were confirmed stopped, and keeps to it")
    void stopPoint() {
        walked().stopPoint();
    }

    @Test
    @DisplayName("SW-4, SW-10: confirm sync timestamp is over once a sample with a known lag is at the stop point")
    void caughtUp() {
        walked().caughtUp();
    }

    @Test
    @DisplayName("SW-5: stop forward sync is over once the forward link was observed to carry nothing")
    void forwardStopped() {
        walked().forwardStopped();
    }

    @Test
    @DisplayName("process database objects is over once no object is pending")
    void objectsDone() {
        walked().objectsDone();
    }

    @Test
    @DisplayName("SW-5: start reverse increment is over once the reverse link was observed running")
    void reverseRunning() {
        walked().reverseRunning();
    }

    @Test
    @DisplayName("SW-5: never lets both directions run")
    void neverBothDirections() {
        walked().neverBothDirections();
    }

    @Test
    @DisplayName("SW-8: takes every step before the last one back, and the task stands where it stood")
    void takenBack() {
        undone().takenBack();
    }

    @Test
    @DisplayName("SW-8: gives the source back only while forward sync runs")
    void sourceLast() {
        undone().sourceLast();
    }

    @Test
    @DisplayName("SW-8: gives a step that is taken back no further effect when that is repeated")
    void undoRepeated() {
        undone().repeated();
    }

    @Test
    @DisplayName("SW-8: refuses a step that its own run has taken back, however late it comes")
    void refusesLateRun() {
        undone().refusesLateRun();
    }

    @Test
    @DisplayName("SW-8: lets another run take a task through that was taken back")
    void againAfterUndo() {
        undone().again();
    }

    @Test
    @DisplayName("SW-7: takes nothing back past the point of no return")
    void refusesPastReturn() {
        undone().refusesPastReturn();
    }

    private UndoneSteps undone() {
        UndoneSteps known = undone;
        if (known == null) {
            SwitchoverProbe opened = new SwitchoverProbe(bench(), direction());
            undoer = opened;
            known = new UndoneSteps(opened);
            undone = known;
        }
        return known;
    }

    SwitchoverProbe own() {
        SwitchoverProbe open = probe != null ? probe : new SwitchoverProbe(bench(), direction());
        probe = open;
        return open;
    }

    private SingleSteps steps() {
        return new SingleSteps(own());
    }

    private WalkedSteps walked() {
        WalkedSteps known = walked;
        if (known == null) {
            SwitchoverProbe opened = new SwitchoverProbe(bench(), direction());
            walker = opened;
            known = new WalkedSteps(new Walk(opened, opened.enter()).upTo(SwitchoverStep.UNRECOGNIZED));
            walked = known;
        }
        return known;
    }
}
