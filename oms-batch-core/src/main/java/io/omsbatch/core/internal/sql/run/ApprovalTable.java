package io.omsbatch.core.internal.sql.run;

import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.Approval;
import io.omsbatch.core.internal.sql.FlatText;
import io.omsbatch.core.internal.sql.Row;
import io.omsbatch.core.internal.sql.Sql;
import io.omsbatch.core.internal.sql.Transactions;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What second persons said of plans, and the approvals that runs needed. */
public final class ApprovalTable {

    private final Transactions transactions;

    /** Creates it. */
    public ApprovalTable(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Keeps what a second person says of a plan, in place of what the same person said before. */
    public void save(Approval approval) {
        Sql.kept("Approval.at", approval.at());
        transactions.run("-", (sql, inDoubt) -> {
            Object plan = FlatText.id(approval.fingerprint());
            Object actor = FlatText.id(approval.actor().name());
            sql.update("DELETE FROM {approval} WHERE approved_plan = ? AND approved_by = ?", plan, actor);
            return sql.update(
                    "INSERT INTO {approval} (approved_plan, approved_by, granted, reason, approved_at)"
                            + " VALUES (?, ?, ?, ?, ?)",
                    plan,
                    actor,
                    approval.granted(),
                    FlatText.text(approval.reason()),
                    approval.at());
        });
    }

    /** Finds what was said of a plan, oldest first. */
    public List<Approval> of(String fingerprint) {
        List<Approval> said = transactions.run(
                "-",
                (sql, inDoubt) -> sql.query(
                        "SELECT * FROM {approval} WHERE approved_plan = ? ORDER BY approved_at",
                        row -> approval(row, fingerprint, row.flag("granted")),
                        FlatText.id(fingerprint)));
        Map<Actor, Approval> newest = new LinkedHashMap<>();
        for (Approval approval : said) {
            newest.remove(approval.actor()); // two that came at the same time
            newest.put(approval.actor(), approval);
        }
        return List.copyOf(newest.values());
    }

    /** Returns the rows of the approval that a run needed, one at most. */
    static List<List<Object>> rowsOf(RunRecord run) {
        Approval approval = run.approval();
        return approval == null
                ? List.of()
                : List.of(List.of(
                        FlatText.id(run.runId()),
                        FlatText.id(approval.actor().name()),
                        FlatText.text(approval.reason()),
                        approval.at()));
    }

    /** Finds the approval that a run needed, or null if it needed none. */
    static @Nullable Approval ofRun(Sql sql, String runId, String fingerprint) throws SQLException {
        List<Approval> approved = sql.query(
                "SELECT * FROM {approved} WHERE run_id = ?",
                row -> approval(row, fingerprint, true),
                FlatText.id(runId));
        return approved.isEmpty() ? null : approved.get(0);
    }

    private static Approval approval(Row row, String fingerprint, boolean granted) throws SQLException {
        return new Approval(
                fingerprint,
                new Actor(row.id("approved_by")),
                granted,
                FlatText.readText(row.text("reason")),
                row.time("approved_at"));
    }
}
