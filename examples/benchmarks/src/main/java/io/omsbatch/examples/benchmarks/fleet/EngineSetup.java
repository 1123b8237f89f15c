package io.omsbatch.examples.benchmarks.fleet;

import io.omsbatch.api.Limits;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.core.EngineBuilder;
import io.omsbatch.core.settings.CallSettings;
import io.omsbatch.core.settings.EngineSettings;
import io.omsbatch.core.settings.PlanSettings;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * How the engine is set up for a workload: its defaults, with as many calls at once and the timeout that the workload says, and as
 * many tasks as there may be at most.
 *
 * @param atOnce how many calls at once
 * @param call how long a call takes
 * @param policy the policy of the run
 * @param features what the engine gets besides
 */
public record EngineSetup(int atOnce, Duration call, RunPolicy policy, UnaryOperator<EngineBuilder> features) {

    /** After how long a call is given up. */
    public static final Duration TIMEOUT = Duration.ofSeconds(30);

    /**
     * Returns the set-up of a workload.
     *
     * @param atOnce how many calls at once
     * @param call how long a call takes
     * @return the set-up
     */
    public static EngineSetup of(int atOnce, Duration call) {
        return new EngineSetup(atOnce, call, RunPolicy.none(), UnaryOperator.identity());
    }

    /**
     * Returns this set-up with a policy.
     *
     * @param value the policy of the run
     * @return the changed set-up
     */
    public EngineSetup with(RunPolicy value) {
        return new EngineSetup(atOnce, call, value, features);
    }

    /**
     * Returns this set-up with an engine that gets something besides.
     *
     * @param value gives it to the engine
     * @return the changed set-up
     */
    public EngineSetup with(UnaryOperator<EngineBuilder> value) {
        return new EngineSetup(atOnce, call, policy, value);
    }

    /** Returns the settings of the engine. */
    public EngineSettings settings() {
        return EngineSettings.defaults()
                .withCalls(CallSettings.defaults().withConcurrency(atOnce).withTimeout(TIMEOUT))
                .withPlan(PlanSettings.defaults().withMaximumTasks(Limits.TASKS));
    }
}
