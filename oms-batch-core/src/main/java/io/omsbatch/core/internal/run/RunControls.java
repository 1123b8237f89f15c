package io.omsbatch.core.internal.run;

import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.ControlAnswer.Refusal;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.core.internal.durable.Answers;
import io.omsbatch.core.internal.durable.Records;
import io.omsbatch.core.internal.step.LaneMember;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an operator may do to a run as a whole that is owned here (RUN-9, RUN-12). */
public final class RunControls {

    private final RunExecution execution;
    private final RunLedger ledger;

    /**
     * Creates the controls of a run.
     *
     * @param execution carries out the run
     */
    public RunControls(RunExecution execution) {
        this.execution = execution;
        this.ledger = execution.ledger();
    }

    /**
     * Acts on the run.
     *
     * @param control what to do
     * @param command the command of the inbox by which it came, or null
     * @return whether it was done
     */
    public ControlAnswer act(RunControl control, @Nullable String command) {
        ControlAnswer refusal;
        ledger.lock().lock();
        try {
            refusal = refusal(control);
            if (refusal == null && !ledger.beginOrder()) {
                refusal = new ControlAnswer.Refused(
                        Refusal.RUN_CHANGED, "another action on the run is being recorded; look again");
            }
        } finally {
            ledger.lock().unlock();
        }
        if (refusal != null) {
            return refusal;
        }
        try {
            return carryOut(control, command);
        } finally {
            ledger.endOrder();
            execution.goOn();
        }
    }

    private ControlAnswer carryOut(RunControl control, @Nullable String command) {
        ControlAnswer done = new ControlAnswer.Accepted(Set.of());
        JournalRecord said = Records.ordered(ledger.now(), control.action(), control.actor(), control.reason());
        List<JournalRecord> records = new ArrayList<>(List.of(said));
        if (command != null) {
            records.add(Answers.record(ledger.now(), command, done));
        }
        Recorded recorded = execution.order(new RunLedger.Order(records, first -> {
            ledger.order(ledger.orders().after(control.action(), Records.orderedBy(said), first));
            ledger.happened(
                    stamp -> new BatchEvent.RunControlled(stamp, control.action(), control.actor(), control.reason()));
        }));
        return recorded.or(done);
    }

    private @Nullable ControlAnswer refusal(RunControl control) {
        if (!ledger.life().running()) {
            return new ControlAnswer.Refused(Refusal.NOT_RUNNING, "the run is not running any more");
        }
        RunOrders orders = ledger.orders();
        if (control.version() != orders.version()) {
            return new ControlAnswer.Refused(
                    Refusal.RUN_CHANGED,
                    "the run is at version " + orders.version() + ", not at " + control.version() + ": look again");
        }
        return switch (control.action()) {
            case PAUSE -> wrongIf(orders.paused(), "the run is paused already");
            case RESUME -> wrongIf(!orders.paused(), "the run is neither paused nor parked");
            case CANCEL -> orders.canceled() ? canceled() : choice();
            case CANCEL_LEAVING -> orders.ending() == RunOrders.Ending.CANCELED_LEAVING ? canceled() : null;
            case CANCEL_UNDOING -> orders.canceled() ? canceled() : cannotUndo();
            case RELEASE_CLAIMS, CLOSE_AS_UNKNOWN ->
                wrongIf(true, "the run is at work; only a parked run can be treated so, this one can be canceled");
        };
    }

    private static ControlAnswer canceled() {
        return new ControlAnswer.Refused(Refusal.WRONG_STATE, "the run is canceled already");
    }

    private static @Nullable ControlAnswer wrongIf(boolean wrong, String text) {
        return wrong ? new ControlAnswer.Refused(Refusal.WRONG_STATE, text) : null;
    }

    /** Tasks that have begun their switchover and could be left in the middle of it ask for a choice. */
    private @Nullable ControlAnswer choice() {
        int begun = 0;
        int frozen = 0;
        for (TaskEntry entry : ledger.entries()) {
            LaneMember member = entry.memberOrNull();
            if (member != null && entry.phase() != Phase.ENDED && !member.decided() && Cancellation.begun(entry)) {
                begun++;
                frozen += member.frozen() ? 1 : 0;
            }
        }
        return begun == 0
                ? null
                : new ControlAnswer.Refused(
                        Refusal.CHOICE_NEEDED,
                        begun + " tasks have begun, " + frozen + " of them frozen: "
                                + RunAction.CANCEL_LEAVING.name() + " ends them where they stand"
                                + (undoes() ? ", " + RunAction.CANCEL_UNDOING.name() + " takes them back" : ""));
    }

    private @Nullable ControlAnswer cannotUndo() {
        return undoes()
                ? null
                : new ControlAnswer.Refused(
                        Refusal.NOT_OFFERED, "the platform does not undo: its gateway does not declare UNDO");
    }

    private boolean undoes() {
        return ledger.parts().capabilities().has(GatewayCapability.UNDO);
    }
}
