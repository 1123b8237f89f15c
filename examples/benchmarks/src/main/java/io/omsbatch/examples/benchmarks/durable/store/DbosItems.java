package io.omsbatch.examples.benchmarks.durable.store;

import dev.dbos.transact.DBOS;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.workflow.Workflow;
import io.omsbatch.examples.benchmarks.frame.Iteration;
import io.omsbatch.examples.benchmarks.frame.Subject;
import io.omsbatch.examples.benchmarks.frame.WrongOutcomesException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** DBOS Transact: a workflow an item, with a step for each call; callers run them one after the other. PostgreSQL only. */
public final class DbosItems implements Subject {

    private static final int CONNECTIONS = 24;

    private final Database database;
    private final Load load;
    private final int steps;
    private final AtomicReference<Calls> current = new AtomicReference<>();
    private final DBOS dbos;
    private final Flow flow;

    /** The workflow. */
    public interface Flow {

        /**
         * Calls one item.
         *
         * @param item from 0
         */
        void call(int item);
    }

    private record StepwiseFlow(DBOS dbos, int steps, AtomicReference<Calls> current) implements Flow {

        @Override
        @Workflow(name = "call")
        public void call(int item) {
            Calls calls = Objects.requireNonNull(current.get());
            for (int step = 1; step <= steps; step++) {
                int number = step;
                dbos.runStep(() -> calls.call(item, number), "step-" + step);
            }
        }
    }

    /**
     * Opens it.
     *
     * @param database where
     * @param load how many callers there are
     * @param steps how many steps each workflow has
     */
    public DbosItems(Database database, Load load, int steps) {
        this.database = database;
        this.load = load;
        this.steps = steps;
        this.dbos = new DBOS(DBOSConfig.defaults("measured").withDataSource(database.pool(CONNECTIONS)));
        this.flow = dbos.registerProxy(Flow.class, new StepwiseFlow(dbos, steps, current));
        dbos.launch();
    }

    /**
     * Returns how it is configured.
     *
     * @param load how many callers there are
     * @param steps how many steps each workflow has
     * @return the text
     */
    public static String configuration(Load load, int steps) {
        return "DBOS Transact 1.1.0-m6: a workflow of " + steps + (steps == 1 ? " step" : " steps") + " an item, "
                + load.atOnce() + " callers, pool of " + CONNECTIONS + ", no queue";
    }

    @Override
    public Iteration prepare(int items) {
        database.execute("TRUNCATE dbos.workflow_status CASCADE");
        database.execute("CHECKPOINT");
        Calls calls = steps == 1 ? new Calls(items, load) : new Calls(items, steps);
        current.set(calls);
        return CheckedIteration.of(calls, () -> callAll(calls), () -> check(items));
    }

    private void callAll(Calls calls) throws Exception {
        AtomicInteger next = new AtomicInteger();
        ExecutorService callers = Executors.newFixedThreadPool(load.atOnce());
        List<Future<?>> done = new ArrayList<>();
        for (int caller = 0; caller < load.atOnce(); caller++) {
            done.add(callers.submit(() -> {
                for (int item = next.getAndIncrement(); item < calls.items(); item = next.getAndIncrement()) {
                    flow.call(item);
                    calls.recorded(item);
                }
            }));
        }
        for (Future<?> caller : done) {
            caller.get();
        }
        callers.shutdown();
    }

    private void check(int items) {
        long flows = database.number("SELECT COUNT(*) FROM dbos.workflow_status WHERE status = 'SUCCESS'");
        long results = database.number("SELECT COUNT(*) FROM dbos.operation_outputs");
        if (flows != items || results != (long) items * steps) {
            throw new WrongOutcomesException(
                    flows + " workflows and " + results + " steps, not of " + items + " items");
        }
    }

    @Override
    public void close() {
        dbos.close();
    }
}
