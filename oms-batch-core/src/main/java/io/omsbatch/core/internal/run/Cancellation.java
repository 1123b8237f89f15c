package io.omsbatch.core.internal.run;

import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.core.internal.step.LaneMember;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Ends the tasks of a run that an operator canceled or closed (RUN-9), or whose failure budget is spent (RUN-7): what is in flight
 * settles first, what is past its point of no return goes on, the rest ends where it stands.
 */
final class Cancellation {

    private final RunLedger ledger;
    private final Moves moves;

    Cancellation(RunLedger ledger, Moves moves) {
        this.ledger = ledger;
        this.moves = moves;
    }

    /** Takes those tasks that can end now, so that nobody else can; the lock must be held. */
    List<TaskEntry> take(Collection<TaskEntry> candidates) {
        List<TaskEntry> taken = new ArrayList<>();
        RunOrders orders = ledger.orders();
        for (TaskEntry entry : candidates) {
            if (!entry.busy() && ((orders.toEnd() && endsNow(entry, orders)) || abortsNow(entry))) {
                entry.hold();
                taken.add(entry);
            }
        }
        return taken;
    }

    private static boolean abortsNow(TaskEntry entry) {
        return abortAhead(entry)
                && switch (entry.phase()) {
                    case GATED, FAILED, HELD -> true;
                    case QUEUED, READY, DELAYED -> !entry.ambiguous();
                    case IDLE, PREPARING, CALLING, SETTLING, ENDED -> false;
                };
    }

    private static boolean abortAhead(TaskEntry entry) {
        LaneMember member = entry.memberOrNull();
        return member != null && member.abortAhead();
    }

    private boolean endsNow(TaskEntry entry, RunOrders orders) {
        return switch (entry.phase()) {
            case GATED, QUEUED, READY, DELAYED, FAILED, HELD -> closes(orders) || !goesOn(entry, orders);
            case SETTLING -> closes(orders);
            case IDLE -> !ledger.wavesAhead(entry).isEmpty();
            case PREPARING, CALLING, ENDED -> false;
        };
    }

    /**
     * Past its point of no return a task is carried forward, one that has begun its switchover when the budget was spent is left to the
     * operator, and a command whose fate is unknown is looked for.
     */
    private static boolean goesOn(TaskEntry entry, RunOrders orders) {
        return carriedOn(entry, orders) || (entry.ambiguous() && entry.phase() != Phase.FAILED);
    }

    private static boolean carriedOn(TaskEntry entry, RunOrders orders) {
        LaneMember member = entry.memberOrNull();
        boolean budget = orders.ending() == RunOrders.Ending.BUDGET_SPENT;
        boolean undone = member != null && member.takingBack != null;
        return member != null
                && (member.pastReturn
                        || (undone && orders.ending() != RunOrders.Ending.CANCELED_LEAVING)
                        || (budget && begun(entry)));
    }

    private static boolean closes(RunOrders orders) {
        return orders.ending() == RunOrders.Ending.CLOSED;
    }

    /** Returns whether no further attempt of the task may be made. */
    boolean stops(TaskEntry entry) {
        RunOrders orders = ledger.orders();
        return (orders.toEnd() && !carriedOn(entry, orders)) || abortAhead(entry);
    }

    /** The change by which a task that was taken ends. */
    Turn end(TaskEntry entry) {
        RunOrders orders = ledger.orders();
        if (abortAhead(entry) && !closes(orders) && orders.ending() != RunOrders.Ending.CANCELED_LEAVING) {
            return moves.takingBack().begin(entry, "an operator aborted it");
        }
        boolean budget = orders.ending() == RunOrders.Ending.BUDGET_SPENT;
        ProblemCode stopped = budget ? ProblemCode.BUDGET_SPENT : ProblemCode.RUN_CANCELED;
        ProblemCode code = closes(orders) ? ProblemCode.CLOSED_AS_UNKNOWN : stopped;
        Problem last = entry.problem();
        Problem problem = Problem.of(code, orders.why() + (last == null ? "" : "; before that " + last));
        if (!begun(entry)) {
            return moves.end(entry, new TaskOutcome.NotAttempted(Problem.of(stopped, orders.why())));
        }
        if (closes(orders)) {
            return moves.end(entry, new TaskOutcome.Unknown(problem));
        }
        if (entry.memberOrNull() == null) {
            return moves.end(entry, new TaskOutcome.Failed(problem));
        }
        return orders.ending() == RunOrders.Ending.CANCELED_UNDOING
                ? moves.takingBack().begin(entry, orders.why())
                : moves.end(entry, entry.left(orders.why()));
    }

    /** Returns whether this run did something to the task. */
    static boolean begun(TaskEntry entry) {
        LaneMember member = entry.memberOrNull();
        return !entry.untouched() || (member != null && !member.over().isEmpty());
    }
}
