package io.omsbatch.core.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.eligibility.Verdict;
import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.Environment;
import io.omsbatch.api.engine.HealthGate;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.operation.Wave;
import io.omsbatch.api.operation.Waves;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.core.EngineBuilder;
import io.omsbatch.core.settings.ResourceLimit;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@DisplayName("SEC-2, SEC-3, RUN-6: Whatever a host's policies, listeners and environment answer or throw")
class HostPolicyTest {

    private static final Logger LOG = LoggerFactory.getLogger(HostPolicyTest.class);
    private static final Ends ENDS = new Ends();

    @AfterAll
    static void tell() {
        ENDS.close();
        LOG.warn("{}", ENDS);
    }

    private static Map<String, UnaryOperator<EngineBuilder>> ports() {
        Map<String, UnaryOperator<EngineBuilder>> ports = new TreeMap<>();
        int number = 0;
        for (Supplier<Throwable> throwable : Hostile.THROWABLES) {
            String what = " throws " + number++;
            ports.put(
                    "access" + what,
                    builder -> builder.access((actor, operation, task) -> {
                        throw Hostile.sneaky(throwable.get());
                    }));
            ports.put(
                    "eligibility" + what,
                    builder -> builder.eligibility((task, operation) -> {
                        throw Hostile.sneaky(throwable.get());
                    }));
            ports.put(
                    "lazy reasons" + what,
                    builder -> builder.eligibility((task, operation) -> Verdict.noLazily(() -> {
                        throw Hostile.sneaky(throwable.get());
                    })));
            ports.put(
                    "health gate" + what,
                    builder -> builder.healthGate(question -> {
                        throw Hostile.sneaky(throwable.get());
                    }));
            ports.put(
                    "limit" + what,
                    builder -> builder.limit(limit(task -> {
                        throw Hostile.sneaky(throwable.get());
                    })));
            ports.put(
                    "listener" + what,
                    builder -> builder.listener(event -> {
                        throw Hostile.sneaky(throwable.get());
                    }));
        }
        ports.put("eligibility null", builder -> builder.eligibility((task, operation) -> null));
        ports.put(
                "lazy reasons null", builder -> builder.eligibility((task, operation) -> Verdict.noLazily(() -> null)));
        ports.put(
                "lazy reasons nulls",
                builder -> builder.eligibility(
                        (task, operation) -> Verdict.noLazily(() -> Collections.singletonList(null))));
        ports.put("health gate null", builder -> builder.healthGate(question -> null));
        for (String text : List.of("", BadTexts.FORGED, BadTexts.HUGE, "\ud800")) {
            String what = text.length() + " characters";
            ports.put("limit " + what, builder -> builder.limit(limit(task -> text)));
            ports.put("health gate " + what, builder -> builder.healthGate(question -> HealthGate.Health.notYet(text)));
            ports.put(
                    "unhealthy " + what, builder -> builder.healthGate(question -> HealthGate.Health.unhealthy(text)));
        }
        return ports;
    }

    private static ResourceLimit limit(Function<MigrationTask, String> key) {
        return ResourceLimit.of("source", key, 1);
    }

    private static void run(World world, boolean waves) throws InterruptedException {
        BatchRequest request = BatchRequest.of("request", World.ANN, BatchOperation.stop(), world.running);
        if (waves) {
            Waves parts = new Waves(
                    Waves.of(new Wave.First(1)).parts(),
                    Waves.of(new Wave.First(1)).budget(),
                    Duration.ZERO,
                    Duration.ofMinutes(1));
            request = request.with(new RunPolicy(null, false, parts, null, null));
        }
        BatchPlan plan = world.engine().plan(request);
        World.assertSafe(plan.render());
        BatchRun run = world.run(plan);
        world.count(run, ENDS);
    }

    @Test
    @DisplayName("ends in a documented exception, or an outcome for each task, and logs nothing raw")
    void policies() {
        List<String> wrong = new ArrayList<>();
        try (SafeLog log = new SafeLog()) {
            ports().forEach((what, port) -> {
                try (World world = new World()) {
                    BatchEngine engine = world.use(port.apply(world.builder()).build());
                    boolean waves = what.startsWith("health") || what.startsWith("unhealthy");
                    ENDS.of(what, Set.of(), () -> {
                        run(world, waves);
                        return engine.runs();
                    });
                    assertThat(world.environment.uncaught()).isEmpty();
                } catch (AssertionError | RuntimeException failed) {
                    wrong.add(what + ": " + failed);
                }
            });
            assertThat(log.assertSafe()).isPositive();
        }
        assertThat(wrong).isEmpty();
    }

    /** An environment of which one method answers otherwise. */
    private static Environment bad(Environment behind, String bad, Supplier<Object> answer) {
        return (Environment) Proxy.newProxyInstance(
                Environment.class.getClassLoader(), new Class<?>[] {Environment.class}, (self, method, arguments) -> {
                    if (method.getName().equals(bad)) {
                        return answer.get();
                    }
                    try {
                        return method.invoke(behind, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    @Test
    @DisplayName("ends so too at the ends of time")
    void clocks() {
        List<String> wrong = new ArrayList<>();
        try (SafeLog log = new SafeLog()) {
            for (Instant now : List.of(
                    Instant.MIN,
                    Instant.MAX,
                    Instant.parse("-999999999-01-01T00:00:00Z"),
                    Instant.parse("+999999999-12-31T23:59:59Z"),
                    Instant.parse("+10000-01-01T00:00:00Z"),
                    Instant.parse("-0001-01-01T00:00:00Z"))) {
                try (World world = new World()) {
                    InstantSource clock = () -> now;
                    BatchEngine engine = world.use(world.builder(bad(world.environment, "clock", () -> clock))
                            .build());
                    ENDS.of("clock " + now, Set.of(), () -> {
                        run(world, false);
                        return engine.runs();
                    });
                    assertThat(world.environment.uncaught()).isEmpty();
                } catch (AssertionError | RuntimeException failed) {
                    wrong.add(now + ": " + failed);
                }
            }
            log.assertSafe();
        }
        assertThat(wrong).isEmpty();
    }
}
