package io.omsbatch.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.switchover.SyncLinks;
import io.omsbatch.api.task.AlertLevel;
import io.omsbatch.api.task.Lag;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverProgress.State;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.testkit.fault.CallPattern;
import io.omsbatch.testkit.fault.Fault;
import io.omsbatch.testkit.fault.FaultKind;
import io.omsbatch.testkit.fault.FaultRule;
import io.omsbatch.testkit.fault.FaultScript;
import io.omsbatch.testkit.history.CallKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The faults of the simulated platform")
class FakeFaultsTest {

    private static final BatchOperation WISH = BatchOperation.modifyAlertLevel(AlertLevel.HIGH);

    private static Desk deskWith(FaultKind kind) {
        Desk desk = Desk.failing(FaultScript.none().once(CallPattern.of(CallKind.COMMAND), Fault.of(kind)));
        desk.platform.add(Desk.task(TaskStatus.RUNNING));
        return desk;
    }

    private static String outcomeOf(Desk desk) {
        List<String> outcome = new ArrayList<>();
        Thread[] caller = new Thread[1];
        desk.environment.executor().execute(() -> {
            caller[0] = Thread.currentThread();
            outcome.add("still under way");
            Throwable thrown = catchThrowable(() -> outcome.set(0, String.valueOf(desk.order(WISH))));
            if (thrown instanceof GatewayException failure) {
                outcome.set(0, failure.kind().name());
            } else if (thrown != null) {
                outcome.set(0, thrown.getClass().getSimpleName());
            }
            outcome.add(" at " + desk.environment.elapsed().toSeconds() + " s");
        });
        desk.environment.schedule(Duration.ofSeconds(15), () -> caller[0].interrupt());
        desk.pass(Duration.ofMinutes(10));
        return String.join("", outcome) + ", level " + desk.read().alertLevel();
    }

    @Test
    @DisplayName("end a command as their kind says, with or without its effect, also when it is interrupted after 15 s")
    void commands() {
        record Expected(FaultKind kind, String outcome) {}
        List<Expected> table = List.of(
                new Expected(FaultKind.REJECT, "REJECTED at 0 s, level NO_PROTECTION"),
                new Expected(FaultKind.TRANSIENT, "TRANSIENT at 0 s, level NO_PROTECTION"),
                new Expected(FaultKind.AMBIGUOUS_BEFORE_EFFECT, "AMBIGUOUS at 0 s, level NO_PROTECTION"),
                new Expected(FaultKind.AMBIGUOUS_AFTER_EFFECT, "AMBIGUOUS at 0 s, level HIGH"),
                new Expected(FaultKind.AMBIGUOUS_EFFECT_LATER, "AMBIGUOUS at 0 s, level HIGH"),
                new Expected(FaultKind.BLOCK_BEFORE_EFFECT, "AMBIGUOUS at 15 s, level NO_PROTECTION"),
                new Expected(FaultKind.BLOCK_AFTER_EFFECT, "AMBIGUOUS at 15 s, level HIGH"),
                new Expected(FaultKind.LATE_WITHOUT_EFFECT, "AMBIGUOUS at 60 s, level NO_PROTECTION"),
                new Expected(FaultKind.LATE_AFTER_EFFECT, "AMBIGUOUS at 60 s, level HIGH"),
                new Expected(FaultKind.LATE_WITH_EFFECT, "AMBIGUOUS at 60 s, level HIGH"),
                new Expected(FaultKind.NEVER_RETURN_BEFORE_EFFECT, "still under way, level NO_PROTECTION"),
                new Expected(FaultKind.NEVER_RETURN_AFTER_EFFECT, "still under way, level HIGH"),
                new Expected(FaultKind.THROW_BEFORE_EFFECT, "IllegalStateException at 0 s, level NO_PROTECTION"),
                new Expected(FaultKind.THROW_AFTER_EFFECT, "IllegalStateException at 0 s, level HIGH"),
                new Expected(FaultKind.THROW_ERROR, "StackOverflowError at 0 s, level NO_PROTECTION"),
                new Expected(FaultKind.RETURN_NULL, "null at 0 s, level HIGH"),
                new Expected(FaultKind.LIE_EFFECT_LATER, "Done[] at 0 s, level HIGH"),
                new Expected(FaultKind.LIE_NO_EFFECT, "Done[] at 0 s, level NO_PROTECTION"),
                new Expected(FaultKind.NEVER_SETTLES, "Accepted[] at 0 s, level NO_PROTECTION"),
                new Expected(FaultKind.SLOW, "AMBIGUOUS at 15 s, level NO_PROTECTION"));
        EnumSet<FaultKind> untested = EnumSet.copyOf(FaultKind.of(CallKind.COMMAND));
        for (Expected expected : table) {
            try (Desk desk = deskWith(expected.kind())) {
                assertThat(outcomeOf(desk)).as("%s", expected.kind()).isEqualTo(expected.outcome());
                assertThat(desk.platform.faultsPlayed()).containsEntry(expected.kind(), 1);
                assertThat(desk.platform.touched()).containsExactly(Desk.TASK);
                untested.remove(expected.kind());
            }
        }
        assertThat(untested)
                .containsExactlyInAnyOrder(
                        FaultKind.REFUSE,
                        FaultKind.REFUSE_RETRYABLE,
                        FaultKind.CHANGED_BEHIND,
                        FaultKind.DELETED_BEHIND);
    }

