package io.omsbatch.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.eligibility.EligibilityPolicy;
import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.eligibility.Verdict;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskStatus;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The contract of eligibility policies")
class EligibilityPolicyContractTest {

    private static final EligibilityPolicy DOCUMENTED = EligibilityPolicy.documented();
    private static EligibilityPolicy policy = DOCUMENTED;

    /** Runs only where a test of this class asks for it. */
    static final class UnderTest extends EligibilityPolicyContract {
        @Override
        protected EligibilityPolicy policy() {
            return policy;
        }
    }

    private static ContractRun run(EligibilityPolicy under) {
        policy = under;
        return ContractRun.of(UnderTest.class);
    }

    @Test
    @DisplayName("is kept by the documented policy, and by one that tightens it")
    void kept() {
        EligibilityPolicy stricter =
                (task, operation) -> task.tags().contains("frozen") || operation.kind() == OperationKind.DELETE
                        ? Verdict.no(new Reason("FROZEN", "task " + task.ref().id() + " may not be touched"))
                        : Verdict.yes();
        for (EligibilityPolicy right : List.of(DOCUMENTED, DOCUMENTED.and(stricter))) {
            ContractRun run = run(right);
            assertThat(run.failed()).isEmpty();
            assertThat(run.passed()).isEqualTo(6);
        }
    }

    private static void finds(EligibilityPolicy broken, String message, String... tests) {
        ContractRun run = run(broken);
        assertThat(run.failed()).containsOnlyKeys(tests);
        assertThat(run.failed().get(tests[0])).contains(message);
    }

    private static boolean deletesRunning(MigrationTask task, BatchOperation operation) {
        return task.status() == TaskStatus.RUNNING && operation.kind() == OperationKind.DELETE;
    }

    @Test
    @DisplayName("finds a policy that gives no verdict")
    void givesNull() {
        ContractRun run =
                run((task, operation) -> deletesRunning(task, operation) ? null : DOCUMENTED.judge(task, operation));
        assertThat(run.failed()).containsKey("total");
        assertThat(run.failed().get("total")).contains("the verdict is null for delete of any/task");
    }

    @Test
    @DisplayName("finds a policy that throws")
    void throwsSometimes() {
        ContractRun run = run((task, operation) -> {
            if (deletesRunning(task, operation)) {
                throw new IllegalArgumentException("cannot be");
            }
            return DOCUMENTED.judge(task, operation);
        });
        assertThat(run.failed()).containsKey("total");
        assertThat(run.failed().get("total")).contains("judge threw java.lang.IllegalArgumentException: cannot be");
    }

    @Test
    @DisplayName("finds a refusal whose reasons are missing")
    void noReasons() {
        finds(
                (task, operation) -> deletesRunning(task, operation)
                        ? Verdict.noLazily(List::of)
                        : DOCUMENTED.judge(task, operation),
                "the reasons for refusing delete of any/task",
                "reasons");
    }

    @Test
    @DisplayName("finds a refusal whose reason says nothing")
    void blankReason() {
        finds(
                (task, operation) -> deletesRunning(task, operation)
                        ? Verdict.no(new Reason("NO", " "))
                        : DOCUMENTED.judge(task, operation),
                "has no sentence",
                "reasons");
    }

    @Test
    @DisplayName("finds a policy that changes its mind")
    void impure() {
        int[] asked = {0};
        ContractRun run = run((task, operation) -> deletesRunning(task, operation) && ++asked[0] % 3 == 0
                ? Verdict.yes()
                : DOCUMENTED.judge(task, operation));
        assertThat(run.failed()).containsKey("pure");
        assertThat(run.failed().get("pure")).contains("two verdicts differ for delete of any/task");
    }

    @Test
    @DisplayName("finds a policy that allows something to an unrecognized status")
    void allowsUnrecognized() {
        finds(
                (task, operation) ->
                        task.status() == TaskStatus.UNRECOGNIZED ? Verdict.yes() : DOCUMENTED.judge(task, operation),
                "is allowed. Look at: how judge treats a status it does not know",
                "unrecognized");
    }

    @Test
    @DisplayName("finds a policy that widens another when it is joined with it")
    void widens() {
        finds(
                new EligibilityPolicy() {
                    @Override
                    public Verdict judge(MigrationTask task, BatchOperation operation) {
                        return DOCUMENTED.judge(task, operation);
                    }

                    @Override
                    public EligibilityPolicy and(EligibilityPolicy other) {
                        return (task, operation) -> Verdict.yes();
                    }
                },
                "it must allow only what both allow",
                "tightens");
    }

    @Test
    @DisplayName("finds a policy that depends on the thread that asks")
    void dependsOnThread() {
        Thread first = Thread.currentThread();
        finds(
                (task, operation) -> Thread.currentThread() == first
                        ? DOCUMENTED.judge(task, operation)
                        : Verdict.no(new Reason("THREAD", "not here")),
                "several threads got other verdicts",
                "threads");
    }
}
