package io.omsbatch.core.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.journal.JournalRecord;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.journal.RunFilter;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.RunAction;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.TaskRef;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@DisplayName("SEC-2, SEC-3: Whatever a journal answers or throws")
class JournalAnswerTest {

    private static final Logger LOG = LoggerFactory.getLogger(JournalAnswerTest.class);
    private static final Ends ENDS = new Ends();
    private static final int HONEST = Integer.MAX_VALUE;

    @AfterAll
    static void tell() {
        ENDS.close();
        LOG.warn("{}", ENDS);
    }

    private static List<Method> methods() {
        return Arrays.stream(JournalStore.class.getMethods())
                .filter(method -> !method.getName().equals("close"))
                .sorted(Comparator.comparing(Method::getName))
                .toList();
    }

    /** Bad answers of a method by what they are; each is thrown if it is a throwable. */
    private static Map<String, Supplier<Object>> answers(Method method) {
        Map<String, Supplier<Object>> answers = new TreeMap<>();
        int number = 0;
        for (Supplier<Throwable> throwable : Hostile.THROWABLES) {
            answers.put("throws " + number++, throwable::get);
        }
        Class<?> type = method.getReturnType();
        if (!type.isPrimitive()) {
            answers.put("null", () -> null);
        }
        if (type == Optional.class) {
            answers.put("empty", Optional::empty);
        } else if (type == List.class) {
            answers.put("nulls", () -> Collections.nCopies(3, null));
            answers.put("that throws", BadCollections.Throwing::new);
        } else if (type == Set.class) {
            answers.put("nulls", () -> Collections.singleton(null));
            answers.put("that throws", BadCollections.ThrowingSet::new);
        } else if (type == Map.class) {
            answers.put("nulls", () -> Collections.singletonMap(null, null));
            answers.put("of no holder", () -> Collections.singletonMap(new TaskRef("oms", "t1"), null));
        }
        return answers;
    }

    private static JournalStore bad(JournalStore behind, Method bad, Supplier<Object> answer, AtomicInteger honest) {
        return (JournalStore) Proxy.newProxyInstance(
                JournalStore.class.getClassLoader(), new Class<?>[] {JournalStore.class}, (self, method, arguments) -> {
                    if (method.equals(bad) && honest.getAndDecrement() <= 0) {
                        Object instead = answer.get();
                        if (instead instanceof Throwable thrown) {
                            throw thrown;
                        }
                        return instead;
                    }
                    try {
                        return method.invoke(behind, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    private static void check(Method method, String what, Supplier<Object> answer, int honest, List<String> wrong) {
        String name = method.getName() + " " + what + " after " + honest;
        AtomicInteger left = new AtomicInteger(HONEST);
        try (World world = new World()) {
            BatchEngine engine = world.use(world.builder()
                    .journal(bad(world.journal, method, answer, left))
                    .build());
            left.set(honest);
            ENDS.of(name, Set.of(), () -> {
                BatchPlan plan = world.plan(BatchOperation.stop(), world.running);
                BatchRun run = world.run(plan);
                world.count(run, ENDS);
                assertThat(run.state())
                        .as("an hour of a journal that fails is enough")
                        .isNotEqualTo(RunState.RUNNING);
                return run;
            });
            List<Callable<?>> calls = List.of(
                    () -> engine.find("unknown"),
                    () -> engine.list(RunFilter.all(), null, 10),
                    () -> engine.redrive("r2", World.ANN, "unknown", Set.of()),
                    () -> engine.family("unknown"),
                    () -> engine.explain("unknown", World.ref("t1")),
                    () -> engine.verifyAudit("unknown"),
                    () -> engine.approve("unknown", World.ANN, "because"),
                    engine::recover,
                    () -> {
                        for (BatchRun run : engine.runs()) {
                            engine.find(run.id());
                            engine.family(run.id());
                            engine.explain(run.id(), World.ref("t1"));
                            engine.verifyAudit(run.id());
                            run.control(new RunControl(RunAction.CANCEL, run.version(), World.ANN, "because"));
                        }
                        return null;
                    });
            for (Callable<?> call : calls) {
                ENDS.of(name, Set.of(), call);
            }
            left.set(HONEST);
            List<TaskRef> intended = world.journal.entries().stream()
                    .map(entry -> entry.entry().record())
                    .filter(fact -> fact.kind() == JournalRecord.Kind.INTENT)
                    .map(fact -> fact.subject().task())
                    .toList();
            assertThat(world.commands()).as("commands and intents").isLessThanOrEqualTo(intended.size());
            assertThat(world.environment.uncaught())
                    .as("thrown, and caught by nobody")
                    .isEmpty();
        } catch (AssertionError | RuntimeException failed) {
            wrong.add(name + ": " + failed);
        }
    }

    @Test
    @DisplayName(
            "ends in a documented exception, an outcome for each task, or a run that rests; nothing is sent unwritten")
    void answers() {
        List<String> wrong = new ArrayList<>();
        try (SafeLog log = new SafeLog()) {
            for (Method method : methods()) {
                answers(method).forEach((what, answer) -> {
                    check(method, what, answer, 0, wrong);
                    if (method.getName().equals("append") || method.getName().equals("renew")) {
                        check(method, what, answer, 2, wrong);
                    }
                });
            }
            assertThat(log.assertSafe()).isPositive();
        }
        assertThat(wrong).isEmpty();
    }
}
