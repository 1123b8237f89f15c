package io.omsbatch.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.eligibility.DenialCode;
import io.omsbatch.api.eligibility.EligibilityPolicy;
import io.omsbatch.api.eligibility.Lane;
import io.omsbatch.api.eligibility.Reason;
import io.omsbatch.api.eligibility.Verdict;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.plan.PlanEntry;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.MigrationType.Part;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The planner")
class PlannerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Planner PLANNER =
            new Planner(EligibilityPolicy.documented(), Duration.ofMinutes(10), Set.of(), true);

    private static TaskRef ref(String id) {
        return new TaskRef("p", id);
    }

    private static MigrationTask task(String id, TaskStatus status) {
        return MigrationTask.builder(ref(id)).status(status).build();
    }

    private static MigrationTask switching(String id, SwitchoverStep step, Part... parts) {
        return MigrationTask.builder(ref(id))
                .status(TaskStatus.RUNNING)
                .type(MigrationType.of(parts))
                .stage(Stage.FORWARD_SWITCHOVER, StageProgress.State.RUNNING)
                .switchover(new SwitchoverProgress(step, SwitchoverProgress.State.WAITING))
                .build();
    }

    private static BatchRequest request(BatchOperation operation, String... ids) {
        return BatchRequest.of(
                "r1",
                new Actor("ann"),
                operation,
                Stream.of(ids).map(PlannerTest::ref).toList());
    }

    private static BatchPlan plan(Planner planner, BatchRequest request, Map<String, Seen> seen) {
        return planner.plan(request, ref -> seen.getOrDefault(ref.id(), Seen.absent()), NOW);
    }

    @Test
    @DisplayName("PLAN-2: gives every selected task exactly one entry, in request order")
    void entries() {
        BatchPlan plan = plan(
                PLANNER,
                request(BatchOperation.stop(), "running", "stopped", "denied", "lost", "running", "gone"),
                Map.of(
                        "running", Seen.task(task("running", TaskStatus.RUNNING)),
                        "stopped", Seen.task(task("stopped", TaskStatus.STOPPED)),
                        "denied", Seen.ofDenied(),
                        "lost", Seen.unreadable("the read failed")));
        assertThat(plan.entries())
                .containsExactly(
                        new PlanEntry.Eligible(task("running", TaskStatus.RUNNING)),
                        new PlanEntry.Ineligible(
                                ref("stopped"),
                                task("stopped", TaskStatus.STOPPED),
                                List.of(new Reason(
                                        DenialCode.WRONG_STATUS.name(),
                                        "task stopped is STOPPED; stop needs RUNNING"))),
                        new PlanEntry.Denied(ref("denied")),
                        new PlanEntry.Ineligible(
                                ref("lost"),
                                null,
                                List.of(new Reason(DenialCode.UNREADABLE.name(), "the read failed"))),
                        new PlanEntry.NotFound(ref("gone")));
        assertThat(plan.plannedAt()).isEqualTo(NOW);
        assertThat(plan.validUntil()).isEqualTo(NOW.plusSeconds(600));
        assertThat(plan.lanes()).isEmpty();
        assertThat(plan.warnings()).isEmpty();
    }

    @Test
    @DisplayName("SW-1: forms a lane per migration type and step, and admits nobody at the precheck")
    void lanes() {
        BatchPlan plan = plan(
                PLANNER,
                request(BatchOperation.forwardSwitchover(), "a", "b", "c", "d", "e"),
                Map.of(
                        "a", Seen.task(switching("a", SwitchoverStep.START_FORWARD_SWITCHOVER, Part.INCREMENTAL)),
                        "b", Seen.task(switching("b", SwitchoverStep.START_FORWARD_SWITCHOVER, Part.FULL)),
                        "c", Seen.task(switching("c", SwitchoverStep.START_FORWARD_SWITCHOVER, Part.INCREMENTAL)),
                        "d", Seen.task(switching("d", SwitchoverStep.SWITCHOVER_PRECHECK, Part.INCREMENTAL)),
                        "e", Seen.task(switching("e", SwitchoverStep.STOP_FORWARD_SYNC, Part.INCREMENTAL))));
        assertThat(plan.lanes())
                .extracting(Lane::tasks)
                .containsExactly(List.of(ref("a"), ref("c")), List.of(ref("b")), List.of(ref("e")));
        assertThat(plan.excluded())
                .singleElement()
                .isInstanceOfSatisfying(
                        PlanEntry.Ineligible.class,
                        out -> assertThat(out.reasons())
                                .extracting(Reason::code)
                                .containsExactly(DenialCode.AT_SWITCHOVER_PRECHECK.name()));
    }

    @Test
    @DisplayName("warns of a switchover under a volatile journal, and of nothing else")
    void warning() {
        Planner forgetful = new Planner(EligibilityPolicy.documented(), Duration.ofMinutes(10), Set.of(), false);
        Map<String, Seen> seen =
                Map.of("a", Seen.task(switching("a", SwitchoverStep.START_FORWARD_SWITCHOVER, Part.FULL)));
        BatchRequest switchover = request(BatchOperation.forwardSwitchover(), "a");
        assertThat(plan(forgetful, switchover, seen).warnings()).hasSize(1);
        assertThat(plan(forgetful, switchover, Map.of()).warnings()).isEmpty();
        assertThat(plan(forgetful, request(BatchOperation.stop(), "a"), seen).warnings())
                .isEmpty();
        assertThat(plan(PLANNER, switchover, seen).warnings()).isEmpty();
    }

    @Test
    @DisplayName("RUN-6: makes a task ineligible when the host's policy throws, returns null or gives no reason")
    void brokenPolicy() {
        List<EligibilityPolicy> broken = List.of(
                (task, operation) -> {
                    throw new IllegalStateException("secret");
                },
                (task, operation) -> {
                    throw new StackOverflowError();
                },
                (task, operation) -> null,
                (task, operation) -> Verdict.noLazily(List::of),
                (task, operation) -> Verdict.noLazily(() -> {
                    throw new AssertionError();
                }));
        for (EligibilityPolicy policy : broken) {
            EligibilityPolicy onlyForOne =
                    (task, operation) -> task.ref().id().equals("a") ? policy.judge(task, operation) : Verdict.yes();
            BatchPlan plan = plan(
                    new Planner(onlyForOne, Duration.ofMinutes(10), Set.of(), true),
                    request(BatchOperation.stop(), "a", "b"),
                    Map.of(
                            "a", Seen.task(task("a", TaskStatus.RUNNING)),
                            "b", Seen.task(task("b", TaskStatus.RUNNING))));
            assertThat(plan.eligible()).extracting(task -> task.ref().id()).containsExactly("b");
            assertThat(plan.excluded())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            PlanEntry.Ineligible.class,
                            out -> assertThat(out.reasons()).singleElement().satisfies(reason -> {
                                assertThat(reason.code()).isEqualTo(DenialCode.POLICY_FAILED.name());
                                assertThat(reason.text()).doesNotContain("secret");
                            }));
        }
    }

    @Test
    @DisplayName("SEC-3: refuses a validity that is not one, and operations of which one is missing")
    void checked() {
        EligibilityPolicy policy = EligibilityPolicy.documented();
        Set<OperationKind> missing = new HashSet<>();
        missing.add(null);
        assertThatThrownBy(() -> new Planner(policy, Duration.ofMinutes(10), missing, true))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Planner.fourEyes");
        assertThatThrownBy(() -> new Planner(policy, Duration.ZERO, Set.of(), true))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Planner.validity");
    }

    @Test
    @DisplayName("needs a policy")
    void noPolicy() {
        assertThatThrownBy(() -> new GuardedPolicy(null)).hasMessage("GuardedPolicy.policy");
    }
}
