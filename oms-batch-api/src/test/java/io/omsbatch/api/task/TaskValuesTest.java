package io.omsbatch.api.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.task.MigrationType.Part;
import io.omsbatch.api.task.StageProgress.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is known of a task")
class TaskValuesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration AGE = Duration.ofSeconds(60);

    @Test
    @DisplayName("statuses, stages, stage states and alert levels are read from the strings of OMS, in any case")
    void fromOms() {
        Map<String, TaskStatus> statuses = Map.ofEntries(
                Map.entry("INIT", TaskStatus.NOT_STARTED),
                Map.entry("RUNNING", TaskStatus.RUNNING),
                Map.entry("RUNNING_ALARMING", TaskStatus.RUNNING),
                Map.entry("RUNNING_MODIFYING", TaskStatus.MODIFYING),
                Map.entry("RUNNING_MERGING", TaskStatus.INTEGRATING),
                Map.entry("SUSPEND", TaskStatus.STOPPED),
                Map.entry("Paused", TaskStatus.STOPPED),
                Map.entry("FAILED", TaskStatus.FAILED),
                Map.entry("FINISHED", TaskStatus.COMPLETED),
                Map.entry("RELEASING", TaskStatus.ENDING),
                Map.entry("Releasing", TaskStatus.ENDING),
                Map.entry("RELEASED", TaskStatus.ENDED),
                Map.entry(" released ", TaskStatus.ENDED),
                Map.entry("DELETED", TaskStatus.UNRECOGNIZED),
                Map.entry("", TaskStatus.UNRECOGNIZED),
                Map.entry("no such thing", TaskStatus.UNRECOGNIZED));
        statuses.forEach(
                (text, status) -> assertThat(TaskStatus.fromOms(text)).as(text).isEqualTo(status));
        Map<String, Stage> stages = Map.ofEntries(
                Map.entry("TRANSFER_PRECHECK", Stage.PRECHECK),
                Map.entry("STRUCT_TRANSFER", Stage.SCHEMA_MIGRATION),
                Map.entry("INDEX_TRANSFER", Stage.SCHEMA_MIGRATION),
                Map.entry("FULL_TRANSFER", Stage.FULL_MIGRATION),
                Map.entry("TRANSFER_INCR_LOG_PULL", Stage.INCREMENTAL_SYNC),
                Map.entry("INCR_TRANSFER", Stage.INCREMENTAL_SYNC),
                Map.entry("FULL_VERIFIER", Stage.FULL_VERIFICATION),
                Map.entry("INCR_VERIFIER", Stage.UNRECOGNIZED),
                Map.entry("TRANSFER_APP_SWITCH", Stage.FORWARD_SWITCHOVER),
                Map.entry("REVERSE_INCR_TRANSFER", Stage.REVERSE_INCREMENT),
                Map.entry("transfer_precheck", Stage.PRECHECK),
                Map.entry("else", Stage.UNRECOGNIZED));
        stages.forEach((text, stage) -> assertThat(Stage.fromOms(text)).as(text).isEqualTo(stage));
        Map<String, State> states = Map.of(
                "INIT", State.WAITING,
                "RUNNING", State.RUNNING,
                "FAILED", State.FAILED,
                "FINISHED", State.FINISHED,
                "SUSPEND", State.SUSPENDED,
                "MONITORING", State.MONITORING,
                "else", State.UNRECOGNIZED);
        states.forEach((text, state) -> assertThat(State.fromOms(text)).as(text).isEqualTo(state));
        Map<String, AlertLevel> levels = Map.of(
                "HIGH", AlertLevel.HIGH,
                "medium", AlertLevel.MEDIUM,
                "LOW", AlertLevel.LOW,
                "IGNORE", AlertLevel.NO_PROTECTION,
                "else", AlertLevel.UNRECOGNIZED);
        levels.forEach(
                (text, level) -> assertThat(AlertLevel.fromOms(text)).as(text).isEqualTo(level));
    }

    @Test
    @DisplayName("a stage is over when it is finished or skipped, an incremental one also when it has caught up")
    void done() {
        for (Stage stage : Stage.values()) {
            for (State state : State.values()) {
                boolean done = state == State.FINISHED
                        || state == State.SKIPPED
                        || (state == State.MONITORING && stage == Stage.INCREMENTAL_SYNC);
                assertThat(new StageProgress(stage, state).done())
                        .as("%s %s", stage, state)
                        .isEqualTo(done);
            }
        }
    }

    @Test
    @DisplayName("SW-1: the steps of the switchover follow from incremental and reverse increment alone")
    void stepSets() {
        assertThat(MigrationType.all()).hasSize(64).doesNotHaveDuplicates();
        for (MigrationType type : MigrationType.all()) {
            boolean incremental = type.has(Part.INCREMENTAL);
            boolean reverse = type.has(Part.REVERSE_INCREMENT);
            List<Integer> expected = incremental
                    ? (reverse ? List.of(1, 2, 3, 4, 5, 6, 7, 8) : List.of(1, 2, 4, 5, 6, 7))
                    : (reverse ? List.of(1, 2, 3, 7, 8) : List.of(1, 2, 7));
            assertThat(type.switchoverSteps())
                    .as("%s", type)
                    .extracting(SwitchoverStep::number)
                    .isEqualTo(expected);
            assertThat(MigrationType.of(type.parts())).isSameAs(type);
        }
        assertThat(MigrationType.complete().switchoverSteps()).isEqualTo(SwitchoverStep.inOrder());
    }

    @Test
    @DisplayName("the last stage before the switchover is the last one that the type selects")
    void lastStage() {
        assertThat(MigrationType.of().lastStageBeforeSwitchover()).isEqualTo(Stage.PRECHECK);
        assertThat(MigrationType.of(Part.SCHEMA).lastStageBeforeSwitchover()).isEqualTo(Stage.SCHEMA_MIGRATION);
        assertThat(MigrationType.of(Part.FULL, Part.INCREMENTAL_VERIFICATION, Part.REVERSE_INCREMENT)
                        .lastStageBeforeSwitchover())
                .isEqualTo(Stage.FULL_MIGRATION);
        assertThat(MigrationType.of(Part.FULL, Part.INCREMENTAL).lastStageBeforeSwitchover())
                .isEqualTo(Stage.INCREMENTAL_SYNC);
        assertThat(MigrationType.complete().lastStageBeforeSwitchover()).isEqualTo(Stage.FULL_VERIFICATION);
    }

    @Test
    @DisplayName("SW-4: a position is reached at the stop position plus the granularity, and never by overflow")
    void reached() {
        Position stop = Position.of(100);
        assertThat(Position.of(99).reached(stop, 0)).isFalse();
        assertThat(Position.of(100).reached(stop, 0)).isTrue();
        assertThat(Position.of(109).reached(stop, 10)).isFalse();
        assertThat(Position.of(110).reached(stop, 10)).isTrue();
        Position last = Position.of(Long.MAX_VALUE);
        assertThat(last.reached(last, 0)).isTrue();
        assertThat(last.reached(last, 1)).isFalse();
        assertThat(Position.of(Long.MIN_VALUE).reached(last, Long.MAX_VALUE)).isFalse();
        assertThat(Position.of(-1).reached(Position.of(Long.MIN_VALUE), Long.MAX_VALUE))
                .isTrue();
    }

    @Test
    @DisplayName("SW-10: a lag is known only if it is not negative and was sampled not long ago, by the same clock")
    void lag() {
        Duration raw = Duration.ofMillis(1_500);
        assertThat(Lag.of(raw, NOW, NOW, AGE)).isEqualTo(new Lag.Known(raw)).hasToString("1500 ms");
        assertThat(Lag.of(raw, NOW.minus(AGE), NOW, AGE)).isInstanceOf(Lag.Known.class);
        assertThat(Lag.of(raw, NOW.plus(AGE), NOW, AGE)).isInstanceOf(Lag.Known.class);
        assertThat(Lag.of(raw, NOW.minus(AGE).minusNanos(1), NOW, AGE))
                .hasToString("skewed (sampled 60 s ago, at most 60 s allowed)");
        assertThat(Lag.of(raw, NOW.plusSeconds(61), NOW, AGE)).hasToString("skewed (sampled 61 s in the future)");
        assertThat(Lag.of(Duration.ofMillis(-1), NOW, NOW, AGE)).hasToString("skewed (negative: -1 ms)");
        assertThatThrownBy(() -> new Lag.Known(Duration.ofMillis(-1))).isInstanceOf(InvalidInputException.class);
        assertThat(new Lag.Unknown("\u001b".repeat(300)).toString())
                .doesNotContain("\u001b")
                .hasSizeLessThan(2_000);
    }

    @Test
    @DisplayName("RUN-6: no lag or time that a platform claims is too large to be judged and shown")
    void absurdLag() {
        for (long seconds : new long[] {Long.MAX_VALUE, Long.MIN_VALUE, 1L << 55, -(1L << 55)}) {
            assertThat(Lag.of(Duration.ofSeconds(seconds), NOW, NOW, AGE).toString())
                    .contains(" s");
        }
        assertThat(Lag.of(AGE, Instant.MIN, Instant.MAX, AGE)).isInstanceOf(Lag.Skewed.class);
        assertThat(Lag.of(AGE, Instant.MAX, Instant.MIN, AGE)).isInstanceOf(Lag.Skewed.class);
    }

    @Test
    @DisplayName(
            "PLAN-3: the derived revision changes with status, stage, step, type and alert level, not with the position")
    void revision() {
        MigrationTask task = MigrationTask.builder(new TaskRef("p", "t")).build();
        assertThat(task.toBuilder().latestTimestamp(NOW).name("other").build().revision())
                .isEqualTo(task.revision());
        assertThat(List.of(
                        task.toBuilder().status(TaskStatus.RUNNING),
                        task.toBuilder().stage(Stage.PRECHECK, State.RUNNING),
                        task.toBuilder().stage(Stage.FULL_MIGRATION, State.WAITING),
                        task.toBuilder()
                                .switchover(new SwitchoverProgress(
                                        SwitchoverStep.START_FORWARD_SWITCHOVER, SwitchoverProgress.State.WAITING)),
                        task.toBuilder().type(MigrationType.of()),
                        task.toBuilder().alertLevel(AlertLevel.LOW)))
                .extracting(changed -> changed.build().revision())
                .doesNotHaveDuplicates()
                .doesNotContain(task.revision());
        Revision own = new Revision("7");
        assertThat(task.toBuilder().revision(own).build().revision()).isSameAs(own);
    }

    @Test
    @DisplayName("the derived revision fits its limit for every task there can be")
    void longestRevision() {
        for (SwitchoverStep step : SwitchoverStep.values()) {
            for (Stage stage : Stage.values()) {
                MigrationTask task = MigrationTask.builder(new TaskRef("p", "t"))
                        .type(MigrationType.of(Part.values()))
                        .status(TaskStatus.UNRECOGNIZED)
                        .stage(stage, State.UNRECOGNIZED)
                        .switchover(new SwitchoverProgress(step, SwitchoverProgress.State.UNRECOGNIZED))
                        .alertLevel(AlertLevel.NO_PROTECTION)
                        .build();
                assertThat(task.revision().value()).hasSizeLessThanOrEqualTo(200);
            }
        }
    }

    @Test
    @DisplayName("a step is over once it is done or a later one is reached, and never at a step that is not recognized")
    void stepOver() {
        SwitchoverProgress running =
                new SwitchoverProgress(SwitchoverStep.STOP_FORWARD_SYNC, SwitchoverProgress.State.RUNNING);
        assertThat(running.isOver(SwitchoverStep.CONFIRM_SYNC_TIMESTAMP)).isTrue();
        assertThat(running.isOver(SwitchoverStep.STOP_FORWARD_SYNC)).isFalse();
        assertThat(running.isOver(SwitchoverStep.START_REVERSE_INCREMENT)).isFalse();
        assertThat(new SwitchoverProgress(SwitchoverStep.STOP_FORWARD_SYNC, SwitchoverProgress.State.DONE)
                        .isOver(SwitchoverStep.STOP_FORWARD_SYNC))
                .isTrue();
        SwitchoverProgress lost = new SwitchoverProgress(SwitchoverStep.UNRECOGNIZED, SwitchoverProgress.State.DONE);
        assertThat(SwitchoverStep.inOrder()).noneMatch(lost::isOver);
    }

    @Test
    @DisplayName("a name of any length is kept short, and a copy of a task equals it")
    void name() {
        MigrationTask task = MigrationTask.builder(new TaskRef("p", "t"))
                .name("x".repeat(10_000))
                .build();
        assertThat(task.name()).hasSizeLessThanOrEqualTo(256).contains("… (").endsWith(" more)");
        assertThat(task.toBuilder().build()).isEqualTo(task).hasSameHashCodeAs(task);
    }
}
