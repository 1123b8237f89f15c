package io.omsbatch.examples.benchmarks.durable.cutover;

import io.omsbatch.examples.benchmarks.durable.store.Calls;
import io.omsbatch.examples.benchmarks.durable.store.CheckedIteration;
import io.omsbatch.examples.benchmarks.durable.store.Database;
import io.omsbatch.examples.benchmarks.frame.Iteration;
import io.omsbatch.examples.benchmarks.frame.Subject;
import io.omsbatch.examples.benchmarks.frame.WrongOutcomesException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.statemachine.StateMachine;
import org.springframework.statemachine.config.StateMachineBuilder;
import org.springframework.statemachine.persist.DefaultStateMachinePersister;
import org.springframework.statemachine.persist.StateMachinePersister;
import reactor.core.publisher.Mono;

/** Spring Statemachine: each thread has a machine, which it restores from the row of an item and persists there around each step. */
final class StatemachineSubject implements Subject {

    static final String CONFIGURATION =
            "Spring Statemachine 4.0.2: 16 threads with a machine each, restored and persisted around each step by"
                    + " DefaultStateMachinePersister over a row of state an item (insert, then update; a commit each); a barrier after each step";

    private static final int THREADS = 16;
    private static final String NEXT = "NEXT";

    private final Database database;
    private final StatePersist rows;
    private final StateMachinePersister<Integer, String, Integer> persister;
    private final List<StateMachine<Integer, String>> machines = new ArrayList<>();

    StatemachineSubject(Database database) throws Exception {
        this.database = database;
        database.execute("CREATE TABLE machine_state (item INT PRIMARY KEY, state INT NOT NULL, written INT NOT NULL)");
        this.rows = new StatePersist(database.pool(THREADS));
        this.persister = new DefaultStateMachinePersister<>(rows);
        for (int thread = 0; thread < THREADS; thread++) {
            machines.add(machine());
        }
    }

    private static StateMachine<Integer, String> machine() throws Exception {
        StateMachineBuilder.Builder<Integer, String> builder = StateMachineBuilder.builder();
        var states = builder.configureStates().withStates().initial(0);
        for (int step = 1; step <= ArraySwitchover.STEPS; step++) {
            states.state(step);
        }
        for (int step = 1; step <= ArraySwitchover.STEPS; step++) {
            builder.configureTransitions()
                    .withExternal()
                    .source(step - 1)
                    .target(step)
                    .event(NEXT);
        }
        return builder.build();
    }

    @Override
    public Iteration prepare(int items) {
        database.empty("machine_state");
        Calls calls = new Calls(items, ArraySwitchover.STEPS);
        return CheckedIteration.of(calls, () -> callAll(calls), () -> check(items));
    }

    private void callAll(Calls calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        for (int number = 1; number <= ArraySwitchover.STEPS; number++) {
            int step = number;
            AtomicInteger next = new AtomicInteger();
            List<Future<?>> done = new ArrayList<>();
            for (StateMachine<Integer, String> machine : machines) {
                done.add(threads.submit(() -> {
                    for (int item = next.getAndIncrement(); item < calls.items(); item = next.getAndIncrement()) {
                        persister.restore(machine, item);
                        calls.call(item, step);
                        machine.sendEvent(Mono.just(
                                        MessageBuilder.withPayload(NEXT).build()))
                                .blockLast();
                        persister.persist(machine, item);
                    }
                    return null;
                }));
            }
            for (Future<?> thread : done) {
                thread.get();
            }
        }
        threads.shutdown();
    }

    private void check(int items) {
        long over = database.number("SELECT COUNT(*) FROM machine_state WHERE state = " + ArraySwitchover.STEPS
                + " AND written = " + ArraySwitchover.STEPS);
        if (over != items) {
            throw new WrongOutcomesException(over + " of " + items + " machines are at their end after 8 writes");
        }
    }
}