    @Test
    @DisplayName("refuse a command, with or without the advice to try again, and then let it pass")
    void refusals() {
        for (FaultKind kind : List.of(FaultKind.REFUSE, FaultKind.REFUSE_RETRYABLE)) {
            try (Desk desk = deskWith(kind)) {
                assertThat(desk.order(WISH))
                        .isInstanceOfSatisfying(
                                GatewayReply.Refused.class,
                                refused -> assertThat(refused.problem().retryable())
                                        .isEqualTo(kind == FaultKind.REFUSE_RETRYABLE));
                assertThat(desk.read().alertLevel()).isEqualTo(AlertLevel.NO_PROTECTION);
                assertThat(desk.order(WISH)).isEqualTo(GatewayReply.done());
            }
        }
    }

    @Test
    @DisplayName("change or remove a task behind the caller's back")
    void behind() {
        try (Desk changed = deskWith(FaultKind.CHANGED_BEHIND);
                Desk deleted = deskWith(FaultKind.DELETED_BEHIND)) {
            assertThat(changed.order(WISH)).isEqualTo(GatewayReply.done());
            assertThat(changed.read().status()).isEqualTo(TaskStatus.STOPPED);
            assertThat(deleted.order(WISH)).isInstanceOf(GatewayReply.Refused.class);
            assertThat(deleted.read()).isNull();
        }
    }

    @Test
    @DisplayName("spoil what a read shows, once")
    void reads() {
        record Case(FaultKind kind, java.util.function.Consumer<MigrationTask> wanted) {}
        List<Case> cases = List.of(
                new Case(FaultKind.OMIT_TASK, task -> assertThat(task).isNull()),
                new Case(FaultKind.OTHER_TASK, task -> assertThat(task).isNull()),
                new Case(
                        FaultKind.UNKNOWN_STATUS,
                        task -> assertThat(task.status()).isEqualTo(TaskStatus.UNRECOGNIZED)),
                new Case(FaultKind.POISON_NAME, task -> assertThat(task.name()).contains("\u001b[2J", "\r\n")));
        for (Case each : cases) {
            Desk desk = Desk.failing(FaultScript.none().once(CallPattern.of(CallKind.READ), Fault.of(each.kind())));
            try (desk) {
                desk.platform.add(Desk.task(TaskStatus.RUNNING));
                each.wanted().accept(desk.read());
                assertThat(desk.read().status()).isEqualTo(TaskStatus.RUNNING);
                assertThat(desk.platform.history())
                        .doesNotContain("\u001b")
                        .contains(each.kind().name());
            }
        }
    }

