package io.omsbatch.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.access.AccessPolicy;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.task.TaskRef;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The contract of access policies")
class AccessPolicyContractTest {

    private static final Actor ANN = new Actor("ann");
    private static final Actor BEN = new Actor("ben");
    private static final TaskRef TASK = new TaskRef("oms", "orders");
    private static final Map<String, Set<OperationKind>> ROLES =
            Map.of("ann", Set.of(OperationKind.values()), "ben", Set.of(OperationKind.STOP));

    /** Persons may do what their roles say, and others nothing. */
    private static final AccessPolicy BY_ROLE = (actor, operation, task) ->
            ROLES.getOrDefault(actor.name(), Set.of()).contains(operation.kind());

    private static AccessPolicy policy = BY_ROLE;
    private static boolean deniesSomething = true;

    /** Runs only where a test of this class asks for it. */
    static final class UnderTest extends AccessPolicyContract {
        @Override
        protected AccessPolicy policy() {
            return policy;
        }

        @Override
        protected Question allowed() {
            return new Question(ANN, BatchOperation.delete(), TASK);
        }

        @Override
        protected Optional<Question> denied() {
            return deniesSomething ? Optional.of(new Question(BEN, BatchOperation.delete(), TASK)) : Optional.empty();
        }

        @Override
        protected Duration answersWithin() {
            return Duration.ofMillis(500);
        }
    }

    private static ContractRun run(AccessPolicy under) {
        policy = under;
        deniesSomething = true;
        return ContractRun.of(UnderTest.class);
    }

    private static void finds(AccessPolicy broken, String message, String... tests) {
        ContractRun run = run(broken);
        assertThat(run.failed()).containsOnlyKeys(tests);
        assertThat(run.failed().get(tests[0])).contains(message);
    }

    @Test
    @DisplayName("is kept by a policy of roles, and by one that allows everything, of which denials are not asked")
    void kept() {
        ContractRun byRole = run(BY_ROLE);
        assertThat(byRole.failed()).isEmpty();
        assertThat(byRole.passed()).isEqualTo(5);
        policy = AccessPolicy.allowAll();
        deniesSomething = false;
        ContractRun open = ContractRun.of(UnderTest.class);
        assertThat(open.failed()).isEmpty();
        assertThat(open.skipped()).containsOnlyKeys("denies", "unknownActor");
    }

    @Test
    @DisplayName("finds a policy that denies what it should allow")
    void deniesAll() {
        finds((actor, operation, task) -> false, "was denied", "allows");
    }

    @Test
    @DisplayName("finds a policy that allows what it should deny")
    void ignoresTheOperation() {
        finds((actor, operation, task) -> ROLES.containsKey(actor.name()), "was allowed", "denies");
    }

    @Test
    @DisplayName("finds a policy that lets strangers do what it denies to those that it knows")
    void openToStrangers() {
        finds(
                (actor, operation, task) -> ROLES.getOrDefault(actor.name(), Set.of(OperationKind.values()))
                        .contains(operation.kind()),
                "in no list",
                "unknownActor");
    }

    @Test
    @DisplayName("finds a policy that throws for whom it does not know")
    void throwsForStrangers() {
        finds(
                (actor, operation, task) -> ROLES.get(actor.name()).contains(operation.kind()),
                "NullPointerException",
                "total",
                "unknownActor");
    }

    @Test
    @DisplayName("finds a policy whose answer depends on how often it was asked")
    void forgets() {
        AtomicInteger asked = new AtomicInteger();
        finds(
                (actor, operation, task) -> BY_ROLE.allows(actor, operation, task) && asked.incrementAndGet() % 97 != 0,
                "changed",
                "threads");
    }

    @Test
    @DisplayName("finds a policy that does not answer")
    void hangs() {
        CountDownLatch never = new CountDownLatch(1);
        finds(
                (actor, operation, task) -> {
                    if (operation.kind() == OperationKind.SWITCH_BACK) {
                        try {
                            never.await();
                        } catch (InterruptedException ended) {
                            return false;
                        }
                    }
                    return BY_ROLE.allows(actor, operation, task);
                },
                "did not come within 500 ms",
                "total");
    }
}
