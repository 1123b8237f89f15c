package io.omsbatch.core.internal.run;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.journal.JournalEntry;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.switchover.SwitchoverAction;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.durable.Records;
import io.omsbatch.core.internal.step.LaneMember;
import io.omsbatch.core.workflow.StepSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells from a run's facts where its tasks stood, for the owner that goes on with it (DUR-1). Each fact moves its task as the
 * change did that was written with it; what was never written did not happen.
 */
final class RunReplay {

    /** What becomes of a task next. */
    enum Next {
        /** It enters its step: a gate, or its turn. */
        ENTER,
        /** Its step was set off; the command was not sent, or had no effect. */
        SET_OFF,
        /** A command was sent, or was about to be; nobody here knows what became of it. */
        SETTLE,
        /** Its step failed; an operator decides. */
        FAILED,
        /** Its step is over, and it waits at the barrier. */
        HELD,
        /** It has its outcome. */
        ENDED
    }

    private final List<TaskEntry> tasks;
    private final Map<TaskEntry, Next> next = new HashMap<>();
    private final Map<TaskRef, List<Reason>> reasons;
    /** The tasks by their names; made when the first fact is taken in, because most runs have none to take in. */
    private @Nullable Map<TaskRef, TaskEntry> entries;

    private RunOrders orders = RunOrders.NONE;
    private @Nullable JournalRecord parked;
    private @Nullable JournalEntry end;

    /**
     * Creates the replay of a run.
     *
     * @param entries its tasks, as they stood when it began
     * @param reasons why those were not eligible that were not
     */
    RunReplay(List<TaskEntry> entries, Map<TaskRef, List<Reason>> reasons) {
        this.tasks = entries;
        this.reasons = reasons;
    }

    /** Returns what becomes of a task next. */
    Next next(TaskEntry entry) {
        return next.getOrDefault(entry, Next.ENTER);
    }

    /** Returns what operators ordered for the run as a whole. */
    RunOrders orders() {
        return orders;
    }

    /** Returns the fact that says why it is parked, or null if it is not. */
    @Nullable
    JournalRecord parked() {
        return parked;
    }

    /** Returns the fact that says that it has ended, or null if it has not. */
    @Nullable
    JournalEntry end() {
        return end;
    }

    @Nullable
    TaskEntry entry(TaskRef task) {
        Map<TaskRef, TaskEntry> byRef = entries;
        if (byRef == null) {
            byRef = new HashMap<>(tasks.size() * 2);
            for (TaskEntry entry : tasks) {
                byRef.put(entry.ref(), entry);
            }
            entries = byRef;
        }
        return byRef.get(task);
    }

    /**
     * Takes in the next fact.
     *
     * @param written a fact of the run
     * @throws IllegalArgumentException if it cannot be understood
     */
    void apply(JournalEntry written) {
        try {
            take(written);
        } catch (InvalidInputException changed) { // no version writes what nobody could have passed in
            throw new IllegalArgumentException("holds what breaks a limit: " + changed.getMessage(), changed);
        }
    }

    private void take(JournalEntry written) {
        JournalRecord fact = written.record();
        Subject subject = fact.subject();
        if (subject == null) {
            ofRun(written);
            return;
        }
        TaskEntry entry = entry(subject.task());
        if (entry == null) {
            throw new IllegalArgumentException("the run has no task " + subject.task() + ": " + fact);
        }
        if (!atAnyTime(fact)) {
            moveTo(entry, subject.step());
        }
        entry.since = fact.at();
        LaneMember member = entry.memberOrNull();
        if (member != null) {
            member.changedAt = written.sequence();
        }
        switch (fact.kind()) {
            case INTENT -> intended(entry, subject, fact);
            case RESULT -> resulted(entry, fact);
            case STEP_OVER -> over(entry, fact);
            case CONTROL -> controlled(entry, fact);
            case WAIVER -> entry.member().waive(Records.waiver(fact));
            case POINT_OF_NO_RETURN -> entry.member().pastReturn = true;
            case UNDO -> {
                entry.member().leaveLane(false);
                entry.takeBack();
                next.put(entry, Next.ENTER);
            }
            case OUTCOME -> ended(entry, fact);
            case RELEASED -> released(entry);
            case ANSWERED, BUDGET_SPENT, WAVE, PARKED, TAKEN_OVER, ENDED ->
                throw new IllegalArgumentException("is not about a task: " + fact);
        }
    }

    private void ofRun(JournalEntry written) {
        JournalRecord fact = written.record();
        long sequence = written.sequence();
        switch (fact.kind()) {
            case CONTROL -> orders = orders.after(RunAction.valueOf(fact.code()), Records.orderedBy(fact), sequence);
            case PARKED -> {
                orders = orders.at(sequence);
                parked = fact;
            }
            case BUDGET_SPENT -> orders = orders.spent(Records.value(fact, "text"), sequence);
            case WAVE -> orders = orders.after(Records.WaveFact.valueOf(fact.code()), Records.wave(fact));
            case TAKEN_OVER -> parked = null;
            case ENDED -> end = written;
            case ANSWERED -> {}
            case INTENT, RESULT, OUTCOME, STEP_OVER, WAIVER, POINT_OF_NO_RETURN, UNDO, RELEASED ->
                throw new IllegalArgumentException("is about no task: " + fact);
        }
    }

