package io.omsbatch.core.internal.run;

import io.omsbatch.api.operation.FailureBudget;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.operation.Waves;
import org.jspecify.annotations.Nullable;

/**
 * How many tasks of a run may be in flight now, from their intents until it is known what came of them, and whether its failure
 * budget is spent (RUN-7): a pure function of the policy and of what became of tasks so far. Immutable.
 *
 * @param inFlight how many tasks may be in flight, 0 or more; {@link #UNBOUND} if only calls are limited
 * @param spent whether the budget is spent, so that nothing new begins
 * @param waveSpent whether the budget of the wave is spent, so that nothing new begins either
 */
record Permits(int inFlight, boolean spent, boolean waveSpent) {

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

    /**
     * Returns what is allowed by the budget of the run, by that of its wave, and by the ramp.
     *
     * @param policy the policy of the run
     * @param tally what became of the tasks of the run
     * @param wave what became of those of the wave that began last, or null if its budget does not apply
     * @param limit how many calls may be in flight
     */
    static Permits of(RunPolicy policy, Tally tally, @Nullable Tally wave, int limit) {
        int permitted = left(policy.budget(), tally, limit);
        Waves waves = policy.waves();
        int ofWave = waves == null || wave == null ? UNBOUND : left(waves.budget(), wave, limit);
        boolean ramping = policy.ramp() && tally.succeeded + 1 < limit;
        int ramped = ramping ? tally.succeeded + 1 : UNBOUND;
        return new Permits(Math.min(Math.min(permitted, ofWave), ramped), permitted == 0, ofWave == 0);
    }

    /** Returns how many tasks may be in flight by a budget; 0 only if it is spent. */
    private static int left(@Nullable FailureBudget budget, Tally tally, int limit) {
        if (budget == null) {
            return UNBOUND;
        }
        int left = budget.allowed(tally.eligible) - tally.failed;
        if (left < 0) {
            return 0;
        }
        return budget.mode() == FailureBudget.Mode.STRICT ? left + 1 : limit;
    }
}
