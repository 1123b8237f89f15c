package io.omsbatch.examples.postgres.gateway;

import io.omsbatch.api.task.AlertLevel;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.examples.postgres.replication.Look;
import io.omsbatch.examples.postgres.replication.SyncPosition;
import io.omsbatch.examples.postgres.task.Going;
import io.omsbatch.examples.postgres.task.Part;
import io.omsbatch.examples.postgres.task.Protection;
import io.omsbatch.examples.postgres.task.Status;
import io.omsbatch.examples.postgres.task.Step;
import io.omsbatch.examples.postgres.task.TaskRecord;
import io.omsbatch.examples.postgres.task.TaskState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A task of the platform as a task of the library. */
final class TaskTranslation {

    private TaskTranslation() {}

    /** Whether any of these tasks follows changes, so that it has a position worth looking for. */
    static boolean needsLook(List<TaskRecord> tasks) {
        return tasks.stream().anyMatch(task -> task.links().flow(task.state().leading()));
    }

    static MigrationTask task(TaskRef ref, TaskRecord task, @Nullable Look look) {
        TaskState state = task.state();
        return MigrationTask.builder(ref)
                .name(task.id())
                .status(status(state.status()))
                .type(type(task))
                .stage(stage(state), going(state))
                .switchover(state.switchover() == null ? null : progress(state.switchover()))
                .alertLevel(level(task.protection()))
                .latestTimestamp(
                        look == null || !task.links().flow(task.state().leading()) ? null : timestamp(look, task))
                .build();
    }

    static SwitchoverProgress progress(TaskState.AtStep at) {
        return new SwitchoverProgress(
                step(at.step()),
                switch (at.going()) {
                    case WAITING -> SwitchoverProgress.State.WAITING;
                    case RUNNING, MONITORING -> SwitchoverProgress.State.RUNNING;
                    case FAILED -> SwitchoverProgress.State.FAILED;
                    case FINISHED, SKIPPED -> SwitchoverProgress.State.DONE;
                },
                at.round());
    }

    private static @Nullable Instant timestamp(Look look, TaskRecord task) {
        return look.sync(task.id(), task.state().leading())
                .flatMap(SyncPosition::upTo)
                .orElse(null);
    }

    /** What was told is not what is: a task that is starting has not started, one that is stopping runs. */
    private static TaskStatus status(Status status) {
        return switch (status) {
            case NEW, STARTING -> TaskStatus.NOT_STARTED;
            case RUNNING, STOPPING -> TaskStatus.RUNNING;
            case STOPPED, RESUMING -> TaskStatus.STOPPED;
            case FAILED -> TaskStatus.FAILED;
            case COMPLETED -> TaskStatus.COMPLETED;
            case ENDING -> TaskStatus.ENDING;
            case ENDED -> TaskStatus.ENDED;
        };
    }

    private static MigrationType type(TaskRecord task) {
        return MigrationType.of(task.parts().stream().map(TaskTranslation::part).toList());
    }

    private static MigrationType.Part part(Part part) {
        return switch (part) {
            case SCHEMA -> MigrationType.Part.SCHEMA;
            case FULL -> MigrationType.Part.FULL;
            case INCREMENTAL -> MigrationType.Part.INCREMENTAL;
            case VERIFICATION -> MigrationType.Part.FULL_VERIFICATION;
            case REVERSE -> MigrationType.Part.REVERSE_INCREMENT;
        };
    }

    private static Stage stage(TaskState state) {
        return switch (state.stage()) {
            case PRECHECK -> Stage.PRECHECK;
            case SCHEMA -> Stage.SCHEMA_MIGRATION;
            case FULL -> Stage.FULL_MIGRATION;
            case INCREMENTAL -> Stage.INCREMENTAL_SYNC;
            case VERIFICATION -> Stage.FULL_VERIFICATION;
            case SWITCHOVER -> Stage.FORWARD_SWITCHOVER;
            case REVERSE -> Stage.REVERSE_INCREMENT;
            case SWITCH_BACK -> Stage.SWITCH_BACK;
        };
    }

    private static StageProgress.State going(TaskState state) {
        boolean paused = state.status() == Status.STOPPED || state.status() == Status.RESUMING;
        if (paused && (state.going() == Going.RUNNING || state.going() == Going.MONITORING)) {
            return StageProgress.State.SUSPENDED;
        }
        return switch (state.going()) {
            case WAITING -> StageProgress.State.WAITING;
            case RUNNING -> StageProgress.State.RUNNING;
            case MONITORING -> StageProgress.State.MONITORING;
            case FAILED -> StageProgress.State.FAILED;
            case FINISHED -> StageProgress.State.FINISHED;
            case SKIPPED -> StageProgress.State.SKIPPED;
        };
    }

    private static SwitchoverStep step(Step step) {
        return switch (step) {
            case START -> SwitchoverStep.START_FORWARD_SWITCHOVER;
            case PRECHECK -> SwitchoverStep.SWITCHOVER_PRECHECK;
            case TARGET_STORE -> SwitchoverStep.START_TARGET_STORE;
            case WRITES_STOPPED -> SwitchoverStep.CONFIRM_WRITES_STOPPED;
            case CAUGHT_UP -> SwitchoverStep.CONFIRM_SYNC_TIMESTAMP;
            case FORWARD_STOPPED -> SwitchoverStep.STOP_FORWARD_SYNC;
            case OBJECTS -> SwitchoverStep.PROCESS_DATABASE_OBJECTS;
            case REVERSE_STARTED -> SwitchoverStep.START_REVERSE_INCREMENT;
        };
    }

    private static AlertLevel level(Protection protection) {
        return switch (protection) {
            case NONE -> AlertLevel.NO_PROTECTION;
            case LOW -> AlertLevel.LOW;
            case MEDIUM -> AlertLevel.MEDIUM;
            case HIGH -> AlertLevel.HIGH;
        };
    }
}
