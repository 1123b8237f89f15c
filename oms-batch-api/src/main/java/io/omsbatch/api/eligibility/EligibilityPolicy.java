package io.omsbatch.api.eligibility;

import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.task.MigrationTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Decides whether an operation may be applied to a task. A policy is pure (same task and operation, same verdict), total
 * (a verdict for every pair, never an exception or null) and thread-safe. A policy that throws or returns null all the same
 * makes only that task ineligible.
 *
 * <p>Hosts tighten the documented policy with {@link #and}, or replace it altogether. {@code EligibilityPolicyContract} of
 * the testkit proves a policy right.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface EligibilityPolicy {

    /**
     * Judges one task.
     *
     * @param task the task as it was read
     * @param operation the operation asked for
     * @return the verdict, with at least one reason if it is a refusal
     */
    Verdict judge(MigrationTask task, BatchOperation operation);

    /**
     * Returns a policy that allows only what both allow; its reasons are those of both.
     *
     * @param stricter the additional policy
     * @return the tightened policy
     */
    default EligibilityPolicy and(EligibilityPolicy stricter) {
        Objects.requireNonNull(stricter, "stricter");
        return (task, operation) -> {
            Verdict first = judge(task, operation);
            Verdict second = stricter.judge(task, operation);
            if (first.eligible()) {
                return second;
            }
            if (second.eligible()) {
                return first;
            }
            return Verdict.noLazily(() -> {
                List<Reason> both = new ArrayList<>(first.reasons());
                both.addAll(second.reasons());
                return both;
            });
        };
    }

    /** Returns the policy that OMS documents; {@link EligibilityMatrix} is its table. */
    static EligibilityPolicy documented() {
        return EligibilityMatrix.documented();
    }
}
