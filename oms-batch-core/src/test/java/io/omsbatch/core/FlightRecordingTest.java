package io.omsbatch.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.TaskRef;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A flight recording")
class FlightRecordingTest {

    @TempDir
    Path folder;

    private List<RecordedEvent> recorded(Runnable what) throws IOException {
        Path file = folder.resolve("engine.jfr");
        try (Recording recording = new Recording()) {
            List.of("Plan", "Command", "JournalCommit", "Step", "Lease")
                    .forEach(name -> recording.enable("io.omsbatch." + name));
            recording.start();
            what.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file);
    }

    private static List<RecordedEvent> named(List<RecordedEvent> events, String name, String run) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("io.omsbatch." + name))
                .filter(event ->
                        !event.hasField("run") || event.getString("run").equals(run))
                .toList();
    }

    @Test
    @DisplayName("shows the plan, each command and each commit of a run, with what came of them")
    void run() throws IOException {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<TaskRef> tasks = world.add(3, EngineHarness.running());
            List<RecordedEvent> events = recorded(() -> world.run(BatchOperation.stop(), tasks));
            String run = world.engine().runs().get(0).id();
            assertThat(named(events, "Plan", run)).singleElement().satisfies(plan -> {
                assertThat(plan.getString("operation")).isEqualTo("STOP");
                assertThat(plan.getInt("tasks")).isEqualTo(3);
                assertThat(plan.getInt("eligible")).isEqualTo(3);
            });
            assertThat(named(events, "Command", run))
                    .hasSize(3)
                    .allSatisfy(command -> {
                        assertThat(command.getString("platform")).isEqualTo("oms");
                        assertThat(command.getString("step")).isEqualTo("STOP");
                        assertThat(command.getInt("attempt")).isEqualTo(1);
                        assertThat(command.getString("verdict")).isIn("DONE", "ACCEPTED");
                    })
                    .extracting(command -> command.getString("task"))
                    .containsExactlyInAnyOrder("t1", "t2", "t3");
            List<RecordedEvent> commits = named(events, "JournalCommit", run);
            assertThat(commits)
                    .allSatisfy(
                            commit -> assertThat(commit.getBoolean("written")).isTrue());
            assertThat(commits.stream()
                            .mapToInt(commit -> commit.getInt("facts"))
                            .sum())
                    .isEqualTo(3 + 3 + 1);
            assertThat(commits).extracting(commit -> commit.getString("first")).containsOnlyOnce("ENDED");
        }
    }

    @Test
    @DisplayName("shows how the steps of a switchover stand, and the renewals of its lease")
    void switchover() throws IOException {
        try (EngineHarness world = EngineHarness.healthy()) {
            List<TaskRef> tasks = world.add(2, EngineHarness.entered(MigrationType.complete()));
            List<RecordedEvent> events = recorded(() -> {
                SwitchoverWorkflow workflow = world.switchover(tasks);
                world.environment.advance(Duration.ofMinutes(1));
                assertThat(workflow.id()).isNotEmpty();
            });
            String run = world.engine().runs().get(0).id();
            assertThat(named(events, "Step", run).stream()
                            .map(step -> step.getString("task") + " " + step.getString("step") + " "
                                    + step.getString("state"))
                            .collect(Collectors.toSet()))
                    .contains("t1 START_FORWARD_SWITCHOVER GATED", "t2 START_FORWARD_SWITCHOVER GATED");
            assertThat(named(events, "Lease", run)).isNotEmpty().allSatisfy(lease -> {
                assertThat(lease.getInt("runs")).isEqualTo(1);
                assertThat(lease.getInt("lost")).isZero();
                assertThat(lease.getBoolean("answered")).isTrue();
            });
        }
    }
}
