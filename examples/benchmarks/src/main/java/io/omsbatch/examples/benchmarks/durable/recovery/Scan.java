package io.omsbatch.examples.benchmarks.durable.recovery;

import io.omsbatch.examples.benchmarks.durable.store.Database;
import io.omsbatch.examples.benchmarks.frame.Iteration;
import io.omsbatch.examples.benchmarks.frame.WrongOutcomesException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** By hand: reads all facts of the dead run once. */
final class Scan implements Iteration {

    private static final int FETCH = 1_000;
    private static final String FACTS =
            "SELECT seq, token, kind, platform, task, step, attempt, happened_at, code, detail"
                    + " FROM oms_batch_entry ORDER BY run_id, seq";

    private record Fact(
            String kind,
            @Nullable String step,
            int attempt,
            Instant at,
            String code,
            @Nullable String detail) {}

    private final Database database;
    private final DataSource pool;
    private final int items;
    private final Map<String, Fact> last = new HashMap<>();
    private double millis;

    Scan(Database database, FilePlatform platform, int items) {
        this.database = database;
        this.pool = database.pool(1);
        this.items = items;
    }

    @Override
    public void run() throws SQLException {
        long begun = System.nanoTime();
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(FETCH);
                try (ResultSet rows = statement.executeQuery(FACTS)) {
                    while (rows.next()) {
                        keep(rows);
                    }
                }
            }
            connection.rollback();
        }
        millis = (System.nanoTime() - begun) / 1e6;
    }

    private void keep(ResultSet row) throws SQLException {
        String task = row.getString(5);
        if (task != null) {
            last.put(
                    task,
                    new Fact(
                            row.getString(3),
                            row.getString(6),
                            row.getInt(7),
                            row.getTimestamp(8).toInstant(),
                            row.getString(9),
                            row.getString(10)));
        }
    }

    @Override
    public void verify() {
        long over = last.values().stream()
                .filter(fact -> fact.kind().equals("OUTCOME"))
                .count();
        if (over < items / 2) {
            throw new WrongOutcomesException("only " + over + " of " + items + " tasks have an outcome");
        }
    }

    @Override
    public Map<String, Double> notes() {
        return Map.of(RecoveryWorkloads.FIRST, millis);
    }

    @Override
    public void close() {
        database.close();
    }
}
