package io.omsbatch.core.internal.sql.entry;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.Limits;
import io.omsbatch.api.journal.RunCommand;
import io.omsbatch.core.internal.sql.FlatText;
import io.omsbatch.core.internal.sql.NotUnderstood;
import io.omsbatch.core.internal.sql.Row;
import io.omsbatch.core.internal.sql.Sql;
import io.omsbatch.core.internal.sql.Transactions;
import io.omsbatch.core.internal.sql.plan.PlanTaskRow;
import io.omsbatch.core.internal.sql.run.Ownership;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The inboxes of runs. Whoever puts a command there locks the run first, so that it is put there once, in order, and never into
 * the inbox of a run that is being purged.
 */
public final class CommandTable {

    static final int FORMAT = 1;

    private static final Logger LOG = LoggerFactory.getLogger(CommandTable.class);

    /** How many waiting commands are remembered, so that each is told of once. */
    private static final int TOLD = 1_000;

    /** A command and its place among all of them. */
    private record Placed(Instant putAt, long place, RunCommand command) {}

    private final Transactions transactions;
    private final LongSupplier ids;

    /** Commands that are not understood and were told of, those told of first first; guards itself. */
    private final Set<String> told = new LinkedHashSet<>();

    /** Creates it; the numbers are unique in the journal and rise. */
    public CommandTable(Transactions transactions, LongSupplier ids) {
        this.transactions = transactions;
        this.ids = ids;
    }

    static boolean isId(String text) {
        try {
            return !Limits.id("command", text).isEmpty();
        } catch (InvalidInputException isNone) {
            return false;
        }
    }

    /** Puts a command into the inbox of its run, unless it is known there. */
    public void send(RunCommand command) {
        Sql.kept("RunCommand.sentAt", command.sentAt());
        String detail = PlanTaskRow.bounded("RunCommand.detail", FlatText.values(command.detail()));
        long place = ids.getAsLong();
        int unused = transactions.run(command.runId(), (sql, inDoubt) -> {
            if (!Ownership.lock(sql, Set.of(command.runId())).containsKey(command.runId())) {
                throw Ownership.noSuchRun(command.runId());
            }
            List<Long> known = sql.query(
                    "SELECT place FROM {command} WHERE run_id = ? AND command_id = ?",
                    row -> row.number("place"),
                    FlatText.id(command.runId()),
                    FlatText.id(command.id()));
            return known.isEmpty() ? insert(sql, command, detail, place) : 0;
        });
    }

    private static int insert(Sql sql, RunCommand command, String detail, long place) throws SQLException {
        return sql.update(
                "INSERT INTO {command} (run_id, command_id, put_at, place, sent_at, action, detail, format)"
                        + " VALUES (?, ?, {now}, ?, ?, ?, ?, ?)",
                FlatText.id(command.runId()),
                FlatText.id(command.id()),
                place,
                command.sentAt(),
                command.action(),
                detail,
                FORMAT);
    }

    /** Returns commands without an answer, those put there first first. */
    public List<RunCommand> commands(Set<String> runs, int most) {
        List<Object> ids = new ArrayList<>();
        for (String run : new TreeSet<>(runs)) {
            ids.add(FlatText.id(run));
        }
        List<Placed> found = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += Sql.CHUNK) {
            List<Object> values = new ArrayList<>(ids.subList(from, Math.min(from + Sql.CHUNK, ids.size())));
            String marks = Sql.marks(values.size(), "?");
            values.add(FORMAT);
            values.add(most);
            found.addAll(transactions.run(
                    "-",
                    (sql, inDoubt) -> sql
                            .query(
                                    "SELECT * FROM {command} WHERE answered IS NULL AND run_id IN " + marks
                                            + " ORDER BY CASE WHEN format = ? THEN 0 ELSE 1 END, put_at, place LIMIT ?",
                                    this::placed,
                                    values)
                            .stream()
                            .flatMap(placed -> placed)
                            .toList()));
        }
        return found.stream()
                .sorted(Comparator.comparing(Placed::putAt).thenComparingLong(Placed::place))
                .limit(most)
                .map(Placed::command)
                .toList();
    }

    /** A command of a newer version waits for an engine that understands it, and keeps nobody from the others. */
    private Stream<Placed> placed(Row row) throws SQLException {
        String run = row.id("run_id");
        try {
            row.requireFormat(FORMAT);
            return Stream.of(new Placed(
                    row.time("put_at"),
                    row.number("place"),
                    new RunCommand(
                            row.id("command_id"),
                            run,
                            row.time("sent_at"),
                            row.text("action"),
                            FlatText.readValues(row.text("detail")))));
        } catch (IllegalArgumentException | NotUnderstood | InvalidInputException wrong) {
            if (tellOnce(run + " " + row.text("command_id"))) {
                LOG.warn("Run {}: a command in its inbox is not understood and waits: {}", run, wrong.getMessage());
            }
            return Stream.empty();
        }
    }

    private boolean tellOnce(String command) {
        synchronized (told) {
            if (!told.add(command)) {
                return false;
            }
            if (told.size() > TOLD) {
                told.remove(told.iterator().next());
            }
            return true;
        }
    }

    /** Takes commands out of their inboxes: rows of the number of the fact with the answer, the run and the command. */
    static void answer(Sql sql, List<List<Object>> answers) throws SQLException {
        sql.batch(
                "UPDATE {command} SET answered = ? WHERE run_id = ? AND command_id = ? AND answered IS NULL", answers);
    }
}
