package io.omsbatch.core.process;

import io.omsbatch.api.switchover.StopPoint;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.switchover.SyncLinks;
import io.omsbatch.api.switchover.SyncSample;
import io.omsbatch.api.task.AlertLevel;
import io.omsbatch.api.task.Lag;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.Position;
import io.omsbatch.api.task.Stage;
import io.omsbatch.api.task.StageProgress;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.api.task.TaskStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a task from its row. Positions are times in milliseconds; the source's moves with time, as with a heartbeat. */
final class TaskRow {

    static final String PLATFORM = "rows";

    private static final long SAMPLE_MILLIS = 50;
    private static final long LAG_MILLIS = 10;

    private TaskRow() {}

    static TaskRef ref(String id) {
        return new TaskRef(PLATFORM, id);
    }

    static MigrationTask task(ResultSet row) throws SQLException {
        List<MigrationType.Part> parts = Arrays.stream(row.getString("parts").split(","))
                .map(MigrationType.Part::valueOf)
                .toList();
        return MigrationTask.builder(ref(row.getString("id")))
                .type(MigrationType.of(parts))
                .status(TaskStatus.valueOf(row.getString("status")))
                .stage(Stage.valueOf(row.getString("stage")), StageProgress.State.valueOf(row.getString("stage_state")))
                .alertLevel(AlertLevel.valueOf(row.getString("level")))
                .switchover(progress(row).orElse(null))
                .build();
    }

    private static Optional<SwitchoverProgress> progress(ResultSet row) throws SQLException {
        return row.getString("step") == null
                ? Optional.empty()
                : Optional.of(new SwitchoverProgress(
                        SwitchoverStep.valueOf(row.getString("step")),
                        SwitchoverProgress.State.valueOf(row.getString("step_state"))));
    }

    static Optional<SwitchoverSnapshot> snapshot(ResultSet row) throws SQLException {
        Optional<SwitchoverProgress> progress = progress(row);
        if (progress.isEmpty()) {
            return Optional.empty();
        }
        Long stop = number(row, "stop_position");
        SyncLinks links = new SyncLinks(
                SyncLinks.State.valueOf(row.getString("forward")),
                SyncLinks.State.valueOf(row.getString("reverse")),
                position(number(row, "store_start")));
        return Optional.of(SwitchoverSnapshot.at(progress.get())
                .withLinks(links)
                .withStopPoint(
                        stop == null
                                ? null
                                : new StopPoint(Objects.requireNonNull(position(stop)), Instant.ofEpochMilli(stop)))
                .withSync(sample(row)));
    }

    /** While forward sync runs it is sampled every so often; when it was stopped, once more. */
    private static SyncSample sample(ResultSet row) throws SQLException {
        Long stopped = number(row, "stopped_at");
        if (stopped != null) {
            return new SyncSample(
                    Position.of(stopped - LAG_MILLIS),
                    new Lag.Unknown("forward sync is stopped"),
                    Instant.ofEpochMilli(stopped));
        }
        long now = row.getLong("now");
        long sampled = now - now % SAMPLE_MILLIS;
        return new SyncSample(
                Position.of(sampled - LAG_MILLIS),
                new Lag.Known(Duration.ofMillis(LAG_MILLIS)),
                Instant.ofEpochMilli(sampled));
    }

    private static @Nullable Position position(@Nullable Long millis) {
        return millis == null ? null : Position.of(millis);
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
