package io.omsbatch.api.operation;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a run is paced, and when it stops by itself. Belongs to the request, so that the operator who confirms the plan sees it. Immutable;
 * begin with {@link #none()}, which as in OMS lets each task stand alone.
 *
 * @param budget how many tasks may fail before nothing new begins, or null for any number
 * @param ramp whether the run begins with one task and lets in one more for each that succeeds, so 1, 2, 4, 8, ..., up to the
 *     limit of the engine
 * @since 0.1.0
 */
public record RunPolicy(@Nullable FailureBudget budget, boolean ramp) {

    private static final RunPolicy NONE = new RunPolicy(null, false);

    /** Returns the policy without a budget and without a ramp. */
    public static RunPolicy none() {
        return NONE;
    }

    /**
     * Returns this policy with a budget.
     *
     * @param value how many tasks may fail
     * @return the changed policy
     */
    public RunPolicy withBudget(FailureBudget value) {
        return new RunPolicy(Objects.requireNonNull(value, "RunPolicy.budget"), ramp);
    }

    /** Returns this policy with a ramp. */
    public RunPolicy withRamp() {
        return new RunPolicy(budget, true);
    }

    /** Returns budget and ramp as an operator reads them; empty if there is neither. */
    @Override
    public String toString() {
        String text = budget == null ? "" : "failure budget " + budget;
        return ramp ? text + (text.isEmpty() ? "" : ", ") + "ramp" : text;
    }
}
