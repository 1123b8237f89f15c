package io.omsbatch.core.internal.sql.run;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.journal.RunCursor;
import io.omsbatch.api.journal.RunFilter;
import io.omsbatch.api.journal.RunPage;
import io.omsbatch.api.journal.RunSummary;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.core.internal.sql.Dialect;
import io.omsbatch.core.internal.sql.FlatText;
import io.omsbatch.core.internal.sql.NotUnderstood;
import io.omsbatch.core.internal.sql.Row;
import io.omsbatch.core.internal.sql.Transactions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists runs without loading their plans, page by page along an index, so that each page costs the same. */
public final class RunListing {

    private static final Logger LOG = LoggerFactory.getLogger(RunListing.class);

    private static final String COLUMNS =
            "SELECT r.run_id, r.operation, r.confirmed_by, r.started_at, r.redrive_of, p.tasks, " + Ownership.COLUMNS;

    private static final String OF_RUN =
            " JOIN {lease} l ON l.run_id = r.run_id JOIN {plan} p ON p.plan_id = r.plan_id";

    /** A run of the list; without a summary if this version does not understand it. */
    private record Listed(RunCursor place, @Nullable RunSummary summary) {}

    private final Transactions transactions;

    private final Dialect database;

    /** Creates it. */
    public RunListing(Transactions transactions, Dialect database) {
        this.transactions = transactions;
        this.database = database;
    }

    /** Returns how one run stands. */
    public Optional<RunSummary> summary(String runId) {
        return transactions.run(
                runId,
                (sql, inDoubt) -> sql
                        .query(
                                COLUMNS + " FROM {run} r" + OF_RUN + " WHERE r.run_id = ?",
                                RunListing::summary,
                                FlatText.id(runId))
                        .stream()
                        .findFirst());
    }

    /** Returns a page. */
    public RunPage page(RunFilter filter, @Nullable RunCursor from, int most) {
        RunCondition condition = RunCondition.of(database, filter, from, most + 1);
        List<Object> values = new ArrayList<>(condition.values());
        values.add(most + 1);
        List<Listed> found = transactions.run(
                "-",
                (sql, inDoubt) -> sql.query(
                        COLUMNS + " FROM (" + condition.text() + ") k JOIN {run} r ON r.run_id = k.run_id" + OF_RUN
                                + " ORDER BY k.started_at DESC, k.run_id DESC LIMIT ?",
                        RunListing::listed,
                        values));
        String next = found.size() > most ? found.get(most - 1).place().text() : null;
        return new RunPage(
                found.stream()
                        .limit(most)
                        .map(Listed::summary)
                        .filter(Objects::nonNull)
                        .toList(),
                next);
    }

    /** A run of a newer version hides none of the others. */
    private static Listed listed(Row row) throws SQLException {
        RunCursor place = new RunCursor(row.time("started_at"), row.id("run_id"));
        try {
            return new Listed(place, summary(row));
        } catch (NotUnderstood wrong) {
            LOG.warn("Run {} is not understood, and not listed: {}", place.runId(), wrong.getMessage());
            return new Listed(place, null);
        }
    }

    /** Also of a newer form, as long as it is understood: an operator shall see such runs. */
    private static RunSummary summary(Row row) throws SQLException {
        try {
            Ownership ownership = Ownership.read(row);
            return new RunSummary(
                    row.id("run_id"),
                    row.oneOf(OperationKind.class, "operation"),
                    new Actor(row.id("confirmed_by")),
                    row.time("started_at"),
                    row.smallNumber("tasks"),
                    row.idOrNull("redrive_of"),
                    ownership.standing().ownedBy(ownership.owner(), ownership.expiresAt()));
        } catch (InvalidInputException wrong) {
            throw new NotUnderstood(String.valueOf(wrong.getMessage()));
        }
    }
}
