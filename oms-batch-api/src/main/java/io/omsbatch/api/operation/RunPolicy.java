package io.omsbatch.api.operation;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a run is paced, and when it stops by itself. Belongs to the request, so that the operator who confirms the plan sees it. Immutable;
 * begin with {@link #none()}, which as in OMS lets each task stand alone.
 *
 * @param budget how many tasks may fail before nothing new begins, or null for any number
 * @param ramp whether the run begins with one task and lets in one more for each that succeeds, so 1, 2, 4, 8, ..., up to the
 *     limit of the engine
 * @param waves the waves in which the tasks are taken, or null for all at once
 * @param freeze how long the source of each task may be frozen by a switchover, or null for {@link FreezeBudget#defaults()}
 * @param lockstep whether the tasks of a switchover wait for each other, or null for {@link Lockstep#together()}
 * @since 0.1.0
 */
public record RunPolicy(
        @Nullable FailureBudget budget,
        boolean ramp,
        @Nullable Waves waves,
        @Nullable FreezeBudget freeze,
        @Nullable Lockstep lockstep) {

    private static final RunPolicy NONE = new RunPolicy(null, false, null, null, null);

    /** Returns the policy without a budget, a ramp or waves. */
    public static RunPolicy none() {
        return NONE;
    }

    /**
     * Returns this policy with a budget.
     *
     * @param value how many tasks may fail
     * @return the changed policy
     */
    public RunPolicy withBudget(FailureBudget value) {
        return new RunPolicy(Objects.requireNonNull(value, "RunPolicy.budget"), ramp, waves, freeze, lockstep);
    }

    /** Returns this policy with a ramp. */
    public RunPolicy withRamp() {
        return new RunPolicy(budget, true, waves, freeze, lockstep);
    }

    /**
     * Returns this policy with waves.
     *
     * @param value the waves
     * @return the changed policy
     */
    public RunPolicy withWaves(Waves value) {
        return new RunPolicy(budget, ramp, Objects.requireNonNull(value, "RunPolicy.waves"), freeze, lockstep);
    }

    /** Returns how long the source of each task may be frozen, asked for or not. */
    public FreezeBudget freezeOrDefault() {
        return freeze == null ? FreezeBudget.defaults() : freeze;
    }

    /**
     * Returns this policy with a budget for the write freeze of each task.
     *
     * @param value the budget
     * @return the changed policy
     */
    public RunPolicy withFreeze(FreezeBudget value) {
        return new RunPolicy(budget, ramp, waves, Objects.requireNonNull(value, "RunPolicy.freeze"), lockstep);
    }

    /** Returns whether the tasks of a switchover wait for each other, asked for or not. */
    public Lockstep lockstepOrDefault() {
        return lockstep == null ? Lockstep.together() : lockstep;
    }

    /**
     * Returns this policy with a lockstep.
     *
     * @param value whether the tasks wait for each other
     * @return the changed policy
     */
    public RunPolicy withLockstep(Lockstep value) {
        return new RunPolicy(budget, ramp, waves, freeze, Objects.requireNonNull(value, "RunPolicy.lockstep"));
    }

    /** Returns its parts as an operator reads them; empty if there are none. */
    @Override
    public String toString() {
        return Stream.of(
                        budget == null ? "" : "failure budget " + budget,
                        ramp ? "ramp" : "",
                        waves == null ? "" : waves.toString(),
                        freeze == null ? "" : "write freeze " + freeze,
                        lockstep == null ? "" : "lockstep: " + lockstep)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }
}
