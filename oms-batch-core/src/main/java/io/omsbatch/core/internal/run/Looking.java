package io.omsbatch.core.internal.run;

import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.call.CallResult;
import io.omsbatch.core.internal.call.Slot;
import io.omsbatch.core.internal.limit.Calls;
import io.omsbatch.core.internal.ownership.Claims;
import io.omsbatch.core.internal.read.Failures;
import io.omsbatch.core.internal.read.Looked;
import io.omsbatch.core.internal.step.Sight;
import io.omsbatch.core.internal.step.StepPort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Looks at tasks: before their commands, once they are claimed and may be commanded, and after, until it is known what came of them. */
final class Looking {

    private final RunExecution execution;
    private final RunLedger ledger;
    private final StepPort port;
    private final Moves moves;
    private final Decisions decisions;
    private final Claims claims;

    /** How many looks at tasks whose commands were sent are under way. */
    private final AtomicInteger afterCommands = new AtomicInteger();

    Looking(RunExecution execution, StepPort port, Moves moves, Decisions decisions) {
        this.execution = execution;
        this.ledger = execution.ledger();
        this.port = port;
        this.moves = moves;
        this.decisions = decisions;
        this.claims = new Claims(
                ledger.parts().journal(),
                ledger.record(),
                ledger.token(),
                ledger.parts().capabilities().maximumEffectDelay(),
                ledger.parts().overdue());
    }

    /** Returns how many calls a look before commands takes. */
    int callsBeforeCommand() {
        return port.callsBeforeCommand();
    }

    /** Claims tasks, asks whether they may be commanded, and looks at them before that; they are in phase PREPARING. */
    void prepare(Slot slot, RunQueues.Page page) {
        try {
            prepare(slot, page.tasks(), page.calls());
        } finally {
            ledger.parts().rate().giveBack(page.calls());
        }
    }

    private void prepare(Slot slot, List<TaskEntry> page, Calls calls) {
        Map<TaskRef, Problem> held = claim(page);
        if (held == null) {
            execution.commit(page.stream().map(moves::backToQueue).toList());
            return;
        }
        List<Turn> refused = new ArrayList<>();
        Map<TaskRef, TaskEntry> admitted = new LinkedHashMap<>();
        for (TaskEntry entry : page) {
            Problem problem = held.get(entry.ref());
            if (problem != null) {
                refused.add(moves.end(entry, new TaskOutcome.NotAttempted(problem)));
            } else {
                entry.claimed = true;
                admitted.put(entry.ref(), entry);
            }
        }
        if (!mayAll(slot, admitted, refused) || !execution.commit(refused)) {
            return;
        }
        if (admitted.isEmpty()) {
            execution.goOn();
            return;
        }
        look(slot, calls, admitted, true, decisions::prepared);
    }

    /**
     * Asks the access policy about each task, unless it is taken back or only looked at, in a call of its own: a policy that does
     * not return costs its task and one slot, as a gateway would. The other tasks then wait for another slot.
     *
     * @return whether every task was asked about, and the slot can be used
     */
    private boolean mayAll(Slot slot, Map<TaskRef, TaskEntry> admitted, List<Turn> refused) {
        if (ledger.parts().allowsAll()) {
            return true;
        }
        for (TaskEntry entry : List.copyOf(admitted.values())) {
            AtomicBoolean inTime =
                    new AtomicBoolean(entry.ambiguous() || entry.row().undoes());
            if (!inTime.get()) {
                ledger.parts().dispatcher().call(slot, () -> allowed(entry), result -> {
                    if (!Boolean.TRUE.equals(result.value())) {
                        admitted.remove(entry.ref());
                        refused.add(denied(entry));
                    }
                    if (result.timedOut()) { // in another thread than the slot's
                        admitted.values().forEach(other -> refused.add(queuedAgain(other)));
                        execution.guarded(() -> execution.commit(refused));
                        execution.goOn();
                    } else {
                        inTime.set(true);
                    }
                });
            }
            if (!inTime.get()) {
                return false;
            }
        }
        return true;
    }

    private Turn denied(TaskEntry entry) {
        return entry.untouched()
                ? moves.end(entry, new TaskOutcome.Denied())
                : moves.stepFailed(
                        entry,
                        Problem.of(
                                ProblemCode.ACCESS_DENIED,
                                ledger.actor(entry) + " has no access to the task, by the access policy"));
    }

    private Turn queuedAgain(TaskEntry entry) {
        return Turn.silent(entry, () -> ledger.queues().move(entry, Phase.QUEUED));
    }

    /** Returns which tasks are not to be had, and why; null if the journal does not answer. */
    private @Nullable Map<TaskRef, Problem> claim(List<TaskEntry> page) {
        List<TaskRef> unclaimed = page.stream()
                .filter(entry -> !entry.claimed)
                .map(TaskEntry::ref)
                .toList();
        return unclaimed.isEmpty()
                ? Map.of()
                : ledger.backlog().ask(() -> claims.claim(unclaimed, ledger.now(), ledger.nanos()));
    }

    private boolean allowed(TaskEntry entry) {
        return ledger.parts()
                .access()
                .allows(ledger.actor(entry), ledger.record().plan().request().operation(), entry.ref());
    }

    /** Returns whether nobody is looking at tasks whose commands were sent. */
    boolean nobodyLooks() {
        return afterCommands.get() == 0;
    }

    /** Looks at tasks whose commands were taken, or may have been. */
    void look(Slot slot, RunQueues.Page page) {
        Map<TaskRef, TaskEntry> asked = new LinkedHashMap<>();
        page.tasks().forEach(entry -> asked.put(entry.ref(), entry));
        afterCommands.incrementAndGet();
        look(slot, page.calls(), asked, false, decisions::looked);
    }

    private interface Reaction {
        Turn to(TaskEntry entry, Looked<Sight> look, PageLook page);
    }

    private void look(Slot slot, Calls calls, Map<TaskRef, TaskEntry> asked, boolean beforeCommand, Reaction reaction) {
        ledger.parts()
                .looker()
                .<Map<TaskRef, Looked<Sight>>>look(
                        slot, calls, before -> port.look(asked.keySet(), beforeCommand, before), result -> {
                            if (!beforeCommand) {
                                afterCommands.decrementAndGet();
                            }
                            execution.guarded(() -> take(result, asked, reaction));
                        });
    }

    private void take(
            CallResult<Map<TaskRef, Looked<Sight>>> result, Map<TaskRef, TaskEntry> asked, Reaction reaction) {
        PageLook page =
                PageLook.of(result, asked.size(), ledger.parts().backoff().chance());
        Problem failed = Failures.ofRead(result);
        decisions.asked(failed == null);
        List<Turn> turns = new ArrayList<>(asked.size());
        asked.forEach((ref, entry) -> {
            Looked<Sight> look = failed != null
                    ? Looked.failed(failed)
                    : Objects.requireNonNull(
                            Objects.requireNonNull(result.value()).get(ref));
            turns.add(reaction.to(entry, look, page));
        });
        execution.turnWriter().make(turns, () -> {});
    }
}
