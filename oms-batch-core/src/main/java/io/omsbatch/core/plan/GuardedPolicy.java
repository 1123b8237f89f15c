package io.omsbatch.core.plan;

import io.omsbatch.api.eligibility.DenialCode;
import io.omsbatch.api.eligibility.EligibilityMatrix;
import io.omsbatch.api.eligibility.EligibilityPolicy;
import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.eligibility.Verdict;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.task.MigrationTask;
import java.util.Objects;

/**
 * A host's policy that can harm only the task it judges: where it throws, or gives no verdict or no reason, the task is
 * ineligible.
 *
 * @param policy the host's policy
 * @since 0.1.0
 */
public record GuardedPolicy(EligibilityPolicy policy) implements EligibilityPolicy {

    /** Checks that there is a policy. */
    public GuardedPolicy {
        Objects.requireNonNull(policy, "GuardedPolicy.policy");
    }

    @Override
    public Verdict judge(MigrationTask task, BatchOperation operation) {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(operation, "operation");
        try {
            Verdict verdict = policy.judge(task, operation);
            if (verdict == null) {
                return failed(task, "returned null");
            }
            if (!verdict.eligible() && !(policy instanceof EligibilityMatrix)) {
                verdict.reasons(); // the matrix can write its reasons whenever somebody asks, a host's policy may fail
                // then
            }
            return verdict;
        } catch (Throwable thrown) { // a policy of another language may throw checked exceptions, too
            return failed(task, "threw " + thrown.getClass().getName());
        }
    }

    private static Verdict failed(MigrationTask task, String how) {
        return Verdict.no(new Reason(
                DenialCode.POLICY_FAILED.name(),
                "the eligibility policy " + how + " for task " + task.ref().id()));
    }
}
