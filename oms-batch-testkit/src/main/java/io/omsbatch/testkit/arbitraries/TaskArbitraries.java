package io.omsbatch.testkit.arbitraries;

import io.omsbatch.api.Limits;
import io.omsbatch.api.task.AlertLevel;
import io.omsbatch.api.task.Lag;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.Position;
import io.omsbatch.api.task.Revision;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverDirection;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Random tasks.
 *
 * @since 0.1.0
 */
public final class TaskArbitraries {

    private static final Instant BASE = Instant.parse("2026-01-01T00:00:00Z");

    private TaskArbitraries() {}

    /** Returns identities on one of two platforms. */
    public static Arbitrary<TaskRef> refs() {
        return Combinators.combine(Arbitraries.of("oms-eu", "oms-us"), TextArbitraries.ids())
                .as(TaskRef::new);
    }

    /** Returns migration types: the complete one most often, each of the 64 now and then. */
    public static Arbitrary<MigrationType> types() {
        return Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(MigrationType.complete())),
                Tuple.of(3, Arbitraries.of(MigrationType.all())));
    }

    /** Returns tasks with any combination of status, stage and step, whether or not a platform could have made it. */
    public static Arbitrary<MigrationTask> anyTasks() {
        Arbitrary<SwitchoverProgress> steps = Combinators.combine(
                        Arbitraries.of(SwitchoverStep.class), Arbitraries.of(SwitchoverProgress.State.class))
                .as(SwitchoverProgress::new);
        Arbitrary<MigrationTask.Builder> state = Combinators.combine(
                        refs(),
                        types(),
                        Arbitraries.of(TaskStatus.class),
                        Arbitraries.of(Stage.class),
                        Arbitraries.of(StageProgress.State.class),
                        steps.injectNull(0.5))
                .as((ref, type, status, stage, stageState, step) -> MigrationTask.builder(ref)
                        .type(type)
                        .status(status)
                        .stage(stage, stageState)
                        .switchover(step));
        return decorated(state);
    }

    /** Returns tasks as a platform makes them: status, stage and step fit together and to the type. */
    public static Arbitrary<MigrationTask> tasks() {
        return refs().flatMap(TaskArbitraries::tasks);
    }

    /**
     * Returns tasks of one identity as a platform makes them.
     *
     * @param ref the identity
     * @return the tasks
     */
    public static Arbitrary<MigrationTask> tasks(TaskRef ref) {
        Arbitrary<MigrationTask.Builder> state = types().flatMap(type -> Arbitraries.frequencyOf(
                Tuple.of(1, notStarted(ref, type)),
                Tuple.of(4, working(ref, type)),
                Tuple.of(2, switching(ref, type)),
                Tuple.of(1, over(ref, type))));
        return decorated(state);
    }

    private static Arbitrary<MigrationTask.Builder> notStarted(TaskRef ref, MigrationType type) {
        return Arbitraries.create(() -> MigrationTask.builder(ref).type(type));
    }

    private static Arbitrary<MigrationTask.Builder> working(TaskRef ref, MigrationType type) {
        List<Stage> stages = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            if (stage.compareTo(type.lastStageBeforeSwitchover()) <= 0) {
                stages.add(stage);
            }
        }
        Arbitrary<TaskStatus> statuses = Arbitraries.frequency(
                Tuple.of(4, TaskStatus.RUNNING),
                Tuple.of(2, TaskStatus.STOPPED),
                Tuple.of(2, TaskStatus.FAILED),
                Tuple.of(1, TaskStatus.MODIFYING),
                Tuple.of(1, TaskStatus.INTEGRATING));
        return Combinators.combine(statuses, Arbitraries.of(stages), Arbitraries.of(true, false))
                .as((status, stage, done) -> MigrationTask.builder(ref)
                        .type(type)
                        .status(status)
                        .stage(stage, stageState(status, stage, done && stage == type.lastStageBeforeSwitchover())));
    }

    private static StageProgress.State stageState(TaskStatus status, Stage stage, boolean done) {
        if (done) {
            return stage == Stage.INCREMENTAL_SYNC ? StageProgress.State.MONITORING : StageProgress.State.FINISHED;
        }
        return switch (status) {
            case STOPPED -> StageProgress.State.SUSPENDED;
            case FAILED -> StageProgress.State.FAILED;
            default -> StageProgress.State.RUNNING;
        };
    }

    private static Arbitrary<MigrationTask.Builder> switching(TaskRef ref, MigrationType type) {
        Arbitrary<SwitchoverProgress.State> states = Arbitraries.of(
                SwitchoverProgress.State.WAITING, SwitchoverProgress.State.FAILED, SwitchoverProgress.State.DONE);
        return Arbitraries.of(1, 1, 2, 3)
                .flatMap(round -> Combinators.combine(
                                Arbitraries.of(type.switchoverSteps(SwitchoverDirection.ofRound(round))), states)
                        .as((step, state) -> MigrationTask.builder(ref)
                                .type(type)
                                .status(TaskStatus.RUNNING)
                                .stage(stageOf(round), StageProgress.State.RUNNING)
                                .switchover(new SwitchoverProgress(step, state, round))));
    }

    private static Arbitrary<MigrationTask.Builder> over(TaskRef ref, MigrationType type) {
        return Arbitraries.of(TaskStatus.COMPLETED, TaskStatus.ENDING, TaskStatus.ENDED, TaskStatus.UNRECOGNIZED)
                .map(status -> MigrationTask.builder(ref)
                        .type(type)
                        .status(status)
                        .stage(type.lastStageBeforeSwitchover(), StageProgress.State.FINISHED));
    }

    /**
     * Returns a task that is about to begin a switchover.
     *
     * @param ref the identity
     * @param type the type
     * @param round which of its switchovers, from 1; the even ones go back
     * @return the task
     */
    public static MigrationTask entered(TaskRef ref, MigrationType type, int round) {
        return MigrationTask.builder(ref)
                .type(type)
                .status(TaskStatus.RUNNING)
                .stage(stageOf(round), StageProgress.State.RUNNING)
                .switchover(new SwitchoverProgress(
                        SwitchoverStep.START_FORWARD_SWITCHOVER, SwitchoverProgress.State.WAITING, round))
                .build();
    }

    private static Stage stageOf(int round) {
        return SwitchoverDirection.ofRound(round) == SwitchoverDirection.FORWARD
                ? Stage.FORWARD_SWITCHOVER
                : Stage.SWITCH_BACK;
    }

    private static Arbitrary<MigrationTask> decorated(Arbitrary<MigrationTask.Builder> state) {
        Arbitrary<Instant> latest =
                Arbitraries.longs().between(0, Duration.ofDays(400).toSeconds()).map(BASE::minusSeconds);
        Arbitrary<Revision> revision =
                Arbitraries.of("r1", "r2", "x".repeat(Limits.ID_LENGTH)).map(Revision::new);
        return Combinators.combine(
                        state,
                        TextArbitraries.names(),
                        Arbitraries.of(AlertLevel.class),
                        latest.injectNull(0.3),
                        TextArbitraries.ids().set().ofMaxSize(3),
                        revision.injectNull(0.8))
                .as((task, name, level, timestamp, tags, platformRevision) -> task.name(name)
                        .alertLevel(level)
                        .latestTimestamp(timestamp)
                        .tags(tags)
                        .revision(platformRevision)
                        .build())
                .withoutEdgeCases();
    }

    /** Returns revisions as a platform gives them. */
    public static Arbitrary<Revision> revisions() {
        return TextArbitraries.ids().map(Revision::new);
    }

    /** Returns stages with any state. */
    public static Arbitrary<StageProgress> stages() {
        return Combinators.combine(Arbitraries.of(Stage.class), Arbitraries.of(StageProgress.State.class))
                .as(StageProgress::new);
    }

    /** Returns places in a switchover, in the first rounds and the last that there is. */
    public static Arbitrary<SwitchoverProgress> progress() {
        return Combinators.combine(
                        Arbitraries.of(SwitchoverStep.class),
                        Arbitraries.of(SwitchoverProgress.State.class),
                        Arbitraries.of(1, 2, 3, Integer.MAX_VALUE))
                .as(SwitchoverProgress::new);
    }

    /** Returns positions, from the least to the greatest, with the text that a platform gives them. */
    public static Arbitrary<Position> positions() {
        Arbitrary<Long> values = Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.longs().between(0, 4_000_000_000_000L)),
                Tuple.of(1, Arbitraries.of(Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE)));
        return Arbitraries.frequencyOf(
                Tuple.of(3, values.map(Position::of)),
                Tuple.of(1, Combinators.combine(values, TextArbitraries.ids()).as(Position::new)));
    }

    /** Returns lags: known ones from none to years, unknown and skewed ones with any text. */
    public static Arbitrary<Lag> lags() {
        Arbitrary<Lag> known = knownLags().map(lag -> lag);
        Arbitrary<Lag> unknown = TextArbitraries.names().map(Lag.Unknown::new);
        Arbitrary<Lag> skewed = TextArbitraries.names().map(Lag.Skewed::new);
        return Arbitraries.frequencyOf(Tuple.of(3, known), Tuple.of(1, unknown), Tuple.of(1, skewed));
    }

    static Arbitrary<Lag.Known> knownLags() {
        return Arbitraries.frequencyOf(
                        Tuple.of(9, TimeArbitraries.spans()),
                        Tuple.of(1, Arbitraries.of(Duration.ZERO, Duration.ofSeconds(Long.MAX_VALUE))))
                .map(Lag.Known::new);
    }
}
