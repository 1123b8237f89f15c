package io.omsbatch.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.StepCommand.Action;
import io.omsbatch.api.switchover.PrecheckItem;
import io.omsbatch.api.switchover.StopPoint;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.switchover.SyncLinks;
import io.omsbatch.api.task.Lag;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverProgress.State;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.testkit.fault.FaultScript;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The switchover of the simulated platform")
class FakeSwitchoverTest {

    private static final Duration SETTLED = Duration.ofSeconds(30);
    private static final MigrationType COMPLETE = MigrationType.complete();

    private static void walk(Desk desk, MigrationType type, SwitchoverStep upTo) {
        for (SwitchoverStep step : type.switchoverSteps()) {
            if (step.compareTo(upTo) < 0) {
                assertThat(desk.step(step)).as("%s of %s", step, type).isNotInstanceOf(GatewayReply.Refused.class);
                desk.pass(SETTLED);
                assertThat(desk.observe().progress().isOver(step))
                        .as("%s of %s is over", step, type)
                        .isTrue();
            }
        }
    }

    @Test
    @DisplayName("SW-1: goes through the steps of every type, whether or not the pointer moves on by itself")
    void allTypes() {
        for (MigrationType type : MigrationType.all()) {
            Set<Boolean> moved = new HashSet<>();
            for (long seed = 0; seed < 6; seed++) {
                try (Desk desk = new Desk(PlatformSettings.of(seed), FaultScript.none())) {
                    desk.platform.add(Desk.entered(type));
                    walk(desk, type, SwitchoverStep.UNRECOGNIZED);
                    assertThat(desk.observe().progress().state()).isEqualTo(State.DONE);
                    SyncLinks links = desk.observe().links();
                    assertThat(links.forwardQuiet()).isTrue();
                    assertThat(links.reverse() == SyncLinks.State.RUNNING)
                            .isEqualTo(type.has(MigrationType.Part.REVERSE_INCREMENT));
                    assertThat(desk.platform.breaches()).isEmpty();
                    moved.add(desk.platform.history().contains("SWITCHOVER_PRECHECK:WAITING"));
                }
            }
            assertThat(moved).containsExactlyInAnyOrder(true, false);
        }
    }

    @Test
    @DisplayName("SW-4: reads the stop point after the writes were stopped, and applies up to it in time")
    void stopPoint() {
        try (Desk desk = Desk.plain()) {
            desk.platform.add(Desk.entered(COMPLETE));
            desk.platform.lag(Desk.TASK, Duration.ofSeconds(40));
            walk(desk, COMPLETE, SwitchoverStep.CONFIRM_WRITES_STOPPED);
            assertThat(desk.observe().stopPoint()).isNull();
            Instant confirmed = desk.environment.clock().instant();
            desk.step(SwitchoverStep.CONFIRM_WRITES_STOPPED);
            desk.pass(Duration.ofSeconds(5));
            SwitchoverSnapshot snapshot = desk.observe();
            StopPoint stop = snapshot.stopPoint();
            assertThat(stop.at()).isAfterOrEqualTo(confirmed);
            assertThat(snapshot.sync().applied().reached(stop.position(), 0)).isFalse();
            desk.pass(Duration.ofSeconds(60));
            assertThat(desk.observe().sync().applied().reached(stop.position(), 0))
                    .isTrue();
        }
    }

    @Test
    @DisplayName("SW-10: shows a new sample every ten seconds, and no lag once the sync is stopped")
    void samples() {
        try (Desk desk = Desk.plain()) {
            desk.platform.add(Desk.entered(COMPLETE));
            Set<Instant> sampled = new HashSet<>();
            for (int second = 0; second < 60; second++) {
                sampled.add(desk.observe().sync().sampledAt());
                desk.pass(Duration.ofSeconds(1));
            }
            assertThat(sampled).hasSizeBetween(6, 7);
            assertThat(desk.observe().sync().lag()).isEqualTo(new Lag.Known(Duration.ofSeconds(2)));
            walk(desk, COMPLETE, SwitchoverStep.PROCESS_DATABASE_OBJECTS);
            assertThat(desk.observe().sync().lag()).isInstanceOf(Lag.Unknown.class);
        }
    }

    @Test
    @DisplayName("SW-4: reports positions as coarse as it declares")
    void granularity() {
        PlatformSettings settings =
                PlatformSettings.of(1).withCapabilities(GatewayCapabilities.of().withPositionGranularity(1_000));
        try (Desk desk = new Desk(settings, FaultScript.none())) {
            desk.platform.add(Desk.entered(COMPLETE));
            walk(desk, COMPLETE, SwitchoverStep.CONFIRM_SYNC_TIMESTAMP);
            assertThat(desk.observe().stopPoint().position().value() % 1_000).isZero();
            assertThat(desk.observe().sync().applied().value() % 1_000).isZero();
        }
    }

    @Test
    @DisplayName("refuses a step that is not the next one, and one that the type does not have")
    void order() {
        MigrationType none = MigrationType.of();
        try (Desk desk = Desk.plain();
                Desk other = Desk.plain()) {
            desk.platform.add(Desk.entered(COMPLETE));
            assertThat(desk.step(SwitchoverStep.START_TARGET_STORE)).isInstanceOf(GatewayReply.Refused.class);
            assertThat(desk.platform.breaches()).singleElement().asString().startsWith("SW-1 orders");
            other.platform.add(Desk.entered(none));
            assertThat(other.step(SwitchoverStep.CONFIRM_WRITES_STOPPED)).isInstanceOf(GatewayReply.Refused.class);
        }
    }

