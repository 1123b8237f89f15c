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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** By hand, outcomes only: callers put what they did into a queue, and one writer commits whatever waits there. */
final class GroupCommitFloor implements Subject {

    private static final int AT_ONCE = 100;
    private static final int QUEUE = 400;

    private final OutcomeTable table;
    private final DataSource pool;
    private final Load load;

    GroupCommitFloor(Database database, Load load) {
        this.table = new OutcomeTable(database);
        this.pool = database.pool(1);
        this.load = load;
    }

    /** Returns how it is configured. */
    static String configuration(Load load) {
        return "by hand: " + load.atOnce() + " threads call and queue, at most " + QUEUE
                + " wait; one writer commits what waits, " + AT_ONCE + " outcomes at most; no intents";
    }

    @Override
    public Iteration prepare(int items) {
        table.empty();
        Calls calls = new Calls(items, load);
        return CheckedIteration.of(calls, () -> callAll(calls), () -> table.check(items, 1));
    }

    private void callAll(Calls calls) throws SQLException, InterruptedException {
        BlockingQueue<Integer> done = new ArrayBlockingQueue<>(QUEUE);
        AtomicInteger next = new AtomicInteger();
        ExecutorService callers = Executors.newFixedThreadPool(load.atOnce());
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            for (int caller = 0; caller < load.atOnce(); caller++) {
                callers.execute(() -> callNext(calls, next, done));
            }
            List<Integer> taken = new ArrayList<>(AT_ONCE);
            for (int written = 0; written < calls.items(); written += taken.size()) {
                taken.clear();
                taken.add(done.take());
                done.drainTo(taken, AT_ONCE - 1);
                OutcomeTable.insert(connection, Fact.OUTCOME, 1, taken);
                connection.commit();
                taken.forEach(calls::recorded);
            }
        } finally {
            callers.shutdownNow();
        }
    }

    private static void callNext(Calls calls, AtomicInteger next, BlockingQueue<Integer> done) {
        try {
            for (int item = next.getAndIncrement(); item < calls.items(); item = next.getAndIncrement()) {
                calls.call(item);
                done.put(item);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
