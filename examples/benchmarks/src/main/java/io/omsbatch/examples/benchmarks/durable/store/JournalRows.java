package io.omsbatch.examples.benchmarks.durable.store;

import io.omsbatch.examples.benchmarks.frame.WrongOutcomesException;

/** The tables of a journal of this library, seen by SQL alone. */
public final class JournalRows {

    private static final String PREFIX = "oms_batch_";

    private final Database database;

    /**
     * Looks at the journal in a database.
     *
     * @param database the database
     */
    public JournalRows(Database database) {
        this.database = database;
    }

    /** Empties the tables, but for what says that they are a journal. */
    public void empty() {
        database.empty(PREFIX, PREFIX + "schema_version", PREFIX + "counter");
    }

    /**
     * Checks that each task has exactly one outcome, which is success, and an intent for each step.
     *
     * @param tasks how many tasks
     * @param steps how many steps each of them was commanded to do
     */
    public void check(int tasks, int steps) {
        expect(tasks, "SELECT COUNT(*) FROM oms_batch_entry WHERE kind = 'OUTCOME'");
        expect(tasks, "SELECT COUNT(DISTINCT task) FROM oms_batch_entry WHERE kind = 'OUTCOME' AND code = 'SUCCEEDED'");
        expect(
                (long) tasks * steps,
                "SELECT COUNT(*) FROM (SELECT DISTINCT task, step FROM oms_batch_entry WHERE kind = 'INTENT') intended");
    }

    private void expect(long wanted, String sql) {
        long found = database.number(sql);
        if (found != wanted) {
            throw new WrongOutcomesException(found + " rows instead of " + wanted + ": " + sql);
        }
    }
}
