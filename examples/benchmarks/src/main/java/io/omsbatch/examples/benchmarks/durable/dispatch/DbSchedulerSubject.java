package io.omsbatch.examples.benchmarks.durable.dispatch;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** db-scheduler: a one-time task an item, whose handler records the outcome in a commit of its own. */
final class DbSchedulerSubject implements Subject {

    private static final int CONNECTIONS = 24;
    private static final Duration POLLING = Duration.ofMillis(200);
    private static final double LOWER = 1.0;
    private static final double UPPER = 4.0;

    private final Database database;
    private final OutcomeTable table;
    private final DataSource pool;
    private final Load load;

    DbSchedulerSubject(Database database, Load load) {
        this.database = database;
        this.table = new OutcomeTable(database);
        this.pool = database.pool(CONNECTIONS);
        this.load = load;
        String time = database.kind() == Database.Kind.POSTGRESQL ? "TIMESTAMPTZ" : "TIMESTAMP WITH TIME ZONE";
        String bytes = database.kind() == Database.Kind.POSTGRESQL ? "BYTEA" : "BLOB";
        database.execute(
                "CREATE TABLE scheduled_tasks (task_name VARCHAR(100) NOT NULL, task_instance VARCHAR(100) NOT NULL,"
                        + " task_data " + bytes + ", execution_time " + time + " NOT NULL, picked BOOLEAN NOT NULL,"
                        + " picked_by VARCHAR(50), last_success " + time + ", last_failure " + time
                        + ", consecutive_failures INT,"
                        + " last_heartbeat " + time + ", version BIGINT NOT NULL, priority SMALLINT,"
                        + " PRIMARY KEY (task_name, task_instance))");
        database.execute("CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time)");
        database.execute("CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat)");
    }

    /** Returns how it is configured. */
    static String configuration(Database.Kind kind, Load load) {
        return "db-scheduler 16.12.0: " + load.atOnce() + " threads, "
                + (kind == Database.Kind.POSTGRESQL ? "lock-and-fetch" : "fetch") + " with limits " + LOWER + " and "
                + UPPER
                + ", polling every 200 ms and once at the start; pool of " + CONNECTIONS
                + "; tasks put in by one scheduleBatch, which is timed; the handler inserts the outcome in its own commit, since the row of a"
                + " task is deleted when it is done";
    }

    @Override
    public Iteration prepare(int items) {
        table.empty();
        database.empty("scheduled_tasks");
        Calls calls = new Calls(items, load);
        CountDownLatch left = new CountDownLatch(items);
        OneTimeTask<Void> task = Tasks.oneTime("call").execute((instance, context) -> {
            int item = Integer.parseInt(instance.getId());
            calls.call(item);
            record(item);
            calls.recorded(item);
            left.countDown();
        });
        SchedulerBuilder builder =
                Scheduler.create(pool, task).threads(load.atOnce()).pollingInterval(POLLING);
        Scheduler scheduler = (database.kind() == Database.Kind.POSTGRESQL
                        ? builder.pollUsingLockAndFetch(LOWER, UPPER)
                        : builder.pollUsingFetch(LOWER, UPPER))
                .build();
        scheduler.start();
        Stream<TaskInstance<?>> instances =
                IntStream.range(0, items).mapToObj(item -> task.instance(Integer.toString(item)));
        return new CheckedIteration(
                calls,
                () -> {
                    scheduler.scheduleBatch(instances, Instant.now());
                    scheduler.triggerCheckForDueExecutions();
                    if (!left.await(10, TimeUnit.MINUTES)) {
                        throw new IllegalStateException(left.getCount() + " tasks were not done within 10 minutes");
                    }
                },
                () -> table.check(items, 1),
                scheduler::stop);
    }

    private void record(int item) {
        try (Connection connection = pool.getConnection()) {
            OutcomeTable.insert(connection, Fact.OUTCOME, 1, List.of(item));
        } catch (SQLException broken) {
            throw new IllegalStateException("no outcome of item " + item, broken);
        }
    }
}