    @Test
    @DisplayName("spoil what an observation shows, once")
    void observations() {
        for (FaultKind kind : FaultKind.of(CallKind.OBSERVE)) {
            if (FaultKind.of(CallKind.COMMAND).contains(kind)) {
                continue;
            }
            try (Desk desk = Desk.failing(new FaultScript(
                    List.of(new FaultRule(CallPattern.of(CallKind.OBSERVE), 1, 1, Fault.of(kind))),
                    FaultScript.none().chance()))) {
                desk.platform.add(Desk.entered(MigrationType.complete()));
                for (SwitchoverStep step :
                        MigrationType.complete().switchoverSteps().subList(0, 4)) {
                    desk.step(step);
                    desk.pass(Duration.ofSeconds(20));
                }
                assertThat(desk.observe())
                        .isEqualTo(desk.platform.switchover(Desk.TASK).orElseThrow());
                assertThat(desk.observe())
                        .as("spoilt by %s", kind)
                        .isNotEqualTo(desk.platform.switchover(Desk.TASK).orElseThrow());
                assertThat(desk.observe())
                        .isEqualTo(desk.platform.switchover(Desk.TASK).orElseThrow());
            }
        }
    }

    @Test
    @DisplayName("fail a switchover step, which can be tried again")
    void steps() {
        try (Desk desk = Desk.failing(FaultScript.none()
                .once(CallPattern.of(SwitchoverStep.SWITCHOVER_PRECHECK), Fault.of(FaultKind.STEP_FAILS)))) {
            desk.platform.add(Desk.entered(MigrationType.complete()));
            desk.step(SwitchoverStep.START_FORWARD_SWITCHOVER);
            desk.step(SwitchoverStep.SWITCHOVER_PRECHECK);
            desk.pass(Duration.ofSeconds(5));
            assertThat(desk.observe().progress().state()).isEqualTo(State.FAILED);
            assertThat(desk.observe().blocking()).isNotEmpty();
            desk.step(SwitchoverStep.SWITCHOVER_PRECHECK);
            desk.pass(Duration.ofSeconds(5));
            assertThat(desk.observe().progress().isOver(SwitchoverStep.SWITCHOVER_PRECHECK))
                    .isTrue();
        }
    }

    @Test
    @DisplayName("come by chance at the given rate, and stop after the given number")
    void chance() {
        FaultScript script = FaultScript.none().byChance(0.5, 10, List.of(Fault.of(FaultKind.TRANSIENT)));
        try (Desk desk = Desk.failing(script)) {
            desk.platform.add(Desk.task(TaskStatus.RUNNING));
            int failed = 0;
            for (int i = 0; i < 100; i++) {
                if (catchThrowable(desk::read) != null) {
                    failed++;
                    assertThat(i).as("the calls until the tenth fault").isLessThan(60);
                }
            }
            assertThat(failed).isEqualTo(10);
        }
    }

    @Test
    @DisplayName("show links and lag as unknown or skewed, never as well")
    void links() {
        try (Desk desk = Desk.failing(FaultScript.none()
                .once(CallPattern.of(CallKind.OBSERVE), Fault.of(FaultKind.LINKS_UNKNOWN))
                .once(CallPattern.of(CallKind.OBSERVE), Fault.of(FaultKind.LAG_SKEWED)))) {
            desk.platform.add(Desk.entered(MigrationType.complete()));
            assertThat(desk.observe().links()).isEqualTo(SyncLinks.unknown());
            assertThat(desk.platform
                            .observe(Set.of(Desk.TASK))
                            .get(Desk.TASK)
                            .sync()
                            .lag())
                    .isNotInstanceOf(Lag.Skewed.class);
        }
        try (Desk desk = Desk.failing(
                FaultScript.none().once(CallPattern.of(CallKind.OBSERVE), Fault.of(FaultKind.LAG_SKEWED)))) {
            desk.platform.add(Desk.entered(MigrationType.complete()));
            assertThat(desk.observe().sync().lag()).isInstanceOf(Lag.Skewed.class);
        }
    }
}
