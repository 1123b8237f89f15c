package io.omsbatch.core;

import static io.omsbatch.core.EngineHarness.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.PlanRefusedException;
import io.omsbatch.api.engine.PlanRefusedException.Why;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskOutcome;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.FaultScript;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SEC-1: An operation that needs four eyes")
class FourEyesTest {

    private static final Actor BEN = new Actor("ben");
    private static final Actor EVE = new Actor("eve");
    private static final Duration HOLDS = Duration.ofMinutes(5);

    private static EngineHarness world() {
        return new EngineHarness(
                PlatformSettings.of(1),
                FaultScript.none(),
                settings -> settings.withPlan(settings.plan()
                        .withFourEyes(Set.of(OperationKind.STOP, OperationKind.FORWARD_SWITCHOVER), HOLDS)));
    }

    private static void assertRefused(Why why, String text, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(PlanRefusedException.class)
                .hasMessageContaining(text)
                .extracting(refused -> ((PlanRefusedException) refused).why())
                .isEqualTo(why);
    }

    private static void assertNothingBegun(EngineHarness world) {
        assertThat(world.commands()).isEmpty();
        assertThat(world.engine().runs()).isEmpty();
    }

    @Test
    @DisplayName(
            "is not run without the approval of another person, says so in its plan, and other operations need none")
    void needed() {
        try (EngineHarness world = world()) {
            List<TaskRef> tasks = world.add(3, EngineHarness.running());
            BatchPlan plan = world.plan(BatchOperation.stop(), tasks);
            assertThat(plan.render()).contains("Warning: the plan needs the approval of another person");
            assertRefused(
                    Why.APPROVAL_NEEDED,
                    "a stop needs the approval of another person than ann, not older than PT5M; there is none",
                    () -> world.engine().run(plan.confirm(ANN, "window")));
            assertNothingBegun(world);
            world.engine().approve(plan.fingerprint(), BEN, "looked at it");
            BatchReport report = world.await(world.engine().run(plan.confirm(ANN, "window")));
            assertThat(report.count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(3);
            assertThat(report.approval().actor()).isEqualTo(BEN);
            assertThat(report.render()).contains("Approved by ben: looked at it");
            assertThat(world.engine()
                            .explain(report.runId(), tasks.get(0))
                            .orElseThrow()
                            .render())
                    .contains("ben had approved of it: looked at it");
            assertThat(world.run(BatchOperation.resume(), tasks).count(TaskOutcome.Kind.SUCCEEDED))
                    .isEqualTo(3);
        }
    }

    @Test
    @DisplayName("is not approved by who asked for it, nor by who confirms it, nor by who has no access")
    void anotherPerson() {
        try (EngineHarness world = world()) {
            List<TaskRef> tasks = world.add(3, EngineHarness.running());
            world.builder().access((actor, operation, task) -> !actor.equals(EVE) || !task.equals(tasks.get(1)));
            BatchPlan plan = world.plan(BatchOperation.stop(), tasks);
            BatchEngine engine = world.engine();
            assertRefused(
                    Why.NOT_APPROVED, "ann asked for the plan", () -> engine.approve(plan.fingerprint(), ANN, "x"));
            assertRefused(
                    Why.NOT_APPROVED,
                    "eve has no access to oms/t2 for a stop",
                    () -> engine.approve(plan.fingerprint(), EVE, "x"));
            engine.approve(plan.fingerprint(), BEN, "x");
            assertRefused(
                    Why.APPROVAL_NEEDED, "of another person than ben", () -> engine.run(plan.confirm(BEN, "window")));
            assertNothingBegun(world);
            assertThat(world.await(engine.run(plan.confirm(ANN, "window"))).count(TaskOutcome.Kind.SUCCEEDED))
                    .isEqualTo(3);
        }
    }

    @Test
    @DisplayName("is not run with an approval that is too old, and a new one holds")
    void expiry() {
        try (EngineHarness world = world()) {
            List<TaskRef> tasks = world.add(1, EngineHarness.running());
            BatchPlan plan = world.plan(BatchOperation.stop(), tasks);
            world.engine().approve(plan.fingerprint(), BEN, "x");
            world.environment.advance(HOLDS.plusSeconds(1));
            assertRefused(
                    Why.APPROVAL_NEEDED,
                    "there is only: approved by ben at",
                    () -> world.engine().run(plan.confirm(ANN, "window")));
            world.engine().approve(plan.fingerprint(), BEN, "still");
            world.environment.advance(HOLDS.minusSeconds(10));
            BatchRun run = world.engine().run(plan.confirm(ANN, "window"));
            assertThat(world.await(run).count(TaskOutcome.Kind.SUCCEEDED)).isEqualTo(1);
            BatchPlan old = world.plan(BatchOperation.resume(), tasks);
            world.environment.advance(Duration.ofMinutes(11));
            assertRefused(Why.EXPIRED, "plan again", () -> world.engine().approve(old.fingerprint(), BEN, "x"));
            assertRefused(
                    Why.NO_SUCH_PLAN,
                    "no plan has the fingerprint nonsense",
                    () -> world.engine().approve("nonsense", BEN, "x"));
        }
    }

    @Test
    @DisplayName("is not run once somebody rejected it, whoever approved of it, until that one thinks otherwise")
    void rejected() {
        try (EngineHarness world = world()) {
            BatchPlan plan = world.plan(BatchOperation.stop(), world.add(1, EngineHarness.running()));
            world.engine().approve(plan.fingerprint(), BEN, "x");
            world.engine().reject(plan.fingerprint(), EVE, "the backup\truns");
            assertRefused(
                    Why.NOT_APPROVED, "rejected by eve at", () -> world.engine().run(plan.confirm(ANN, "window")));
            assertRefused(
                    Why.NOT_APPROVED,
                    "the backup\\u{9}runs",
                    () -> world.engine().run(plan.confirm(ANN, "window")));
            assertNothingBegun(world);
            world.engine().approve(plan.fingerprint(), EVE, "backup is over");
            assertThat(world.await(world.engine().run(plan.confirm(ANN, "window")))
                            .approval()
                            .actor())
                    .isEqualTo(EVE);
        }
    }

    @Test
    @DisplayName("leads to the run that it led to, also when its approval has meanwhile expired (RUN-11)")
    void sameRun() {
        try (EngineHarness world = world()) {
            BatchPlan plan = world.plan(BatchOperation.stop(), world.add(1, EngineHarness.running()));
            world.engine().approve(plan.fingerprint(), BEN, "x");
            BatchRun run = world.engine().run(plan.confirm(ANN, "window"));
            world.await(run);
            world.environment.advance(HOLDS.plusSeconds(1));
            assertThat(world.engine().run(plan.confirm(ANN, "window")).id()).isEqualTo(run.id());
        }
    }
}
