package io.omsbatch.core.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.hostile.BadGateway.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@DisplayName("SEC-2, SEC-3, RUN-6: Whatever a gateway answers or throws")
class GatewayAnswerTest {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayAnswerTest.class);
    private static final Ends ENDS = new Ends();

    @AfterAll
    static void tell() {
        ENDS.close();
        LOG.warn("{}", ENDS);
    }

    /** Bad answers of a port by what they are, each made of an honest one. */
    @SuppressWarnings("unchecked")
    private static Map<String, UnaryOperator<Object>> answers(Port port) {
        Map<String, UnaryOperator<Object>> answers = new TreeMap<>();
        int number = 0;
        for (Supplier<Throwable> throwable : Hostile.THROWABLES) {
            answers.put("throws " + number++, honest -> {
                throw Hostile.sneaky(throwable.get());
            });
        }
        if (port == Port.LIST) {
            answers.put("null", honest -> null);
            answers.put("an endless cursor", honest -> new TaskPage(List.of(), BadTexts.HUGE));
            answers.put("a cursor that forges", honest -> new TaskPage(((TaskPage) honest).tasks(), BadTexts.FORGED));
        } else if (port == Port.COMMAND || port == Port.STEP) {
            answers.put("null", honest -> null);
            answers.put(
                    "a refusal that forges",
                    honest -> GatewayReply.refused(BadTexts.FORGED, BadTexts.FORGED, BadTexts.FORGED));
            answers.put("a huge refusal", honest -> GatewayReply.refused("", BadTexts.HUGE, BadTexts.HUGE));
        } else {
            BadGateway.MAPS.forEach((what, map) ->
                    answers.put("a map: " + what, honest -> map.apply((Map<TaskRef, Object>) honest)));
        }
        return answers;
    }

    private static void check(
            Port port, String what, UnaryOperator<Object> answer, boolean planned, List<String> wrong) {
        AtomicBoolean bad = new AtomicBoolean(!planned);
        boolean switchover = port == Port.OBSERVE || port == Port.STEP || port == Port.PRECHECK;
        try (World world = new World()) {
            BatchEngine engine = world.use(world.builder(
                            (asked, honest) -> asked == port && bad.get() ? answer.apply(honest.get()) : honest.get())
                    .build());
            BatchOperation operation = switchover ? BatchOperation.forwardSwitchover() : BatchOperation.stop();
            List<TaskRef> tasks = switchover ? world.entered : world.running;
            ENDS.of(port + " " + what, Set.of(), () -> {
                if (port == Port.LIST) {
                    return engine.select(task -> true, 10);
                }
                if (port == Port.PRECHECK) {
                    World.assertSafe(engine.dryRun(BatchRequest.of("dry", World.ANN, operation, tasks))
                            .render());
                    return world.commands();
                }
                BatchPlan plan = world.plan(operation, tasks);
                World.assertSafe(plan.render());
                assertThat(world.commands())
                        .as("commands before a confirmation")
                        .isZero();
                bad.set(true);
                world.count(world.run(plan), ENDS);
                return world.commands();
            });
            assertThat(world.environment.uncaught()).as("%s %s", port, what).isEmpty();
        } catch (AssertionError | RuntimeException failed) {
            wrong.add(port + " " + what + (planned ? " after the plan: " : ": ") + failed);
        }
    }

    @Test
    @DisplayName("ends in a documented exception or an outcome for each task, and logs nothing raw")
    void answers() {
        List<String> wrong = new ArrayList<>();
        try (SafeLog log = new SafeLog()) {
            for (Port port : Port.values()) {
                answers(port).forEach((what, answer) -> {
                    check(port, what, answer, false, wrong);
                    if (port == Port.READ || port == Port.OBSERVE) {
                        check(port, what, answer, true, wrong);
                    }
                });
            }
            assertThat(log.assertSafe()).isPositive();
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    @DisplayName("harms no other task when it is about one of them")
    void others() {
        List<String> wrong = new ArrayList<>();
        try (SafeLog log = new SafeLog()) {
            int number = 0;
            for (Supplier<Throwable> throwable : Hostile.THROWABLES) {
                String what = "thrown " + number++;
                try (World world = new World()) {
                    MigrationTask poison = world.platform.tasks().get(World.ref("t2"));
                    world.use(world.builder((port, honest) -> {
                                Object answer = honest.get();
                                if (port == Port.READ
                                        && answer instanceof Map<?, ?> map
                                        && map.containsKey(poison.ref())) {
                                    throw Hostile.sneaky(throwable.get());
                                }
                                return answer;
                            })
                            .build());
                    ENDS.of(what, Set.of(), () -> {
                        world.count(world.run(world.plan(BatchOperation.stop(), world.running)), ENDS);
                        return world.commands();
                    });
                    if (world.commands() != 0 && world.commands() != 2) {
                        wrong.add(what + " led to " + world.commands() + " commands");
                    }
                } catch (AssertionError | RuntimeException failed) {
                    wrong.add(what + ": " + failed);
                }
            }
            log.assertSafe();
        }
        assertThat(wrong).isEmpty();
    }
}
