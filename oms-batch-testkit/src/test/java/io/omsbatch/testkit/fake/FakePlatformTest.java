package io.omsbatch.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.eligibility.EligibilityPolicy;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.task.AlertLevel;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress.State;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.testkit.fault.FaultScript;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The simulated platform")
class FakePlatformTest {

    private static final Duration SETTLED = Duration.ofSeconds(5);

    @Test
    @DisplayName("takes a task through its life, asynchronously where OMS does")
    void life() {
        try (Desk desk = Desk.plain()) {
            desk.platform.add(Desk.task(TaskStatus.NOT_STARTED));
            assertThat(desk.order(BatchOperation.start())).isEqualTo(GatewayReply.accepted());
            assertThat(desk.read().status()).isEqualTo(TaskStatus.NOT_STARTED);
            desk.pass(SETTLED);
            assertThat(desk.read().status()).isEqualTo(TaskStatus.RUNNING);
            desk.order(BatchOperation.stop());
            desk.pass(SETTLED);
            assertThat(desk.read().status()).isEqualTo(TaskStatus.STOPPED);
            assertThat(desk.read().stage().state()).isEqualTo(State.SUSPENDED);
            desk.order(BatchOperation.resume());
            desk.pass(SETTLED);
            assertThat(desk.read().status()).isEqualTo(TaskStatus.RUNNING);
            desk.order(BatchOperation.stop());
            desk.pass(SETTLED);
            desk.order(BatchOperation.end());
            assertThat(desk.read().status()).isEqualTo(TaskStatus.ENDING);
            desk.pass(SETTLED);
            assertThat(desk.read().status()).isEqualTo(TaskStatus.ENDED);
            assertThat(desk.order(BatchOperation.delete())).isEqualTo(GatewayReply.done());
            assertThat(desk.read()).isNull();
            assertThat(desk.platform.breaches()).isEmpty();
        }
    }

    @Test
    @DisplayName("takes a running task through the stages of its type, up to the switchover")
    void stages() {
        for (MigrationType type : MigrationType.all()) {
            try (Desk desk = Desk.plain()) {
                desk.platform.add(
                        Desk.task(TaskStatus.NOT_STARTED).toBuilder().type(type).build());
                desk.order(BatchOperation.start());
                desk.pass(Duration.ofMinutes(10));
                assertThat(desk.read().stage().stage()).as("%s", type).isEqualTo(type.lastStageBeforeSwitchover());
                assertThat(desk.read().stage().done()).as("%s", type).isTrue();
                assertThat(desk.read().latestTimestamp() != null)
                        .as("%s has a sync position", type)
                        .isEqualTo(type.has(MigrationType.Part.INCREMENTAL));
                assertThat(desk.order(BatchOperation.enterForwardSwitchover())).isEqualTo(GatewayReply.done());
                assertThat(desk.read().stage().stage()).isEqualTo(Stage.FORWARD_SWITCHOVER);
                assertThat(desk.observe().progress().step())
                        .isEqualTo(type.switchoverSteps().get(0));
            }
        }
    }

