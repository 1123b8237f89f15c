package io.omsbatch.core.internal.sql.entry;

import io.omsbatch.api.journal.ClaimHolder;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.Subject;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.fact.ClaimEffect;
import io.omsbatch.core.internal.sql.FlatText;
import io.omsbatch.core.internal.sql.Sql;
import io.omsbatch.core.internal.sql.run.ClaimTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the facts of one transaction do to claims: only the first of a task counts, because no claim can come in between. The claims
 * are locked in the order in which others claim, or each could wait for the other.
 */
final class ClaimSettling {

    /** A task of a run. */
    private record Held(String runId, TaskRef task) {}

    private final Map<String, List<TaskRef>> released = new TreeMap<>();
    private final List<List<Object>> unsettled = new ArrayList<>();
    private final Set<Held> settled = new HashSet<>();

    void note(String runId, JournalRecord record) {
        ClaimEffect effect = ClaimEffect.of(record);
        Subject subject = record.subject();
        if (effect == ClaimEffect.NONE || subject == null || !settled.add(new Held(runId, subject.task()))) {
            return;
        }
        TaskRef task = subject.task();
        if (effect == ClaimEffect.UNSETTLES) {
            unsettled.add(
                    List.of(record.at(), FlatText.id(task.platform()), FlatText.id(task.id()), FlatText.id(runId)));
        } else {
            released.computeIfAbsent(runId, run -> new ArrayList<>()).add(task);
        }
    }

    void write(Sql sql) throws SQLException {
        Map<TaskRef, ClaimHolder> unused =
                ClaimTable.lock(sql, settled.stream().map(Held::task).toList());
        for (Map.Entry<String, List<TaskRef>> run : released.entrySet()) {
            ClaimTable.release(sql, run.getKey(), run.getValue());
        }
        sql.batch(
                "UPDATE {claim} SET unsettled = TRUE, since = ?"
                        + " WHERE platform = ? AND task = ? AND run_id = ? AND unsettled = FALSE",
                unsettled);
    }
}
