package io.omsbatch.core.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.Environment;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.plan.BatchPlan;
import io.omsbatch.core.Through;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@DisplayName("SEC-3, RUN-8: An environment that answers wrongly")
class EnvironmentAnswerTest {

    private static final Logger LOG = LoggerFactory.getLogger(EnvironmentAnswerTest.class);
    private static final Ends ENDS = new Ends();

    @AfterAll
    static void tell() {
        ENDS.close();
        LOG.warn("{}", ENDS);
    }

    /** What it does wrong. */
    enum Trouble {
        NO_EXECUTOR,
        EXECUTOR_REFUSES,
        NO_CALLS,
        CALLS_REFUSES,
        NO_TIMER,
        TIMER_REFUSES,
        NO_ID,
        EMPTY_ID,
        FORGED_ID,
        HUGE_ID,
        SAME_ID,
        NO_CHANCE,
        CHANCE_THROWS
    }

    /** An environment with a trouble that begins when it is told. */
    private static final class Bad implements Through {

        private final Environment world;
        private final Trouble trouble;
        private volatile boolean troubled;

        Bad(Environment world, Trouble trouble) {
            this.world = world;
            this.trouble = trouble;
        }

        @Override
        public Environment world() {
            return world;
        }

        private boolean has(Trouble asked) {
            return troubled && trouble == asked;
        }

        private static Executor refusing() {
            return task -> {
                throw new RejectedExecutionException(BadTexts.FORGED);
            };
        }

        @Override
        public Executor executor() {
            return has(Trouble.NO_EXECUTOR) ? null : has(Trouble.EXECUTOR_REFUSES) ? refusing() : world.executor();
        }

        @Override
        public Executor calls() {
            return has(Trouble.NO_CALLS) ? null : has(Trouble.CALLS_REFUSES) ? refusing() : world.calls();
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            if (has(Trouble.TIMER_REFUSES)) {
                throw new RejectedExecutionException(BadTexts.FORGED);
            }
            Timer timer = world.schedule(delay, task);
            return has(Trouble.NO_TIMER) ? null : timer;
        }

        @Override
        public String newId() {
            if (!troubled) {
                return world.newId();
            }
            return switch (trouble) {
                case NO_ID -> null;
                case EMPTY_ID -> "";
                case FORGED_ID -> BadTexts.FORGED;
                case HUGE_ID -> BadTexts.HUGE;
                case SAME_ID -> "same";
                default -> world.newId();
            };
        }

        @Override
        public RandomGenerator random() {
            if (has(Trouble.CHANCE_THROWS)) {
                throw new Hostile.Thrown();
            }
            return has(Trouble.NO_CHANCE) ? null : world.random();
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Trouble.class)
    @DisplayName("from the start, after the plan, or in the middle of a run, never makes it hang or end wrongly")
    void troubles(Trouble trouble) throws InterruptedException {
        for (int begins = 0; begins < 3; begins++) {
            try (World world = new World();
                    SafeLog log = new SafeLog()) {
                Bad bad = new Bad(world.environment, trouble);
                String what = trouble + " from " + begins;
                BatchEngine engine = world.use(world.builder(bad).build());
                List<BatchRun> runs = new ArrayList<>();
                bad.troubled = begins == 0;
                List<BatchPlan> plans = new ArrayList<>();
                boolean planned = ENDS.of(what + ", plan", Set.of(), () -> {
                    plans.add(world.plan(BatchOperation.stop(), world.running));
                    return plans;
                });
                if (!planned) {
                    bad.troubled = false;
                    plans.add(world.plan(BatchOperation.stop(), world.running));
                }
                bad.troubled = begins <= 1;
                boolean ran = ENDS.of(what + ", run", Set.of(), () -> {
                    runs.add(engine.run(plans.get(0).confirm(World.ANN, "because")));
                    return runs;
                });
                bad.troubled = true;
                ENDS.of(what + ", pass", Set.of(), () -> {
                    world.environment.advance(Duration.ofMinutes(10));
                    return null;
                });
                bad.troubled = false;
                if (!ran) {
                    assertThat(world.commands()).as(what).isZero();
                    continue;
                }
                world.environment.advance(World.LONG);
                BatchRun run = runs.get(0);
                assertThat(run.state()).as(what).isIn(RunState.ENDED, RunState.PARKED);
                world.count(run, ENDS);
                log.assertSafe();
            }
        }
    }
}
