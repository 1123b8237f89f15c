package io.omsbatch.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.fail;

import io.omsbatch.api.eligibility.EligibilityPolicy;
import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.eligibility.Verdict;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskStatus;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every {@code EligibilityPolicy} keeps, over some 400 000 pairs of task and operation. A host extends it in its own
 * tests and returns its policy.
 *
 * @since 0.1.0
 */
@DisplayName("The eligibility policy")
public abstract class EligibilityPolicyContract {

    private static final int THREADS = 4;

    /** For subclasses. */
    protected EligibilityPolicyContract() {}

    /**
     * Returns the policy under test.
     *
     * @return the policy
     */
    protected abstract EligibilityPolicy policy();

    @Test
    @DisplayName("PLAN-2: gives a verdict for every pair of task and operation, never null or an exception")
    void total() {
        EligibilityPolicy policy = policy();
        PolicyCases.each((task, operation) -> {
            try {
                assertNotNull(
                        policy.judge(task, operation),
                        () -> "the verdict is null for " + said(task, operation) + ". Look at: every path of judge");
            } catch (RuntimeException thrown) {
                fail(
                        "judge threw " + thrown + " for " + said(task, operation)
                                + ". Look at: what it expects of the task; parts may be missing or unrecognized",
                        thrown);
            }
        });
    }

    @Test
    @DisplayName("PLAN-2: gives every refusal at least one reason, with a code and a sentence")
    void reasons() {
        EligibilityPolicy policy = policy();
        PolicyCases.each((task, operation) -> {
            Verdict verdict = policy.judge(task, operation);
            if (verdict != null && !verdict.eligible()) {
                List<Reason> reasons = reasonsOf(verdict, task, operation);
                assertFalse(reasons.isEmpty(), () -> "no reason is given for refusing " + said(task, operation));
                for (Reason reason : reasons) {
                    assertFalse(
                            reason.text().isBlank(),
                            () -> "the reason " + reason.code() + " for refusing " + said(task, operation)
                                    + " has no sentence. Look at: where it is made; say the actual values");
                }
            }
        });
    }

    @Test
    @DisplayName("is pure: gives the same verdict for the same pair")
    void pure() {
        EligibilityPolicy policy = policy();
        PolicyCases.each((task, operation) -> {
            Verdict first = policy.judge(task, operation);
            Verdict second = policy.judge(task.toBuilder().build(), operation);
            assertEquals(
                    first.eligible(),
                    second.eligible(),
                    () -> "two verdicts differ for " + said(task, operation)
                            + ". Look at: what judge depends on beside the task and the operation");
        });
    }

    @Test
    @DisplayName("allows nothing to a task whose status is not recognized")
    void unrecognized() {
        EligibilityPolicy policy = policy();
        PolicyCases.each((task, operation) -> {
            if (task.status() == TaskStatus.UNRECOGNIZED) {
                assertFalse(
                        policy.judge(task, operation).eligible(),
                        () -> said(task, operation)
                                + " is allowed. Look at: how judge treats a status it does not know");
            }
        });
    }

    @Test
    @DisplayName("allows, joined with the documented policy, only what both allow")
    void tightens() {
        EligibilityPolicy policy = policy();
        EligibilityPolicy documented = EligibilityPolicy.documented();
        EligibilityPolicy joined = documented.and(policy);
        EligibilityPolicy reversed = policy.and(documented);
        PolicyCases.each((task, operation) -> {
            boolean both = policy.judge(task, operation).eligible()
                    && documented.judge(task, operation).eligible();
            assertEquals(both, joined.judge(task, operation).eligible(), () -> widened(task, operation));
            assertEquals(both, reversed.judge(task, operation).eligible(), () -> widened(task, operation));
        });
    }

    @Test
    @DisplayName("gives many threads the same verdicts as one")
    void threads() {
        EligibilityPolicy policy = policy();
        int expected = allowed(policy);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<CompletableFuture<Integer>> counts = IntStream.range(0, THREADS)
                    .mapToObj(thread -> CompletableFuture.supplyAsync(() -> allowed(policy), threads))
                    .toList();
            counts.forEach(count -> assertEquals(
                    expected, count.join(), "several threads got other verdicts. Look at: state that judge keeps"));
        } finally {
            threads.shutdownNow();
        }
    }

    private static int allowed(EligibilityPolicy policy) {
        int[] allowed = {0};
        PolicyCases.each((task, operation) -> {
            if (policy.judge(task, operation).eligible()) {
                allowed[0]++;
            }
        });
        return allowed[0];
    }

    private static List<Reason> reasonsOf(Verdict verdict, MigrationTask task, BatchOperation operation) {
        try {
            return verdict.reasons();
        } catch (RuntimeException thrown) {
            return fail(
                    "the reasons for refusing " + said(task, operation) + " could not be written: " + thrown, thrown);
        }
    }

    private static String widened(MigrationTask task, BatchOperation operation) {
        return "joining two policies changed the verdict for " + said(task, operation)
                + ". Look at: an override of and(); it must allow only what both allow";
    }

    private static String said(MigrationTask task, BatchOperation operation) {
        return operation.kind().title() + " of " + task + " (" + task.type() + ")";
    }
}
