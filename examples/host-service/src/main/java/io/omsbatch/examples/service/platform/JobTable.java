package io.omsbatch.examples.service.platform;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The jobs as rows. */
final class JobTable {

    private static final List<String> COLUMNS = List.of(
            "id",
            "name",
            "revision",
            "status",
            "stage",
            "mark",
            "alarm",
            "work",
            "work_due",
            "step",
            "step_state",
            "step_due",
            "log_start",
            "stop_point",
            "followed_until",
            "back",
            "obstacle");

    /** What a stage's own progress is called in the column of what was ordered. */
    private static final String BY_ITSELF = "BY_ITSELF";

    private final JdbcClient client;

    JobTable(JdbcClient client) {
        this.client = client;
    }

    Optional<Job> find(String id) {
        return find(List.of(id)).stream().findFirst();
    }

    List<Job> find(Collection<String> ids) {
        return client.sql("SELECT * FROM job WHERE id IN (:ids)")
                .param("ids", ids)
                .query((row, number) -> job(row))
                .list();
    }

    List<Job> after(String id, int most) {
        return client.sql("SELECT * FROM job WHERE id > :id ORDER BY id LIMIT :most")
                .param("id", id)
                .param("most", most)
                .query((row, number) -> job(row))
                .list();
    }

    void write(Job job) {
        String marks = COLUMNS.stream().map(column -> "?").collect(Collectors.joining(", "));
        JdbcClient.StatementSpec statement =
                client.sql("MERGE INTO job (" + String.join(", ", COLUMNS) + ") KEY (id) VALUES (" + marks + ")");
        statement.params(values(job)).update();
    }

    void delete(String id) {
        client.sql("DELETE FROM job WHERE id = :id").param("id", id).update();
    }

    private static List<@Nullable Object> values(Job job) {
        Life life = job.life();
        Life.Work work = life.work();
        List<@Nullable Object> values = new ArrayList<>(Arrays.<@Nullable Object>asList(
                job.id(),
                job.name(),
                job.revision(),
                life.status().name(),
                life.stage().name(),
                life.mark().name(),
                life.alarm().name(),
                work == null
                        ? null
                        : work.what() == null ? BY_ITSELF : work.what().name(),
                work == null ? null : work.due().toEpochMilli()));
        Cut cut = job.cut();
        Cut.Links links = cut == null ? Cut.Links.untouched() : cut.links();
        values.addAll(Arrays.<@Nullable Object>asList(
                cut == null ? null : cut.step().name(),
                cut == null ? null : cut.state().name(),
                cut == null ? null : millis(cut.due()),
                millis(links.logStart()),
                millis(links.stopPoint()),
                millis(links.followedUntil()),
                links.back(),
                job.obstacle()));
        return values;
    }

    private static Job job(ResultSet row) throws SQLException {
        String work = row.getString("work");
        Instant due = instant(row, "work_due");
        Life life = new Life(
                JobStatus.valueOf(row.getString("status")),
                JobStage.valueOf(row.getString("stage")),
                JobStage.Mark.valueOf(row.getString("mark")),
                Alarm.valueOf(row.getString("alarm")),
                work == null || due == null
                        ? null
                        : new Life.Work(work.equals(BY_ITSELF) ? null : Order.valueOf(work), due));
        return new Job(
                row.getString("id"),
                row.getString("name"),
                row.getLong("revision"),
                life,
                cut(row),
                row.getString("obstacle"));
    }

    private static @Nullable Cut cut(ResultSet row) throws SQLException {
        String step = row.getString("step");
        if (step == null) {
            return null;
        }
        Cut.Links links = new Cut.Links(
                instant(row, "log_start"),
                instant(row, "stop_point"),
                instant(row, "followed_until"),
                row.getBoolean("back"));
        CutStep.State state = CutStep.State.valueOf(row.getString("step_state"));
        return new Cut(CutStep.valueOf(step), state, instant(row, "step_due"), links);
    }

    private static @Nullable Long millis(@Nullable Instant at) {
        return at == null ? null : at.toEpochMilli();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
