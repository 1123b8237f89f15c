package io.omsbatch.examples.cluster.fleet;

import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.task.SwitchoverProgress;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.examples.cluster.database.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The platform. A command is taken in one transaction with its fencing token and its key: as a whole, once, or not at all. Thread-safe.
 */
final class Fleet {
    static final String PLATFORM = "fleet";

    private static final String COLUMNS = "id, parts, step, over_at, stop_at, clock_timestamp() AS now";
    private static final GatewayReply FENCED =
            GatewayReply.refused("FENCED", "a newer owner of this run was seen", "leave the run to its present owner");

    private final Database database;
    private final String replica;

    /**
     * The platform as a replica uses it.
     *
     * @param database where its tables are
     * @param replica who is noted as the cause of what is done
     */
    Fleet(Database database, String replica) {
        this.database = database;
        this.replica = replica;
    }

    List<FleetTask> read(Collection<String> ids) {
        return database.query("SELECT " + COLUMNS + " FROM task WHERE id = ANY (?)", Fleet::task, (Object)
                ids.toArray(String[]::new));
    }

    List<FleetTask> page(String after, int size) {
        return database.query(
                "SELECT " + COLUMNS + " FROM task WHERE id COLLATE \"C\" > ? ORDER BY id COLLATE \"C\" LIMIT ?",
                Fleet::task,
                after,
                size);
    }

    GatewayReply take(StepCommand command) {
        return database.transaction(connection -> decide(connection, command));
    }

    private GatewayReply decide(Connection connection, StepCommand command) throws SQLException {
        String id = command.task().id();
        long token = command.context().token().value();
        long highest = Database.query(
                        connection,
                        "INSERT INTO fence AS f VALUES (?, ?) ON CONFLICT (run_id)"
                                + " DO UPDATE SET token = greatest(f.token, excluded.token) RETURNING token",
                        row -> row.getLong(1),
                        command.context().runId(),
                        token)
                .get(0);
        if (token < highest) {
            Database.update(connection, "INSERT INTO refused VALUES (?, ?)", id, replica);
            return FENCED;
        }
        if (seen(connection, command.context().key())) {
            return GatewayReply.accepted();
        }
        List<FleetTask> found =
                Database.query(connection, "SELECT " + COLUMNS + " FROM task WHERE id = ? FOR UPDATE", Fleet::task, id);
        return found.isEmpty()
                ? GatewayReply.refused("NO_SUCH_TASK", "there is no task " + id, "look at the list of tasks")
                : carryOut(connection, command, found.get(0));
    }

    private GatewayReply carryOut(Connection connection, StepCommand command, FleetTask task) throws SQLException {
        SwitchoverProgress progress = task.progress();
        SwitchoverStep step = command.step();
        if (command.round() != progress.round()) {
            return GatewayReply.refused(
                    "OTHER_ROUND", task.ref() + " is in round " + progress.round(), "look at the task again");
        }
        boolean begun = progress.isOver(step)
                || (progress.step() == step && progress.state() == SwitchoverProgress.State.RUNNING);
        if (!begun && progress.step() != step) {
            return GatewayReply.refused(
                    "NOT_AT_THIS_STEP", task.ref() + " is at " + progress, "bring it to that step first");
        }
        if (!begun) {
            begin(connection, command, task.ref().id());
        }
        Database.update(
                connection, "INSERT INTO command VALUES (?)", command.context().key());
        return GatewayReply.accepted();
    }

    /** A step takes up to a quarter of a second; one that is skipped takes none. */
    private void begin(Connection connection, StepCommand command, String id) throws SQLException {
        String duration = command.action() == StepCommand.Action.SKIP ? "0" : "50 + random() * 200";
        Database.update(
                connection,
                "UPDATE task SET step = ?, over_at = clock_timestamp() + (" + duration + ") * interval '1 ms'"
                        + " WHERE id = ?",
                command.step().name(),
                id);
        if (command.step() == SwitchoverStep.CONFIRM_WRITES_STOPPED) {
            Database.update(connection, "UPDATE task SET stop_at = over_at WHERE id = ?", id);
        }
        Database.update(
                connection,
                "INSERT INTO effect (task_id, step, replica, run_id, token) VALUES (?, ?, ?, ?, ?)",
                id,
                command.step().name(),
                replica,
                command.context().runId(),
                command.context().token().value());
    }

    private static boolean seen(Connection connection, String key) throws SQLException {
        return !Database.query(connection, "SELECT 1 FROM command WHERE key = ?", row -> true, key)
                .isEmpty();
    }

    private static FleetTask task(ResultSet row) throws SQLException {
        return new FleetTask(
                new TaskRef(PLATFORM, row.getString("id")),
                FleetTask.type(row.getString("parts")),
                SwitchoverStep.valueOf(row.getString("step")),
                instant(row.getObject("over_at", OffsetDateTime.class)),
                instant(row.getObject("stop_at", OffsetDateTime.class)),
                row.getObject("now", OffsetDateTime.class).toInstant());
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
