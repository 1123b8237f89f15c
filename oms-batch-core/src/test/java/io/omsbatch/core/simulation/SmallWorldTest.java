package io.omsbatch.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.simulation.Simulator;
import io.omsbatch.testkit.simulation.SmallWorld;
import io.omsbatch.testkit.simulation.Tally;
import io.omsbatch.testkit.simulation.Trial;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@DisplayName(
        "Two tasks through a whole switchover, a crash wherever it makes a difference, and whatever an operator can do")
class SmallWorldTest {

    private static final Logger LOG = LoggerFactory.getLogger(SmallWorldTest.class);
    private static final int DEEDS = Integer.getInteger("simulation.deeds", 1);

    @BeforeAll
    static void hush() {
        Hush.engine();
    }

    @AfterAll
    static void speak() {
        Hush.over();
    }

    @Test
    @DisplayName("break no promise in any order")
    void everyOrder() {
        Tally tally = Simulator.of(new SimulatedCore()).requireUnbroken(new SmallWorld(twoTasks(), 1, DEEDS));
        LOG.warn("1 crash, {} deeds: {}", DEEDS, tally);
        assertThat(tally.faults()).containsKey("crash");
        assertThat(tally.states()).isGreaterThan(500);
        assertThat(tally.outcomes()).containsKeys("SUCCEEDED", "LEFT_AT", "NOT_ATTEMPTED");
    }

    @Test
    @DisplayName("show a host that commands past its engine")
    void catchesABrokenHost() {
        assertThatThrownBy(() -> Simulator.of(new BypassingHost()).requireUnbroken(new SmallWorld(twoTasks(), 0, 0)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("RUN-1 is broken: oms/t");
    }

    private static Trial twoTasks() {
        return new Trial(
                1,
                Stream.of("t1", "t2").map(SmallWorldTest::entered).toList(),
                BatchOperation.forwardSwitchover(),
                RunPolicy.none(),
                PlatformSettings.of(1).withStage(Duration.ofDays(1)),
                List.of(),
                List.of());
    }

    private static MigrationTask entered(String id) {
        return MigrationTask.builder(new TaskRef("oms", id))
                .type(MigrationType.complete())
                .status(TaskStatus.RUNNING)
                .stage(Stage.FORWARD_SWITCHOVER, StageProgress.State.RUNNING)
                .switchover(new SwitchoverProgress(
                        SwitchoverStep.START_FORWARD_SWITCHOVER, SwitchoverProgress.State.WAITING, 1))
                .build();
    }
}