    /** What needs no hold of a task: it may have gone on from the step at which that was decided. */
    private static boolean atAnyTime(JournalRecord fact) {
        return fact.kind() == JournalRecord.Kind.CONTROL
                && SwitchoverAction.valueOf(fact.code()).atAnyTime();
    }

    /** A task may have been taken back to the write stop (SW-1), or past the barrier, which leaves no fact of its own. */
    private void moveTo(TaskEntry entry, String step) {
        if (entry.row().name().equals(step)) {
            return;
        }
        List<StepSpec> rows = entry.rows();
        int to = 0;
        while (!rows.get(to).name().equals(step)) {
            to++;
            if (to == rows.size()) {
                throw new IllegalArgumentException(entry.ref() + " has no step " + step);
            }
        }
        LaneMember member = entry.member();
        if (rows.subList(0, to).stream().noneMatch(StepSpec::barrier)) {
            member.goBack();
        } else {
            member.skipBarrier();
        }
        entry.stand(to);
        next.put(entry, Next.ENTER);
    }

    private void intended(TaskEntry entry, Subject subject, JournalRecord fact) {
        entry.attempt = subject.attempt();
        entry.attempts++;
        entry.markCommanded();
        entry.claimed = true;
        entry.ambiguous = true;
        if (entry.startedAt == null) {
            entry.startedAt = fact.at();
        }
        next.put(entry, Next.SETTLE);
    }

    private void resulted(TaskEntry entry, JournalRecord fact) {
        entry.problem = Records.problem(fact);
        if (entry.freezeHeldBack(fact.code())) {
            entry.member().unfreeze();
        }
        entry.attempts -= Records.notSent(fact) ? 1 : 0;
        switch (Records.next(fact)) {
            case REPEAT, REPEAT_AMBIGUOUS -> {
                entry.ambiguous = Records.next(fact) == Records.Next.REPEAT_AMBIGUOUS;
                next.put(entry, Next.SET_OFF);
            }
            case OPERATOR, OPERATOR_UNKNOWN -> {
                entry.ambiguous = Records.next(fact) == Records.Next.OPERATOR_UNKNOWN;
                next.put(entry, Next.FAILED);
            }
            case GO_ON -> {}
        }
    }

    private void over(TaskEntry entry, JournalRecord fact) {
        if (entry.row().undoes()) {
            entry.member().markUndone(Objects.requireNonNull(entry.row().step()), fact.at(), Records.residue(fact));
            if (!entry.last()) {
                entry.advance();
                next.put(entry, Next.ENTER);
            }
            return;
        }
        entry.member().skipping = fact.code().equals("SKIPPED");
        entry.markOver(Objects.requireNonNull(entry.row().step()), fact.at());
        if (entry.row().barrier()) {
            next.put(entry, Next.HELD);
        } else if (!entry.last()) {
            entry.advance();
            next.put(entry, Next.ENTER);
        }
    }

    private void controlled(TaskEntry entry, JournalRecord fact) {
        LaneMember member = entry.member();
        SwitchoverAction action = SwitchoverAction.valueOf(fact.code());
        switch (action) {
            case CONFIRM, MARK, RETRY, SKIP -> {
                if (next(entry) == Next.FAILED) {
                    entry.round++;
                }
                entry.newRound();
                member.actor = new Actor(Records.value(fact, "actor"));
                member.setOffAt = fact.at();
                member.skipping = action == SwitchoverAction.SKIP;
                if (entry.row().step() == SwitchoverStep.CONFIRM_WRITES_STOPPED
                        && !entry.row().undoes()) {
                    member.freeze(fact.at());
                }
                next.put(entry, Next.SET_OFF);
            }
            case EJECT -> member.leaveLane(false);
            case ABORT -> member.aborting = true;
            case LEAVE, OPEN_TARGET -> {} // told by the fact that follows
        }
    }

    /** Another run may have commanded the task meanwhile, so it is claimed and looked at again before anything else. */
    private void released(TaskEntry entry) {
        entry.claimed = false;
        if (next(entry) == Next.SETTLE) {
            next.put(entry, Next.SET_OFF);
        }
    }

    private void ended(TaskEntry entry, JournalRecord fact) {
        if (entry.inSwitchover()) {
            entry.member().leaveLane(false);
        }
        entry.result = new TaskResult(
                entry.ref(),
                entry.name(),
                Records.outcome(fact, reasons.getOrDefault(entry.ref(), List.of())),
                entry.attempts,
                entry.startedAt,
                fact.at());
        next.put(entry, Next.ENDED);
    }
}
