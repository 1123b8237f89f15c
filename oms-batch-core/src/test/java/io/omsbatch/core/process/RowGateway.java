package io.omsbatch.core.process;

import io.omsbatch.api.gateway.CommandContext;
import io.omsbatch.api.gateway.GatewayCapabilities;
import io.omsbatch.api.gateway.GatewayCapability;
import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.StepCommand;
import io.omsbatch.api.gateway.SwitchoverGateway;
import io.omsbatch.api.gateway.TaskCommand;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.switchover.SwitchoverSnapshot;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The gateway to a platform whose tasks are rows of a database, see platform.sql. A command is one statement there: its effect
 * comes some time after it was sent, whether or not the process that sent it still lives, and is written with it.
 */
final class RowGateway implements SwitchoverGateway {

    private static final String COMMAND = "SELECT command(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::interval, ?::interval)";
    private static final String NOW = ", millis(clock_timestamp()) AS now";

    private final DataSource source;
    private static final int ONLY_ROUND = 1;

    private final GatewayCapabilities capabilities;
    private final Tempo tempo;
    private final Consumer<String> beforeSending;

    /**
     * Creates a gateway.
     *
     * @param source the platform's database
     * @param manners what the platform can do
     * @param tempo how long it takes
     * @param beforeSending is told of each command when nothing is left to do but to send it; may hold it up
     */
    RowGateway(DataSource source, Manners manners, Tempo tempo, Consumer<String> beforeSending) {
        this.tempo = tempo;
        this.source = source;
        this.capabilities = manners.capabilities();
        this.beforeSending = beforeSending;
    }

    @Override
    public GatewayCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public Map<TaskRef, MigrationTask> read(Set<TaskRef> tasks) {
        Map<TaskRef, MigrationTask> shown = new HashMap<>();
        look(tasks, row -> {
            MigrationTask task = TaskRow.task(row);
            shown.put(task.ref(), task);
        });
        return shown;
    }

    @Override
    public Map<TaskRef, SwitchoverSnapshot> observe(Set<TaskRef> tasks) {
        Map<TaskRef, SwitchoverSnapshot> shown = new HashMap<>();
        look(tasks, row -> {
            TaskRef ref = TaskRow.ref(row.getString("id"));
            TaskRow.snapshot(row).ifPresent(snapshot -> shown.put(ref, snapshot));
        });
        return shown;
    }

    private interface Reader {
        void take(ResultSet row) throws SQLException;
    }

    private void look(Set<TaskRef> tasks, Reader reader) {
        String sql = "SELECT s.*" + NOW + " FROM task t, LATERAL settled(t) s WHERE t.id = ANY (?)";
        Object[] ids = tasks.stream().map(TaskRef::id).toArray();
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", ids));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.take(rows);
                }
            }
        } catch (SQLException failure) {
            throw GatewayException.transientFailure("the tasks could not be read", failure);
        }
    }

    @Override
    public TaskPage list(@Nullable String from, int size) {
        String sql = "SELECT s.* FROM task t, LATERAL settled(t) s WHERE t.id > ? ORDER BY t.id LIMIT ?";
        List<MigrationTask> page = new ArrayList<>();
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, from == null ? "" : from);
            statement.setInt(2, size);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    page.add(TaskRow.task(rows));
                }
            }
        } catch (SQLException failure) {
            throw GatewayException.transientFailure("the tasks could not be listed", failure);
        }
        return new TaskPage(
                page,
                page.size() < size ? null : page.get(page.size() - 1).ref().id());
    }

    @Override
    public GatewayReply command(TaskCommand command) {
        String level = command.operation() instanceof BatchOperation.ModifyAlertLevel modify
                ? modify.level().name()
                : null;
        return send(command.task(), command.operation().kind().name(), false, level, command.context());
    }

    @Override
    public GatewayReply command(StepCommand command) {
        if (command.round() != ONLY_ROUND) {
            return GatewayReply.refused(
                    "OTHER_ROUND", "this platform never switches back, so " + command.task() + " has one round", "");
        }
        boolean skip = command.action() == StepCommand.Action.SKIP;
        return send(command.task(), command.step().name(), skip, null, command.context());
    }

    private GatewayReply send(TaskRef task, String what, boolean skip, @Nullable String level, CommandContext context) {
        Connection connection;
        try {
            connection = source.getConnection();
        } catch (SQLException nothingSent) {
            throw GatewayException.transientFailure("no connection to the platform", nothingSent);
        }
        try (connection;
                PreparedStatement statement = connection.prepareStatement(COMMAND)) {
            beforeSending.accept(what);
            statement.setString(1, context.runId());
            statement.setString(2, context.key());
            statement.setInt(3, context.attempt());
            statement.setLong(4, context.token().value());
            statement.setString(5, task.id());
            statement.setString(6, what);
            statement.setBoolean(7, skip);
            statement.setString(8, level);
            statement.setBoolean(9, capabilities.has(GatewayCapability.FENCING));
            statement.setBoolean(10, capabilities.has(GatewayCapability.DEDUPLICATION));
            statement.setTimestamp(11, latest(context));
            statement.setString(12, millis(tempo.delayMillis()));
            statement.setString(13, millis(tempo.settleMillis(what)));
            try (ResultSet answer = statement.executeQuery()) {
                answer.next();
                return reply(answer.getString(1), task, what);
            }
        } catch (SQLException lost) {
            throw GatewayException.ambiguous("the platform's answer was lost", lost);
        }
    }

    /** The platform itself lets no effect begin later than this; null where nothing is promised. */
    private @Nullable Timestamp latest(CommandContext context) {
        return capabilities.maximumEffectDelay() == null
                ? null
                : Timestamp.from(context.deadline().plus(Manners.GRACE));
    }

    private static String millis(int number) {
        return number + " milliseconds";
    }

    private static GatewayReply reply(String verdict, TaskRef task, String what) {
        return switch (verdict) {
            case "EFFECT", "REPEATED", "NEEDLESS" -> GatewayReply.accepted();
            case "LATE" -> throw GatewayException.transientFailure(what + " came too late to take effect", null);
            default ->
                GatewayReply.refused(verdict, "the platform does not take " + what + " of " + task, "look at it");
        };
    }
}
