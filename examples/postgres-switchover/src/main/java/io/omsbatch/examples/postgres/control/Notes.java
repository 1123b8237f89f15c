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
                        "INSERT INTO database_object VALUES (?, ?, ?, ?, ?, ?)",
                        taskId,
                        position++,
                        object.id(),
                        object.description(),
                        object.going().name(),
                        object.message());
            }
        });
    }

    /** Notes that a full verification of a task has just found no difference. */
    public void verified(String taskId) {
        replace("verified", taskId, session -> session.update("INSERT INTO verified VALUES (?, now())", taskId));
    }

    /** When a full verification of these tasks last found no difference. */
    public Map<String, Instant> verified(Collection<String> taskIds) {
        Map<String, Instant> verified = new HashMap<>();
        try (Session session = control.open()) {
            session.list(
                    "SELECT task_id, at FROM verified WHERE task_id = ANY (?)",
                    row -> verified.put(row.getString(1), row.getTimestamp(2).toInstant()),
                    (Object) taskIds.toArray(String[]::new));
        }
        return verified;
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

    /** The objects of these tasks. */
    public Map<String, List<ObjectState>> objects(Collection<String> taskIds) {
        Map<String, List<ObjectState>> objects = new HashMap<>();
        try (Session session = control.open()) {
            session.list(
                    "SELECT task_id, id, description, going, message FROM database_object"
                            + " WHERE task_id = ANY (?) ORDER BY 1, position",
                    row -> objects.computeIfAbsent(row.getString(1), id -> new ArrayList<>())
                            .add(new ObjectState(
                                    row.getString(2),
                                    row.getString(3),
                                    ObjectState.Going.valueOf(row.getString(4)),
                                    row.getString(5))),
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
