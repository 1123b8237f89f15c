package io.omsbatch.examples.cluster.fleet;

import io.omsbatch.api.switchover.StopPoint;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.switchover.SyncLinks;
import io.omsbatch.api.switchover.SyncSample;
import io.omsbatch.api.task.Lag;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.MigrationType.Part;
import io.omsbatch.api.task.Position;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task of the platform as it is at a moment. A step takes its time by itself: whoever looks later sees that it is over. Immutable.
 *
 * @param ref the task
 * @param type what it was configured with
 * @param step the step that it was last told to do, or stands before
 * @param overAt when that step is over; null before it is begun
 * @param stopAt when its write stop was read; null before
 * @param now the moment, by the platform's clock
 */
record FleetTask(
        TaskRef ref,
        MigrationType type,
        SwitchoverStep step,
        @Nullable Instant overAt,
        @Nullable Instant stopAt,
        Instant now) {

    private static final Position STORE_START = Position.of(1);
    private static final Position STOP = Position.of(1_000);

    /** Reads the parts of a type. */
    static MigrationType type(String parts) {
        return MigrationType.of(
                Arrays.stream(parts.split(",")).map(Part::valueOf).toList());
    }

    SwitchoverProgress progress() {
        if (overAt == null) {
            return new SwitchoverProgress(step, SwitchoverProgress.State.WAITING);
        }
        if (overAt.isAfter(now)) {
            return new SwitchoverProgress(step, SwitchoverProgress.State.RUNNING);
        }
        List<SwitchoverStep> steps = type.switchoverSteps();
        int next = steps.indexOf(step) + 1;
        return next < steps.size()
                ? new SwitchoverProgress(steps.get(next), SwitchoverProgress.State.WAITING)
                : new SwitchoverProgress(step, SwitchoverProgress.State.DONE);
    }

    MigrationTask task() {
        return MigrationTask.builder(ref)
                .name(ref.id())
                .status(TaskStatus.RUNNING)
                .type(type)
                .stage(Stage.FORWARD_SWITCHOVER, StageProgress.State.RUNNING)
                .switchover(progress())
                .latestTimestamp(type.has(Part.INCREMENTAL) ? now : null)
                .build();
    }

    SwitchoverSnapshot snapshot() {
        SwitchoverSnapshot snapshot = SwitchoverSnapshot.at(progress()).withLinks(links());
        if (!type.has(Part.INCREMENTAL)) {
            return snapshot;
        }
        return snapshot.withStopPoint(stopAt == null || stopAt.isAfter(now) ? null : new StopPoint(STOP, stopAt))
                .withSync(new SyncSample(STOP, new Lag.Known(Duration.ZERO), now));
    }

    private SyncLinks links() {
        SwitchoverProgress progress = progress();
        boolean forward = type.has(Part.INCREMENTAL);
        boolean reverse = type.has(Part.REVERSE_INCREMENT);
        return new SyncLinks(
                !forward
                        ? SyncLinks.State.ABSENT
                        : progress.isOver(SwitchoverStep.STOP_FORWARD_SYNC)
                                ? SyncLinks.State.STOPPED
                                : SyncLinks.State.RUNNING,
                reverse && progress.isOver(SwitchoverStep.START_REVERSE_INCREMENT)
                        ? SyncLinks.State.RUNNING
                        : SyncLinks.State.ABSENT,
                reverse && progress.isOver(SwitchoverStep.START_TARGET_STORE) ? STORE_START : null);
    }
}
