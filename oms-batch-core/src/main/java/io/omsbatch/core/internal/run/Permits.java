package io.omsbatch.core.internal.run;

import io.omsbatch.api.operation.FailureBudget;
import io.omsbatch.api.operation.RunPolicy;

/**
 * How many tasks of a run may be in flight now, from their intents until it is known what came of them, and whether its failure
 * budget is spent (RUN-7): a pure function of the policy and of what became of tasks so far. Immutable.
 *
 * @param inFlight how many tasks may be in flight, 0 or more; {@link #UNBOUND} if only calls are limited
 * @param spent whether the budget is spent, so that nothing new begins
 */
record Permits(int inFlight, boolean spent) {

    /** No bound but the one for calls, so that any number of tasks may be looked at until they settle. */
    static final int UNBOUND = Integer.MAX_VALUE;

    /**
     * What became of the tasks of a run so far.
     *
     * @param eligible how many were eligible when the plan was confirmed
     * @param failed how many failed, or are unknown, or await an operator after a failure
     * @param succeeded how many are in the wanted state
     */
    record Tally(int eligible, int failed, int succeeded) {}

    static Permits of(RunPolicy policy, Tally tally, int limit) {
        FailureBudget budget = policy.budget();
        int permitted = UNBOUND;
        if (budget != null) {
            int left = budget.allowed(tally.eligible) - tally.failed;
            if (left < 0) {
                return new Permits(0, true);
            }
            permitted = budget.mode() == FailureBudget.Mode.STRICT ? left + 1 : limit;
        }
        boolean ramping = policy.ramp() && tally.succeeded + 1 < limit;
        return new Permits(ramping ? Math.min(permitted, tally.succeeded + 1) : permitted, false);
    }
}
