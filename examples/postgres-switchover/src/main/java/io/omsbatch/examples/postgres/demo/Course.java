package io.omsbatch.examples.postgres.demo;

import io.omsbatch.api.operation.FailureBudget;
import io.omsbatch.api.operation.FreezeBudget;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.operation.Waves;
import io.omsbatch.api.task.SwitchoverStep;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the switchover is to go. Immutable.
 *
 * @param policy how it is paced, and when it stops by itself
 * @param abortAt the steps at which the databases are aborted, one after the other taking the next; none to take all through
 * @param dryRun whether it is only shown what it would do
 * @param back whether the application goes back to the source afterwards
 */
public record Course(RunPolicy policy, List<SwitchoverStep> abortAt, boolean dryRun, boolean back) {

    /** Copies the steps. */
    public Course {
        abortAt = List.copyOf(abortAt);
    }

    /** Straight through, all at once. */
    public static Course straight() {
        return new Course(RunPolicy.none(), List.of(), false, false);
    }

    /**
     * As the command line says.
     *
     * @param waves its waves; empty for none
     * @param budget how many databases may fail; empty for any number
     * @param freeze how long a source may be frozen before it is given back, such as 5s; empty for what the engine allows
     * @param abortAt at which steps the databases are aborted, with commas between them; empty for none
     * @throws IllegalArgumentException if they cannot be
     */
    public static Course of(String waves, String budget, String freeze, String abortAt) {
        RunPolicy policy = RunPolicy.none();
        policy = waves.isEmpty() ? policy : policy.withWaves(Waves.parse(waves));
        policy = budget.isEmpty() ? policy : policy.withBudget(FailureBudget.parse(budget));
        policy = freeze.isEmpty() ? policy : policy.withFreeze(FreezeBudget.undoing(duration(freeze)));
        List<SwitchoverStep> steps = Stream.of(abortAt.split(",", -1))
                .filter(name -> !abortAt.isEmpty())
                .map(name -> StepName.step("--abort-at", name.strip()))
                .toList();
        return new Course(policy, steps, false, false);
    }

    /** The same, but it is only shown what it would do. */
    public Course dry() {
        return new Course(policy, abortAt, true, back);
    }

    /** The same, and back again. */
    public Course andBack() {
        return new Course(policy, abortAt, dryRun, true);
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
        return abortAt.stream().map(StepName::of).collect(Collectors.joining(","));
    }

    /** Whether databases are aborted. */
    boolean aborts() {
        return !abortAt.isEmpty();
    }

    /** The step at which the database at a place among all is aborted. */
    SwitchoverStep abortAt(int place) {
        return abortAt.get(place % abortAt.size());
    }
}
