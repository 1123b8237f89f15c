package io.omsbatch.examples.postgres.demo;

import io.omsbatch.api.operation.FailureBudget;
import io.omsbatch.api.operation.FreezeBudget;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.operation.Waves;
import io.omsbatch.api.task.SwitchoverStep;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * How the forward switchover is to go. Immutable.
 *
 * @param policy how it is paced, and when it stops by itself
 * @param abortAt the step from which on each database is aborted; null for none
 */
public record Course(RunPolicy policy, @Nullable SwitchoverStep abortAt) {

    /** Straight through, all at once. */
    public static Course straight() {
        return new Course(RunPolicy.none(), null);
    }

    /**
     * As the command line says.
     *
     * @param waves its waves; empty for none
     * @param budget how many databases may fail; empty for any number
     * @param freeze how long a source may be frozen before it is given back, such as 5s; empty for what the engine allows
     * @param abortAt at which step each database is aborted; empty for none
     * @throws IllegalArgumentException if they cannot be
     */
    public static Course of(String waves, String budget, String freeze, String abortAt) {
        RunPolicy policy = RunPolicy.none();
        policy = waves.isEmpty() ? policy : policy.withWaves(Waves.parse(waves));
        policy = budget.isEmpty() ? policy : policy.withBudget(FailureBudget.parse(budget));
        policy = freeze.isEmpty() ? policy : policy.withFreeze(FreezeBudget.undoing(duration(freeze)));
        return new Course(policy, abortAt.isEmpty() ? null : StepName.step("--abort-at", abortAt));
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse("PT" + text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("--freeze is '" + text + "'; it must be like 5s or 2m", e);
        }
    }

    String freeze() {
        return policy.freeze() == null ? "" : policy.freeze().limit().toString().substring("PT".length());
    }

    String waves() {
        return policy.waves() == null ? "" : policy.waves().text();
    }

    String budget() {
        return policy.budget() == null ? "" : policy.budget().toString();
    }

    String abortion() {
        return abortAt == null ? "" : StepName.of(abortAt);
    }
}
