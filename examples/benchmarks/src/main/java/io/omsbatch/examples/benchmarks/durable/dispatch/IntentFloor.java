package io.omsbatch.examples.benchmarks.durable.dispatch;

import io.omsbatch.examples.benchmarks.durable.store.Calls;
import io.omsbatch.examples.benchmarks.durable.store.CheckedIteration;
import io.omsbatch.examples.benchmarks.durable.store.Database;
import io.omsbatch.examples.benchmarks.durable.store.Load;
import io.omsbatch.examples.benchmarks.durable.store.OutcomeTable;
import io.omsbatch.examples.benchmarks.durable.store.OutcomeTable.Fact;
import io.omsbatch.examples.benchmarks.frame.Iteration;
import io.omsbatch.examples.benchmarks.frame.Subject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** By hand, without any of the rest: a hundred intents, commit, a hundred calls, a hundred outcomes, commit. */
final class IntentFloor implements Subject {

    static final String CONFIGURATION =
            "by hand: one thread; 100 intents in a batch insert, commit, 100 calls, 100 outcomes"
                    + " in a batch insert, commit; no claim, no lease, no look, no report";

    private static final int AT_ONCE = 100;

    private final OutcomeTable table;
    private final DataSource pool;

    IntentFloor(Database database) {
        this.table = new OutcomeTable(database);
        this.pool = database.pool(1);
    }

    @Override
    public Iteration prepare(int items) {
        table.empty();
        Calls calls = new Calls(items, Load.noOp(1));
        return CheckedIteration.of(calls, () -> callAll(calls), () -> table.check(items, 1));
    }

    private void callAll(Calls calls) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            for (int from = 0; from < calls.items(); from += AT_ONCE) {
                int end = Math.min(from + AT_ONCE, calls.items());
                List<Integer> items = IntStream.range(from, end).boxed().toList();
                OutcomeTable.insert(connection, Fact.INTENT, 1, items);
                connection.commit();
                items.forEach(calls::call);
                OutcomeTable.insert(connection, Fact.OUTCOME, 1, items);
                connection.commit();
            }
        }
    }
}
