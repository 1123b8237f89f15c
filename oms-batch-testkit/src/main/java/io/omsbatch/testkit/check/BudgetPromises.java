package io.omsbatch.testkit.check;

import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalRecord.Kind;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.operation.FailureBudget;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.history.RecordedEntry;
import java.util.HashSet;
import java.util.Set;

/** Whether a run kept to its failure budget and its ramp, judged by the order of its facts. */
final class BudgetPromises {

    private final RunHistory history;
    private final Set<TaskRef> inFlight = new HashSet<>();
    private final Set<TaskRef> failed = new HashSet<>();
    private int succeeded;
    private boolean spent;

    private BudgetPromises(RunHistory history) {
        this.history = history;
    }

    static void run7(RunHistory history) {
        BudgetPromises promises = new BudgetPromises(history);
        for (RecordedEntry entry : history.facts().toList()) {
            promises.take(RunHistory.record(entry));
        }
        history.results()
                .forEach(result -> Breach.unless(
                        promises.spent || !result.outcome().text().contains("BUDGET_SPENT"),
                        "RUN-7",
                        history,
                        () -> result.ref() + " was left out for a budget that was not spent"));
    }

    private void take(JournalRecord fact) {
        Subject subject = fact.subject();
        if (subject == null) {
            spent |= fact.kind() == Kind.BUDGET_SPENT;
            return;
        }
        TaskRef task = subject.task();
        switch (fact.kind()) {
            case INTENT -> {
                failed.remove(task);
                inFlight.add(task);
                judge();
            }
            case RESULT -> {
                boolean operator = fact.detail().getOrDefault("next", "").startsWith("OPERATOR");
                if (inFlight.remove(task) && operator) {
                    failed.add(task);
                }
            }
            case STEP_OVER -> inFlight.remove(task);
            case OUTCOME -> ended(task, fact.code());
            default -> {}
        }
    }

    private void ended(TaskRef task, String outcome) {
        boolean begun = inFlight.remove(task) || failed.contains(task);
        failed.remove(task);
        if (outcome.equals(TaskOutcome.Kind.FAILED.name()) || outcome.equals(TaskOutcome.Kind.UNKNOWN.name())) {
            if (begun) {
                failed.add(task);
            }
        } else if (outcome.equals(TaskOutcome.Kind.SUCCEEDED.name())
                || outcome.equals(TaskOutcome.Kind.ALREADY_DONE.name())) {
            succeeded++;
        }
    }

    /** What goes on after the budget was spent an operator let go on. */
    private void judge() {
        RunPolicy policy = history.plan().request().policy();
        FailureBudget budget = policy.budget();
        int limit = history.bounds().concurrency();
        if (budget != null && !spent) {
            boolean strict = budget.mode() == FailureBudget.Mode.STRICT && !switchover();
            int most = budget.allowed(history.plan().eligible().size()) + (strict ? 1 : limit);
            Breach.unless(
                    failed.size() + inFlight.size() <= most,
                    "RUN-7",
                    history,
                    () -> inFlight.size() + " tasks were in flight after " + failed.size()
                            + " failures with a budget of " + budget);
        }
        if (policy.ramp() && succeeded + 1 < limit) {
            Breach.unless(
                    inFlight.size() <= succeeded + 1,
                    "RUN-7",
                    history,
                    () -> inFlight.size() + " tasks were in flight on a ramp after " + succeeded + " successes");
        }
    }

    /** A task of a switchover may fail without a command, while others are on their way. */
    private boolean switchover() {
        return history.operation().kind().isSwitchover();
    }
}