    @Test
    @DisplayName("gives a step that is over, or under way, no further effect")
    void repeats() {
        try (Desk desk = Desk.plain()) {
            desk.platform.add(Desk.entered(COMPLETE));
            walk(desk, COMPLETE, SwitchoverStep.CONFIRM_WRITES_STOPPED);
            desk.step(SwitchoverStep.CONFIRM_WRITES_STOPPED);
            desk.step(SwitchoverStep.CONFIRM_WRITES_STOPPED);
            desk.pass(SETTLED);
            StopPoint stop = desk.observe().stopPoint();
            desk.step(SwitchoverStep.CONFIRM_WRITES_STOPPED);
            desk.pass(SETTLED);
            assertThat(desk.observe().stopPoint()).isEqualTo(stop);
            assertThat(desk.platform.calls().stream()
                            .filter(call -> call.order() != null
                                    && call.order().what().equals("CONFIRM_WRITES_STOPPED")
                                    && call.timing().effect() != null))
                    .hasSize(1);
        }
    }

    @Test
    @DisplayName("SW-5: refuses the reverse increment while forward sync runs, and notes that it was asked")
    void reverse() {
        try (Desk desk = Desk.plain()) {
            desk.platform.add(Desk.entered(COMPLETE));
            walk(desk, COMPLETE, SwitchoverStep.STOP_FORWARD_SYNC);
            desk.step(SwitchoverStep.STOP_FORWARD_SYNC, Action.SKIP);
            desk.step(SwitchoverStep.PROCESS_DATABASE_OBJECTS);
            assertThat(desk.step(SwitchoverStep.START_REVERSE_INCREMENT)).isInstanceOf(GatewayReply.Refused.class);
            assertThat(desk.observe().links().reverse()).isEqualTo(SyncLinks.State.ABSENT);
            assertThat(desk.platform.breaches()).singleElement().asString().startsWith("SW-5 orders");
            desk.platform.stopForwardSync(Desk.TASK);
            desk.step(SwitchoverStep.START_REVERSE_INCREMENT);
            desk.pass(SETTLED);
            assertThat(desk.observe().links().reverse()).isEqualTo(SyncLinks.State.RUNNING);
        }
    }

    @Test
    @DisplayName("SW-4: notes a forward sync that is stopped before the target has applied everything")
    void stoppedTooEarly() {
        try (Desk desk = Desk.plain()) {
            desk.platform.add(Desk.entered(COMPLETE));
            desk.platform.lag(Desk.TASK, Duration.ofHours(1));
            walk(desk, COMPLETE, SwitchoverStep.CONFIRM_SYNC_TIMESTAMP);
            desk.step(SwitchoverStep.CONFIRM_SYNC_TIMESTAMP);
            desk.step(SwitchoverStep.STOP_FORWARD_SYNC);
            assertThat(desk.platform.breaches()).hasSize(2).allMatch(breach -> breach.startsWith("SW-4 orders"));
        }
        try (Desk waived = Desk.plain()) {
            waived.platform.add(Desk.entered(COMPLETE));
            waived.platform.lag(Desk.TASK, Duration.ofHours(1));
            walk(waived, COMPLETE, SwitchoverStep.CONFIRM_SYNC_TIMESTAMP);
            waived.step(SwitchoverStep.CONFIRM_SYNC_TIMESTAMP, Action.SKIP);
            waived.step(SwitchoverStep.STOP_FORWARD_SYNC);
            assertThat(waived.platform.breaches()).isEmpty();
        }
    }

    @Test
    @DisplayName("fails a precheck that finds something, shows what, and looks again when it is run again")
    void precheck() {
        try (Desk desk = Desk.plain()) {
            desk.platform.add(Desk.entered(COMPLETE));
            PrecheckItem item =
                    new PrecheckItem("source-account", PrecheckItem.Severity.BLOCKING, "may not write", "grant it");
            desk.platform.precheckFinds(Desk.TASK, List.of(item));
            walk(desk, COMPLETE, SwitchoverStep.SWITCHOVER_PRECHECK);
            desk.step(SwitchoverStep.SWITCHOVER_PRECHECK);
            desk.pass(SETTLED);
            assertThat(desk.observe().progress().state()).isEqualTo(State.FAILED);
            assertThat(desk.observe().blocking()).containsExactly(item);
            assertThat(desk.observe().problem()).isNotNull();
            desk.platform.precheckFinds(Desk.TASK, List.of());
            desk.step(SwitchoverStep.SWITCHOVER_PRECHECK);
            desk.pass(SETTLED);
            assertThat(desk.observe().progress().isOver(SwitchoverStep.SWITCHOVER_PRECHECK))
                    .isTrue();
            assertThat(desk.observe().blocking()).isEmpty();
        }
    }

    @Test
    @DisplayName("takes up the automatic steps by itself, if it declares that")
    void selfAdvancing() {
        PlatformSettings settings =
                PlatformSettings.of(3).withCapabilities(GatewayCapabilities.of(GatewayCapability.SELF_ADVANCING));
        try (Desk desk = new Desk(settings, FaultScript.none())) {
            desk.platform.add(Desk.entered(COMPLETE));
            desk.step(SwitchoverStep.START_FORWARD_SWITCHOVER);
            desk.pass(SETTLED);
            assertThat(desk.observe().progress().isOver(SwitchoverStep.START_TARGET_STORE))
                    .isTrue();
            assertThat(desk.observe().progress().isOver(SwitchoverStep.CONFIRM_WRITES_STOPPED))
                    .isFalse();
            desk.step(SwitchoverStep.CONFIRM_WRITES_STOPPED);
            desk.pass(SETTLED);
            assertThat(desk.observe().links().forward()).isEqualTo(SyncLinks.State.STOPPED);
            assertThat(desk.observe().progress().isOver(SwitchoverStep.PROCESS_DATABASE_OBJECTS))
                    .isFalse();
            assertThat(desk.platform.breaches()).isEmpty();
        }
    }
}