    @Test
    @DisplayName("accepts exactly what the documented matrix allows")
    void agreesWithMatrix() {
        EligibilityPolicy documented = EligibilityPolicy.documented();
        for (TaskStatus status : TaskStatus.values()) {
            for (Stage stage : Stage.values()) {
                for (State state : State.values()) {
                    MigrationTask task = MigrationTask.builder(Desk.TASK)
                            .status(status)
                            .stage(stage, state)
                            .build();
                    for (BatchOperation operation : BatchOperation.all()) {
                        if (!operation.kind().isSwitchover()) {
                            try (Desk desk = Desk.plain()) {
                                desk.platform.add(task);
                                boolean refused = desk.order(operation) instanceof GatewayReply.Refused;
                                assertThat(refused)
                                        .as("%s of %s is refused", operation, task)
                                        .isNotEqualTo(documented
                                                .judge(task, operation)
                                                .eligible());
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("shows what is asked for, and nothing for a task that it does not have")
    void reads() {
        try (Desk desk = Desk.plain()) {
            desk.platform.add(Desk.task(TaskStatus.RUNNING));
            TaskRef other = new TaskRef("fake", "other");
            assertThat(desk.platform.read(Set.of(Desk.TASK, other))).containsOnlyKeys(Desk.TASK);
            assertThat(desk.platform.observe(Set.of(Desk.TASK, other))).isEmpty();
            assertThat(desk.order(BatchOperation.modifyAlertLevel(AlertLevel.HIGH)))
                    .isEqualTo(GatewayReply.done());
            assertThat(desk.read().alertLevel()).isEqualTo(AlertLevel.HIGH);
        }
    }

    @Test
    @DisplayName("lists each task once, in pages")
    void lists() {
        try (Desk desk = Desk.plain()) {
            for (int i = 0; i < 23; i++) {
                desk.platform.add(
                        MigrationTask.builder(new TaskRef("fake", "task-" + i)).build());
            }
            List<TaskRef> listed = new ArrayList<>();
            TaskPage page = desk.platform.list(null, 5);
            while (true) {
                assertThat(page.tasks()).hasSizeLessThanOrEqualTo(5);
                page.tasks().forEach(task -> listed.add(task.ref()));
                if (page.next() == null) {
                    break;
                }
                page = desk.platform.list(page.next(), 5);
            }
            assertThat(listed).hasSize(23).doesNotHaveDuplicates();
        }
    }

    @Test
    @DisplayName("shows a state as old as it declares, and never older")
    void staleness() {
        PlatformSettings settings = PlatformSettings.of(5)
                .withSettle(Duration.ZERO)
                .withCapabilities(GatewayCapabilities.of().withMaximumStaleness(Duration.ofSeconds(4)));
        try (Desk desk = new Desk(settings, FaultScript.none())) {
            desk.platform.add(Desk.task(TaskStatus.RUNNING));
            desk.pass(Duration.ofSeconds(10));
            desk.order(BatchOperation.stop());
            desk.pass(Duration.ofSeconds(2));
            Set<TaskStatus> seen = new HashSet<>();
            for (int i = 0; i < 50; i++) {
                seen.add(desk.read().status());
            }
            assertThat(seen).containsExactlyInAnyOrder(TaskStatus.RUNNING, TaskStatus.STOPPED);
            desk.pass(Duration.ofSeconds(2));
            for (int i = 0; i < 50; i++) {
                assertThat(desk.read().status()).isEqualTo(TaskStatus.STOPPED);
            }
        }
    }

    @Test
    @DisplayName("delays effects as long as it declares, and never longer")
    void effectDelay() {
        Duration most = Duration.ofSeconds(20);
        PlatformSettings settings = PlatformSettings.of(6)
                .withSettle(Duration.ofSeconds(2))
                .withCapabilities(GatewayCapabilities.of().withMaximumEffectDelay(most));
        Set<Long> seconds = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            try (Desk desk = new Desk(withSeed(settings, i), FaultScript.none())) {
                desk.platform.add(Desk.task(TaskStatus.RUNNING));
                desk.order(BatchOperation.stop());
                desk.pass(most);
                assertThat(desk.read().status()).isEqualTo(TaskStatus.STOPPED);
                Instant effect = desk.platform.calls().get(0).timing().effect().at();
                seconds.add(Duration.between(VirtualEnvironment.START, effect).toSeconds());
            }
        }
        assertThat(seconds).hasSizeGreaterThan(8);
        assertThatThrownBy(() -> settings.withSettle(most.plusSeconds(1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("shorter than settle");
    }

    private static PlatformSettings withSeed(PlatformSettings settings, long seed) {
        return new PlatformSettings(
                seed,
                settings.latency(),
                settings.settle(),
                settings.stage(),
                settings.samplePeriod(),
                settings.lag(),
                settings.capabilities());
    }

    @Test
    @DisplayName("gives a known key no second effect, if it deduplicates")
    void deduplication() {
        PlatformSettings settings =
                PlatformSettings.of(7).withCapabilities(GatewayCapabilities.of(GatewayCapability.DEDUPLICATION));
        try (Desk desk = new Desk(settings, FaultScript.none())) {
            desk.platform.add(Desk.task(TaskStatus.RUNNING));
            desk.order(BatchOperation.modifyAlertLevel(AlertLevel.HIGH), "first", 1, 1);
            desk.order(BatchOperation.modifyAlertLevel(AlertLevel.LOW), "second", 1, 1);
            desk.order(BatchOperation.modifyAlertLevel(AlertLevel.HIGH), "first", 2, 1);
            assertThat(desk.read().alertLevel()).isEqualTo(AlertLevel.LOW);
            assertThat(desk.platform.breaches()).isEmpty();
        }
    }

    @Test
    @DisplayName("notes a second effect for a key, if it does not deduplicate")
    void secondEffect() {
        try (Desk desk = Desk.plain()) {
            desk.platform.add(Desk.task(TaskStatus.RUNNING));
            desk.order(BatchOperation.modifyAlertLevel(AlertLevel.HIGH), "first", 1, 1);
            desk.order(BatchOperation.modifyAlertLevel(AlertLevel.HIGH), "first", 2, 1);
            assertThat(desk.platform.breaches())
                    .singleElement()
                    .asString()
                    .startsWith("RUN-3 orders: MODIFY_ALERT_LEVEL had its effect 2 times for the key first");
        }
    }

    @Test
    @DisplayName("refuses a lower token if it fences, and notes it if it does not")
    void fencing() {
        PlatformSettings fencing =
                PlatformSettings.of(8).withCapabilities(GatewayCapabilities.of(GatewayCapability.FENCING));
        try (Desk desk = new Desk(fencing, FaultScript.none());
                Desk trusting = Desk.plain()) {
            desk.platform.add(Desk.task(TaskStatus.RUNNING));
            desk.order(BatchOperation.modifyAlertLevel(AlertLevel.LOW), "new", 1, 2);
            assertThat(desk.order(BatchOperation.modifyAlertLevel(AlertLevel.HIGH), "old", 1, 1))
                    .isInstanceOf(GatewayReply.Refused.class);
            assertThat(desk.read().alertLevel()).isEqualTo(AlertLevel.LOW);
            assertThat(desk.platform.breaches()).isEmpty();

            trusting.platform.add(Desk.task(TaskStatus.RUNNING));
            trusting.order(BatchOperation.modifyAlertLevel(AlertLevel.LOW), "new", 1, 2);
            trusting.order(BatchOperation.modifyAlertLevel(AlertLevel.HIGH), "old", 1, 1);
            assertThat(trusting.platform.breaches())
                    .singleElement()
                    .asString()
                    .startsWith("DUR-2 orders: MODIFY_ALERT_LEVEL HIGH was sent with token 1 after token 2");
        }
    }

    @Test
    @DisplayName("prints every call and every change in order, a line each")
    void history() {
        try (Desk desk = Desk.plain()) {
            desk.platform.add(Desk.task(TaskStatus.RUNNING));
            desk.order(BatchOperation.stop());
            desk.pass(SETTLED);
            assertThat(desk.read().status()).isEqualTo(TaskStatus.STOPPED);
            assertThat(desk.platform.history().lines().toList())
                    .hasSize(4)
                    .satisfiesExactly(
                            line -> assertThat(line).contains("* orders RUNNING", "set up"),
                            line -> assertThat(line)
                                    .contains("0.000s", "command  STOP orders key key-1", "-> ACCEPTED", ", effect 2."),
                            line -> assertThat(line).contains("* orders STOPPED", ": stop"),
                            line -> assertThat(line).contains("5.000s", "read     orders -> SHOWN", "orders=STOPPED"));
        }
    }
}
