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

/**
 * What the facts of one transaction do to claims: only the first of a task counts, because no claim can come in between. The claims
 * are locked in the order in which others claim, or each could wait for the other.
 */
final class ClaimSettling {

    /** A task of a run. */
    private record Held(String runId, TaskRef task) {}

    private final List<List<Object>> released = new ArrayList<>();
    private final List<List<Object>> unsettled = new ArrayList<>();
    private final Set<Held> settled = new HashSet<>();

    void note(String runId, JournalRecord record) {
        ClaimEffect effect = ClaimEffect.of(record);
        Subject subject = record.subject();
        if (effect == ClaimEffect.NONE || subject == null || !settled.add(new Held(runId, subject.task()))) {
            return;
        }
        String platform = FlatText.id(subject.task().platform());
        String task = FlatText.id(subject.task().id());
        if (effect == ClaimEffect.UNSETTLES) {
            unsettled.add(List.of(record.at(), platform, task, FlatText.id(runId)));
        } else {
            released.add(List.of(platform, task, FlatText.id(runId)));
        }
    }

    void write(Sql sql) throws SQLException {
        Map<TaskRef, ClaimHolder> unused =
                ClaimTable.lock(sql, settled.stream().map(Held::task).toList());
        sql.batch("DELETE FROM {claim} WHERE platform = ? AND task = ? AND run_id = ? AND unsettled = FALSE", released);
        sql.batch(
                "UPDATE {claim} SET unsettled = TRUE, since = ?"
                        + " WHERE platform = ? AND task = ? AND run_id = ? AND unsettled = FALSE",
                unsettled);
    }
}
