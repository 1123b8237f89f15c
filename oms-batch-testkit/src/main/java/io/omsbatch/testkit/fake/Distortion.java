package io.omsbatch.testkit.fake;

import io.omsbatch.api.switchover.StopPoint;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.switchover.SyncLinks;
import io.omsbatch.api.switchover.SyncSample;
import io.omsbatch.api.task.Lag;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.Position;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import io.omsbatch.testkit.fault.FaultKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Spoils what a call shows of one task. */
final class Distortion {

    private static final String POISON =
            "\u001b[2J\u001b]0;owned\u0007\r\nfake log line \u202e\u0000 " + "x".repeat(5_000);

    private Distortion() {}

    static void ofTasks(Map<TaskRef, MigrationTask> shown, TaskRef target, FaultKind kind) {
        MigrationTask task = shown.get(target);
        if (task == null) {
            return;
        }
        switch (kind) {
            case OMIT_TASK -> shown.remove(target);
            case OTHER_TASK -> {
                TaskRef other = other(target);
                shown.remove(target);
                shown.put(
                        other,
                        MigrationTask.builder(other).status(task.status()).build());
            }
            case UNKNOWN_STATUS ->
                shown.put(
                        target,
                        task.toBuilder()
                                .status(TaskStatus.UNRECOGNIZED)
                                .stage(Stage.UNRECOGNIZED, StageProgress.State.UNRECOGNIZED)
                                .switchover(task.switchover() == null ? null : unrecognized(task.switchover()))
                                .build());
            case POISON_NAME -> shown.put(target, task.toBuilder().name(POISON).build());
            default -> {}
        }
    }

    static void ofSnapshots(Map<TaskRef, SwitchoverSnapshot> shown, TaskRef target, FaultKind kind, Instant beginning) {
        SwitchoverSnapshot snapshot = shown.get(target);
        if (snapshot == null) {
            return;
        }
        SyncSample sync = snapshot.sync();
        StopPoint stop = snapshot.stopPoint();
        switch (kind) {
            case OMIT_TASK -> shown.remove(target);
            case OTHER_TASK -> {
                shown.remove(target);
                shown.put(other(target), snapshot);
            }
            case UNKNOWN_STATUS -> shown.put(target, SwitchoverSnapshot.at(unrecognized(snapshot.progress())));
            case LAG_SKEWED -> {
                if (sync != null) {
                    Lag negative =
                            Lag.of(Duration.ofSeconds(-5), sync.sampledAt(), sync.sampledAt(), Duration.ofMinutes(1));
                    shown.put(target, snapshot.withSync(new SyncSample(sync.applied(), negative, sync.sampledAt())));
                }
            }
            case LAG_UNKNOWN -> shown.put(target, snapshot.withSync(null));
            case SAMPLE_FROZEN -> {
                if (sync != null) {
                    shown.put(
                            target,
                            snapshot.withSync(new SyncSample(
                                    Position.of(beginning.toEpochMilli()), new Lag.Known(Duration.ZERO), beginning)));
                }
            }
            case LINKS_UNKNOWN -> shown.put(target, snapshot.withLinks(SyncLinks.unknown()));
            case STOP_POINT_EARLY -> {
                if (stop != null) {
                    shown.put(
                            target,
                            snapshot.withStopPoint(
                                    new StopPoint(Position.of(beginning.toEpochMilli()), beginning.minusSeconds(1))));
                }
            }
            default -> {}
        }
    }

    private static SwitchoverProgress unrecognized(SwitchoverProgress real) {
        return new SwitchoverProgress(SwitchoverStep.UNRECOGNIZED, SwitchoverProgress.State.UNRECOGNIZED, real.round());
    }

    private static TaskRef other(TaskRef asked) {
        return new TaskRef(asked.platform(), "somebody-elses");
    }
}
