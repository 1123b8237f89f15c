package io.omsbatch.examples.postgres.control;

import io.omsbatch.examples.postgres.cutover.ObjectState;
import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.precheck.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the worker wrote down about tasks: findings of the last precheck, and their database objects. Thread-safe. */
public final class Notes {
    private final ControlDatabase control;

    /** The notes in {@code control}. */
    public Notes(ControlDatabase control) {
        this.control = control;
    }

    /** Replaces the findings of a task. */
    public void findings(String taskId, List<Finding> findings) {
        replace("finding", taskId, session -> {
            int position = 0;
            for (Finding finding : findings) {
                session.update(
                        "INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?)",
                        taskId,
                        position++,
                        finding.id(),
                        finding.severity().name(),
                        finding.message(),
                        finding.remedy());
            }
        });
    }

    /** Replaces the objects of a task. */
    public void objects(String taskId, List<ObjectState> objects) {
        replace("database_object", taskId, session -> {
            int position = 0;
            for (ObjectState object : objects) {
                session.update(
                        "INSERT INTO database_object VALUES (?, ?, ?, ?, ?, ?, ?)",
                        taskId,
                        position++,
                        object.id(),
                        object.description(),
                        object.going().name(),
                        object.message(),
                        object.ours());
            }
        });
    }

    /** Notes that a full verification of a task has just found no difference. */
    public void verified(String taskId) {
        moment("verified", taskId);
    }

    /** Notes that a round of a task is over; what was noted of its objects belongs to that round. */
    public void roundOver(String taskId) {
        objects(taskId, List.of());
        moment("switched", taskId);
    }

    /** When a full verification of these tasks last found no difference. */
    public Map<String, Instant> verified(Collection<String> taskIds) {
        return moments("verified", taskIds);
    }

    /** When the last switchover of these tasks was over. */
    public Map<String, Instant> switched(Collection<String> taskIds) {
        return moments("switched", taskIds);
    }

    private void moment(String table, String taskId) {
        replace(table, taskId, session -> session.update("INSERT INTO " + table + " VALUES (?, now())", taskId));
    }

    private Map<String, Instant> moments(String table, Collection<String> taskIds) {
        Map<String, Instant> moments = new HashMap<>();
        try (Session session = control.open()) {
            session.list(
                    "SELECT task_id, at FROM " + table + " WHERE task_id = ANY (?)",
                    row -> moments.put(row.getString(1), row.getTimestamp(2).toInstant()),
                    (Object) taskIds.toArray(String[]::new));
        }
        return moments;
    }

    /** The findings of these tasks. */
    public Map<String, List<Finding>> findings(Collection<String> taskIds) {
        Map<String, List<Finding>> findings = new HashMap<>();
        try (Session session = control.open()) {
            session.list(
                    "SELECT task_id, id, severity, message, remedy FROM finding WHERE task_id = ANY (?) ORDER BY 1, position",
                    row -> findings.computeIfAbsent(row.getString(1), id -> new ArrayList<>())
                            .add(new Finding(
                                    row.getString(2),
                                    Finding.Severity.valueOf(row.getString(3)),
                                    row.getString(4),
                                    row.getString(5))),
                    (Object) taskIds.toArray(String[]::new));
        }
        return findings;
    }

    /** The objects of a task. */
    public List<ObjectState> objects(String taskId) {
        return objects(List.of(taskId)).getOrDefault(taskId, List.of());
    }

    /** The objects of these tasks. */
    public Map<String, List<ObjectState>> objects(Collection<String> taskIds) {
        Map<String, List<ObjectState>> objects = new HashMap<>();
        try (Session session = control.open()) {
            session.list(
                    "SELECT task_id, id, description, going, message, ours FROM database_object"
                            + " WHERE task_id = ANY (?) ORDER BY 1, position",
                    row -> objects.computeIfAbsent(row.getString(1), id -> new ArrayList<>())
                            .add(new ObjectState(
                                    row.getString(2),
                                    row.getString(3),
                                    ObjectState.Going.valueOf(row.getString(4)),
                                    row.getString(5),
                                    row.getBoolean(6))),
                    (Object) taskIds.toArray(String[]::new));
        }
        return objects;
    }

    private void replace(String table, String taskId, Insertion insertion) {
        try (Session session = control.open()) {
            session.atomically(() -> {
                session.update("DELETE FROM " + table + " WHERE task_id = ?", taskId);
                insertion.into(session);
                return taskId;
            });
        }
    }

    /** Inserts the new notes. */
    private interface Insertion {
        void into(Session session);
    }
}
