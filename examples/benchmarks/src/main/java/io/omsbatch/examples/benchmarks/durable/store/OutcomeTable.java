package io.omsbatch.examples.benchmarks.durable.store;

import io.omsbatch.examples.benchmarks.frame.WrongOutcomesException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The rows of contenders that have no journal of their own: one a fact, with run, step, item, kind, status, attempts and time. */
public final class OutcomeTable {

    /** What a row says. */
    public enum Fact {
        /** That a call will be made. */
        INTENT("I"),
        /** What came of it. */
        OUTCOME("O");

        private final String code;

        Fact(String code) {
            this.code = code;
        }
    }

    private static final String PREFIX = "bench_";
    private static final String INSERT =
            "INSERT INTO bench_entry (run, step, item, kind, status, attempts, at) VALUES (?, ?, ?, ?, ?, ?, ?)";
    private static final String RUN = "run-1";

    private final Database database;

    /**
     * Makes the table, unless it is there.
     *
     * @param database where
     */
    public OutcomeTable(Database database) {
        this.database = database;
        database.execute("CREATE TABLE IF NOT EXISTS bench_entry (run VARCHAR(40) NOT NULL, step INT NOT NULL,"
                + " item INT NOT NULL, kind CHAR(1) NOT NULL, status VARCHAR(20) NOT NULL, attempts INT NOT NULL,"
                + " at BIGINT NOT NULL, PRIMARY KEY (run, step, item, kind))");
    }

    /** Empties it. */
    public void empty() {
        database.empty(PREFIX);
    }

    /**
     * Inserts facts in one batch; the caller commits.
     *
     * @param connection through which
     * @param fact what they say
     * @param step of which step
     * @param items of which items
     * @throws SQLException if that fails
     */
    public static void insert(Connection connection, Fact fact, int step, List<Integer> items) throws SQLException {
        long now = Instant.now().toEpochMilli();
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (int item : items) {
                insert.setString(1, RUN);
                insert.setInt(2, step);
                insert.setInt(3, item);
                insert.setString(4, fact.code);
                insert.setString(5, fact == Fact.INTENT ? "INTENDED" : "SUCCEEDED");
                insert.setInt(6, 1);
                insert.setLong(7, now);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /**
     * Checks that there is one outcome for each item and step; the primary key keeps out a second one.
     *
     * @param items how many items
     * @param steps how many steps
     */
    public void check(int items, int steps) {
        long found = database.number("SELECT COUNT(*) FROM bench_entry WHERE kind = 'O' AND status = 'SUCCEEDED'"
                + " AND item BETWEEN 0 AND " + (items - 1) + " AND step BETWEEN 1 AND " + steps);
        if (found != (long) items * steps) {
            throw new WrongOutcomesException(found + " outcomes are in the database, not " + (long) items * steps);
        }
    }
}
