package io.omsbatch.testkit.simulation;

import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.operation.RunPolicy;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.testkit.fake.PlatformSettings;
import io.omsbatch.testkit.fault.FaultRule;
import io.omsbatch.testkit.fault.FaultScript;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * All that one trial depends on. Immutable; the same trial goes the same way whenever it is run.
 *
 * @param seed decides the order in which threads take their turns, and the choices of the platform
 * @param tasks the tasks that are selected
 * @param operation what is done to them
 * @param policy how the run is to go
 * @param platform how the platform behaves when nothing goes wrong
 * @param troubles what goes wrong
 * @param deeds what operators do beside seeing the run through
 * @since 0.1.0
 */
public record Trial(
        long seed,
        List<MigrationTask> tasks,
        BatchOperation operation,
        RunPolicy policy,
        PlatformSettings platform,
        List<Trouble> troubles,
        List<Deed> deeds) {

    /** Copies the lists. */
    public Trial {
        tasks = List.copyOf(tasks);
        Objects.requireNonNull(operation, "Trial.operation");
        Objects.requireNonNull(policy, "Trial.policy");
        Objects.requireNonNull(platform, "Trial.platform");
        troubles = List.copyOf(troubles);
        deeds = List.copyOf(deeds);
    }

    /**
     * Returns this trial with other troubles.
     *
     * @param value what goes wrong
     * @return the trial
     */
    public Trial withTroubles(List<Trouble> value) {
        return new Trial(seed, tasks, operation, policy, platform, value, deeds);
    }

    /**
     * Returns this trial with other deeds.
     *
     * @param value what operators do
     * @return the trial
     */
    public Trial withDeeds(List<Deed> value) {
        return new Trial(seed, tasks, operation, policy, platform, troubles, value);
    }

    /**
     * Returns this trial with other tasks.
     *
     * @param value the tasks
     * @return the trial
     */
    public Trial withTasks(List<MigrationTask> value) {
        return new Trial(seed, value, operation, policy, platform, troubles, deeds);
    }

    FaultScript faults() {
        List<FaultRule> rules = troubles.stream()
                .filter(Trouble.Platform.class::isInstance)
                .map(trouble -> ((Trouble.Platform) trouble).rule())
                .toList();
        return FaultScript.of(rules);
    }

    /** Returns for how long processes are frozen, all in all. */
    Duration frozen() {
        return troubles.stream()
                .filter(Trouble.Freeze.class::isInstance)
                .map(trouble -> ((Trouble.Freeze) trouble).duration())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Returns whether anything befalls the processes or their journal. */
    boolean troublesProcesses() {
        return troubles.stream().anyMatch(trouble -> !(trouble instanceof Trouble.Platform));
    }

    /** Returns the trial, a part a line. */
    @Override
    public String toString() {
        return "seed " + seed + ": " + operation + (policy.equals(RunPolicy.none()) ? "" : " with " + policy)
                + "\n  platform " + platform
                + tasks.stream().map(task -> "\n  task " + task).collect(Collectors.joining())
                + troubles.stream().map(trouble -> "\n  trouble " + trouble).collect(Collectors.joining())
                + deeds.stream().map(deed -> "\n  deed " + deed).collect(Collectors.joining());
    }
}
