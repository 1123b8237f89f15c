package io.omsbatch.examples.postgres.control;

import io.omsbatch.examples.postgres.database.Lsn;
import io.omsbatch.examples.postgres.problem.Problem;
import io.omsbatch.examples.postgres.task.Going;
import io.omsbatch.examples.postgres.task.Links;
import io.omsbatch.examples.postgres.task.Part;
import io.omsbatch.examples.postgres.task.Protection;
import io.omsbatch.examples.postgres.task.Stage;
import io.omsbatch.examples.postgres.task.Status;
import io.omsbatch.examples.postgres.task.Step;
import io.omsbatch.examples.postgres.task.TaskRecord;
import io.omsbatch.examples.postgres.task.TaskState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A task as a row of the table, there and back. */
final class TaskRow {
    static final String COLUMNS =
            "id, parts, protection, status, stage, stage_going, step, step_going, undo, round, forward, reverse,"
                    + " store_start, stop_position, stop_at, problem_code, problem_message, problem_remedy, problem_retryable";
    static final String PARAMETERS = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::pg_lsn, ?::pg_lsn, ?, ?, ?, ?, ?";

    private TaskRow() {}

    static TaskRecord read(ResultSet row) throws SQLException {
        String step = row.getString("step");
        TaskState state = new TaskState(
                Status.valueOf(row.getString("status")),
                Stage.valueOf(row.getString("stage")),
                Going.valueOf(row.getString("stage_going")),
                step == null
                        ? null
                        : new TaskState.AtStep(
                                Step.valueOf(step),
                                Going.valueOf(row.getString("step_going")),
                                undo(row),
                                row.getInt("round")));
        return new TaskRecord(
                row.getString("id"),
                parts(row.getString("parts")),
                Protection.valueOf(row.getString("protection")),
                state,
                links(row),
                problem(row));
    }

    static @Nullable Object[] values(TaskRecord task) {
        TaskState state = task.state();
        Links links = task.links();
        Problem problem = task.problem();
        return new @Nullable Object[] {
            task.id(),
            task.parts().stream().map(Part::name).sorted().collect(Collectors.joining(",")),
            task.protection().name(),
            state.status().name(),
            state.stage().name(),
            state.going().name(),
            state.switchover() == null ? null : state.switchover().step().name(),
            state.switchover() == null ? null : state.switchover().going().name(),
            state.switchover() == null || state.switchover().undo() == null
                    ? null
                    : state.switchover().undo().name(),
            state.switchover() == null ? null : state.switchover().round(),
            links.forward(),
            links.reverse(),
            links.storeStart() == null ? null : links.storeStart().toString(),
            links.stop() == null ? null : links.stop().position().toString(),
            links.stop() == null ? null : OffsetDateTime.ofInstant(links.stop().at(), ZoneOffset.UTC),
            problem == null ? null : problem.code(),
            problem == null ? null : problem.message(),
            problem == null ? null : problem.remedy(),
            problem == null ? null : problem.retryable()
        };
    }

    private static @Nullable Step undo(ResultSet row) throws SQLException {
        String undo = row.getString("undo");
        return undo == null ? null : Step.valueOf(undo);
    }

    private static Links links(ResultSet row) throws SQLException {
        String storeStart = row.getString("store_start");
        String stop = row.getString("stop_position");
        return new Links(
                row.getBoolean("forward"),
                row.getBoolean("reverse"),
                storeStart == null ? null : Lsn.parse(storeStart),
                stop == null
                        ? null
                        : new Links.StopMark(
                                Lsn.parse(stop),
                                row.getObject("stop_at", OffsetDateTime.class).toInstant()));
    }

    private static @Nullable Problem problem(ResultSet row) throws SQLException {
        String code = row.getString("problem_code");
        return code == null
                ? null
                : new Problem(
                        code,
                        row.getString("problem_message"),
                        row.getString("problem_remedy"),
                        row.getBoolean("problem_retryable"));
    }

    private static Set<Part> parts(String text) {
        return Arrays.stream(text.split(",", -1))
                .filter(part -> !part.isEmpty())
                .map(Part::valueOf)
                .collect(Collectors.toSet());
    }
}
