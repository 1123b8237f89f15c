package io.omsbatch.testkit.fault;

import io.omsbatch.api.Limits;
import java.util.Objects;

/**
 * Lets some calls go wrong: those that match, but not the first {@code after} of them, and no more than {@code times}.
 * Immutable.
 *
 * @param calls which calls
 * @param after how many of them go right first, 0 or more
 * @param times how many of them then go wrong, at least 1; {@link #ALWAYS} for all
 * @param fault what goes wrong
 * @since 0.1.0
 */
public record FaultRule(CallPattern calls, int after, int times, Fault fault) {

    /** For a fault that never ends. */
    public static final int ALWAYS = Integer.MAX_VALUE;

    /** Checks the parts. */
    public FaultRule {
        Objects.requireNonNull(calls, "FaultRule.calls");
        Limits.range("FaultRule.after", after, 0, Integer.MAX_VALUE);
        Limits.range("FaultRule.times", times, 1, ALWAYS);
        Objects.requireNonNull(fault, "FaultRule.fault");
    }

    /** Returns the rule as a sentence. */
    @Override
    public String toString() {
        return fault + " at " + calls
                + (after == 0 ? "" : " after " + after)
                + (times == ALWAYS ? " always" : times == 1 ? " once" : " " + times + " times");
    }
}
