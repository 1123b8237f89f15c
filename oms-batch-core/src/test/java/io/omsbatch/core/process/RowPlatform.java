package io.omsbatch.core.process;

import com.zaxxer.hikari.HikariDataSource;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.api.task.MigrationType;
import io.omsbatch.api.task.SwitchoverStep;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.journal.jdbc.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** The database of a platform whose tasks are rows: makes it, and looks into it from outside. */
final class RowPlatform implements AutoCloseable {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /** Parts of the types that tasks have, one after the other. */
    private static final List<MigrationType> TYPES = List.of(
            MigrationType.complete(),
            MigrationType.of(
                    MigrationType.Part.FULL, MigrationType.Part.INCREMENTAL, MigrationType.Part.FULL_VERIFICATION));

    /** A command that came, as it was taken down in the transaction of its effect. */
    record Arrival(Instant at, String run, String key, int attempt, long token, String task, Did did) {}

    /** What it ordered, and what came of it. */
    record Did(String what, String verdict) {}

    private final String url;
    private final HikariDataSource source;
    private final AtomicInteger tasks = new AtomicInteger();

    private RowPlatform(String url, HikariDataSource source) {
        this.url = url;
        this.source = source;
    }

    /** Makes an empty platform in a database of its own. Only its users die, so its commits need not wait for the disk. */
    static RowPlatform in(TestDatabase server) {
        String name = "platform_" + NUMBERS.incrementAndGet();
        server.execute("CREATE DATABASE " + name);
        String url = server.url().replace("/postgres?", "/" + name + "?") + "&options=-c%20synchronous_commit=off";
        RowPlatform platform = new RowPlatform(url, TestDatabase.pool(url, server.user(), server.password()));
        platform.update(script());
        return platform;
    }

    private static String script() {
        try (InputStream script = RowPlatform.class.getResourceAsStream("platform.sql")) {
            if (script == null) {
                throw new IOException("platform.sql is not on the class path");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    String url() {
        return url;
    }

    DataSource source() {
        return source;
    }

    /** Adds a task for which an operation is ripe. */
    TaskRef task(OperationKind ripeFor) {
        int number = tasks.incrementAndGet();
        MigrationType type = TYPES.get(number % TYPES.size());
        String id = "t" + number;
        String state = switch (ripeFor) {
            case START -> "'NOT_STARTED', 'PRECHECK', 'WAITING'";
            case STOP, MODIFY_ALERT_LEVEL -> "'RUNNING', 'INCREMENTAL_SYNC', 'MONITORING'";
            case RESUME, END -> "'STOPPED', 'INCREMENTAL_SYNC', 'MONITORING'";
            case DELETE -> "'ENDED', 'INCREMENTAL_SYNC', 'MONITORING'";
            case SKIP_FULL_VERIFICATION -> "'RUNNING', 'FULL_VERIFICATION', 'RUNNING'";
            case ENTER_FORWARD_SWITCHOVER -> "'RUNNING', 'FULL_VERIFICATION', 'FINISHED'";
            case FORWARD_SWITCHOVER -> "'RUNNING', 'FORWARD_SWITCHOVER', 'RUNNING'";
            case ENTER_SWITCH_BACK, SWITCH_BACK ->
                throw new IllegalArgumentException("this platform does not switch back");
        };
        String steps = type.switchoverSteps().stream().map(SwitchoverStep::name).collect(Collectors.joining(","));
        String parts = type.parts().stream().map(Enum::name).collect(Collectors.joining(","));
        update("INSERT INTO task (id, parts, steps, status, stage, stage_state) VALUES ('" + id + "', '" + parts
                + "', '{" + steps + "}', " + state + ")");
        if (ripeFor == OperationKind.FORWARD_SWITCHOVER) {
            update("UPDATE task SET step = steps[1], step_state = 'WAITING', forward = 'RUNNING' WHERE id = '" + id
                    + "'");
        }
        return TaskRow.ref(id);
    }

    void remove(TaskRef task) {
        update("DELETE FROM task WHERE id = '" + task.id() + "'");
    }

    /** Wishes for an operation over new tasks. */
    void wish(String request, OperationKind kind, int size) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            ids.add(task(kind).id());
        }
        update("INSERT INTO wish (request, operation, tasks) VALUES ('" + request + "', '" + kind + "', '{"
                + String.join(",", ids) + "}')");
    }

    /** Returns the wishes of which nobody has said that they are fulfilled. */
    List<String> openWishes() {
        return query(
                "SELECT * FROM wish WHERE NOT done",
                row -> row.getString("request") + " " + row.getString("operation") + " " + row.getArray("tasks"));
    }

    /** Returns all requests that were wished for. */
    List<String> requests() {
        return query("SELECT request FROM wish ORDER BY number", row -> row.getString("request"));
    }

    /** Returns what came, in the order in which it was judged. */
    List<Arrival> ledger() {
        return query(
                "SELECT * FROM ledger ORDER BY seq",
                row -> new Arrival(
                        row.getTimestamp("at").toInstant(),
                        row.getString("run"),
                        row.getString("key"),
                        row.getInt("attempt"),
                        row.getLong("token"),
                        row.getString("task"),
                        new Did(row.getString("what"), row.getString("verdict"))));
    }

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> query(String sql, Reader<T> reader) {
        List<T> found = new ArrayList<>();
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                found.add(reader.read(row));
            }
        } catch (SQLException broken) {
            throw new AssertionError(sql, broken);
        }
        return found;
    }

    void update(String sql) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.executeUpdate();
        } catch (SQLException broken) {
            throw new AssertionError(sql, broken);
        }
    }

    @Override
    public void close() {
        source.close();
    }
}
