package io.omsbatch.core.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.EngineBuilder;
import io.omsbatch.core.journal.InMemoryJournalStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A host that calls an engine, its runs, its builder and its journal with anything. */
@Label("SEC-3: An engine, a run, a switchover and a journal, called with anything,")
class EngineCallProperties {

    private static final Logger LOG = LoggerFactory.getLogger(EngineCallProperties.class);
    private static final Ends ENDS = new Ends();

    /** What a listener or a journal is asked when it waits as long as it is told is proved elsewhere. */
    private static final List<String> NOT_CALLED = List.of("await", "close", "environment");

    private static final Map<Class<?>, List<Method>> METHODS = Map.of(
            BatchEngine.class, methods(BatchEngine.class),
            SwitchoverWorkflow.class, methods(SwitchoverWorkflow.class),
            EngineBuilder.class, methods(EngineBuilder.class),
            JournalStore.class, methods(JournalStore.class));

    @AfterContainer
    static void tell() {
        ENDS.close();
        LOG.warn("{}", ENDS);
    }

    private static List<Method> methods(Class<?> type) {
        return Stream.of(type.getMethods())
                .filter(method -> method.getDeclaringClass() != Object.class && method.getParameterCount() > 0)
                .filter(method -> !NOT_CALLED.contains(method.getName()))
                .sorted(Comparator.comparing(Method::toString))
                .toList();
    }

    private static Object invoke(Method method, Object receiver, Object... arguments) {
        try {
            return Values.invoke(method, receiver, arguments);
        } catch (InvocationTargetException thrown) {
            throw Hostile.sneaky(thrown.getCause());
        }
    }

    @Property(tries = 150, seed = "20261127", shrinking = ShrinkingMode.OFF)
    @Label("answer, or refuse with a documented exception and change nothing")
    void calls(@ForAll long seed) throws InterruptedException {
        Random chance = new Random(seed);
        try (World world = new World();
                SafeLog log = new SafeLog()) {
            BatchEngine engine = world.use(world.builder().build());
            BatchPlan waiting = world.plan(BatchOperation.forwardSwitchover(), world.entered);
            BatchRun run = engine.run(waiting.confirm(World.ANN, "because"));
            world.environment.advance(World.LONG);
            JournalStore own = new InMemoryJournalStore(world.environment.clock());
            Map<Class<?>, Object> receivers = Map.of(
                    BatchEngine.class, engine,
                    SwitchoverWorkflow.class, run,
                    EngineBuilder.class, world.builder(),
                    JournalStore.class, own);
            List<Class<?>> types =
                    List.of(BatchEngine.class, SwitchoverWorkflow.class, EngineBuilder.class, JournalStore.class);
            for (int i = 0; i < 20; i++) {
                Values values = new Values(chance, 20);
                values.know(TaskRef.class, world.running.toArray());
                values.know(TaskRef.class, world.entered.toArray());
                values.know(Actor.class, World.ANN, new Actor("bob"));
                values.know(String.class, run.id(), waiting.fingerprint(), "t1", "oms", "request", "because");
                Class<?> type = values.pick(types);
                Method method = values.pick(METHODS.get(type));
                Object[] arguments = values.arguments(method, 3);
                int facts = world.journal.entries().size();
                long commands = world.commands();
                boolean returned = ENDS.of(
                        method + " (seed " + seed + ")",
                        values.tolerated,
                        () -> invoke(method, receivers.get(type), arguments));
                if (!returned) {
                    assertThat(world.journal.entries())
                            .as("facts after %s", method)
                            .hasSize(facts);
                    assertThat(world.commands()).as("commands after %s", method).isEqualTo(commands);
                }
            }
            world.environment.advance(World.LONG);
            World.assertSafe(((SwitchoverWorkflow) run).board().render());
            assertThat(world.environment.uncaught()).as("seed %s", seed).isEmpty();
            log.assertSafe();
        }
    }
}
