package io.omsbatch.examples.benchmarks.durable.cutover;

import io.omsbatch.examples.benchmarks.durable.store.Calls;
import io.omsbatch.examples.benchmarks.durable.store.CheckedIteration;
import io.omsbatch.examples.benchmarks.durable.store.Database;
import io.omsbatch.examples.benchmarks.durable.store.OutcomeTable;
import io.omsbatch.examples.benchmarks.durable.store.OutcomeTable.Fact;
import io.omsbatch.examples.benchmarks.frame.Iteration;
import io.omsbatch.examples.benchmarks.frame.Subject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** By hand, outcomes only: step after step, so many calls, their outcomes, commit. */
final class StepFloor implements Subject {

    private final OutcomeTable table;
    private final DataSource pool;
    private final int atOnce;

    /** Opens it; it commits so many items of a step at once, at most. */
    StepFloor(Database database, int atOnce) {
        this.table = new OutcomeTable(database);
        this.pool = database.pool(1);
        this.atOnce = atOnce;
    }

    @Override
    public Iteration prepare(int items) {
        table.empty();
        Calls calls = new Calls(items, ArraySwitchover.STEPS);
        return CheckedIteration.of(calls, () -> callAll(calls), () -> table.check(items, ArraySwitchover.STEPS));
    }

    private void callAll(Calls calls) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            for (int number = 1; number <= ArraySwitchover.STEPS; number++) {
                int step = number;
                for (int from = 0; from < calls.items(); from += atOnce) {
                    int end = Math.min(calls.items(), from + atOnce);
                    List<Integer> items = IntStream.range(from, end).boxed().toList();
                    items.forEach(item -> calls.call(item, step));
                    OutcomeTable.insert(connection, Fact.OUTCOME, step, items);
                    connection.commit();
                }
            }
        }
    }
}
