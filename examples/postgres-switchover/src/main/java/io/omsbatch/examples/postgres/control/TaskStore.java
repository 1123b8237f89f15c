package io.omsbatch.examples.postgres.control;

import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.problem.Problem;
import io.omsbatch.examples.postgres.task.TaskRecord;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The tasks. A change is one short transaction: a long one would keep every new slot of this server waiting. Thread-safe.
 */
public final class TaskStore {
    private final ControlDatabase control;

    /** The tasks in {@code control}. */
    public TaskStore(ControlDatabase control) {
        this.control = control;
    }

    /** Adds a task; does nothing if one with this id is there. */
    public void add(TaskRecord task) {
        try (Session session = control.open()) {
            session.update(
                    "INSERT INTO task (" + TaskRow.COLUMNS + ") VALUES (" + TaskRow.PARAMETERS
                            + ") ON CONFLICT DO NOTHING",
                    TaskRow.values(task));
        }
    }

    /** Those of these tasks that exist. */
    public List<TaskRecord> read(Collection<String> ids) {
        try (Session session = control.open()) {
            return session.list("SELECT " + TaskRow.COLUMNS + " FROM task WHERE id = ANY (?)", TaskRow::read, (Object)
                    ids.toArray(String[]::new));
        }
    }

    /** Up to {@code size} tasks whose ids follow {@code after}. */
    public List<TaskRecord> page(String after, int size) {
        try (Session session = control.open()) {
            return session.list(
                    "SELECT " + TaskRow.COLUMNS
                            + " FROM task WHERE id COLLATE \"C\" > ? ORDER BY id COLLATE \"C\" LIMIT ?",
                    TaskRow::read,
                    after,
                    size);
        }
    }

    /** Every task. */
    public List<TaskRecord> all() {
        try (Session session = control.open()) {
            return session.list("SELECT " + TaskRow.COLUMNS + " FROM task ORDER BY id", TaskRow::read);
        }
    }

    /** Changes a task as it is now; does nothing if it is gone. Says whether anything changed. */
    public boolean change(String id, UnaryOperator<TaskRecord> change) {
        try (Session session = control.open()) {
            return session.atomically(() -> {
                Optional<TaskRecord> before = lock(session, id);
                Optional<TaskRecord> after = before.map(change).filter(task -> !before.equals(Optional.of(task)));
                after.ifPresent(task -> save(session, task));
                return after.isPresent();
            });
        }
    }

    /** Reads a task and keeps others from changing it until the session's transaction ends. */
    static Optional<TaskRecord> lock(Session session, String id) {
        return session.first("SELECT " + TaskRow.COLUMNS + " FROM task WHERE id = ? FOR UPDATE", TaskRow::read, id);
    }

    static void save(Session session, TaskRecord task) {
        Object[] values = TaskRow.values(task);
        Object[] withId = Arrays.copyOf(values, values.length + 1);
        withId[values.length] = task.id();
        session.update(
                "UPDATE task SET (" + TaskRow.COLUMNS + ", changed_at) = (" + TaskRow.PARAMETERS
                        + ", now()) WHERE id = ?",
                withId);
    }

    static void forget(Session session, String id) {
        session.update("DELETE FROM task WHERE id = ?", id);
        session.update("DELETE FROM finding WHERE task_id = ?", id);
        session.update("DELETE FROM database_object WHERE task_id = ?", id);
    }

    /** The problem of a task that does not exist. */
    static Problem noSuchTask(String id) {
        return Problem.of("NO_SUCH_TASK", "there is no task " + id, "look at the list of tasks");
    }
}
