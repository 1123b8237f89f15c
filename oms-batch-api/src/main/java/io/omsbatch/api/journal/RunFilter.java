package io.omsbatch.api.journal;

import io.omsbatch.api.Limits;
import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.OperationKind;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which runs a list shows. Immutable; begin with {@link #all()}.
 *
 * @param states the states wanted; empty for all
 * @param operations the operations wanted; empty for all
 * @param confirmedBy who confirmed them, or null for whoever did
 * @param startedFrom confirmed then or later, or null for any time
 * @param startedBefore confirmed before then, or null for any time
 * @param redriveOf the run whose tasks they take up once more, or null for whatever they do
 * @since 0.1.0
 */
public record RunFilter(
        Set<RunSummary.State> states,
        Set<OperationKind> operations,
        @Nullable Actor confirmedBy,
        @Nullable Instant startedFrom,
        @Nullable Instant startedBefore,
        @Nullable String redriveOf) {

    private static final RunFilter ALL = new RunFilter(Set.of(), Set.of(), null, null, null, null);

    /** Copies the sets. */
    public RunFilter {
        Limits.elements("RunFilter.states", states, RunSummary.State.values().length);
        Limits.elements("RunFilter.operations", operations, OperationKind.values().length);
        states = Set.copyOf(states);
        operations = Set.copyOf(operations);
        if (redriveOf != null) {
            Limits.id("RunFilter.redriveOf", redriveOf);
        }
    }

    private static <T> Set<T> set(String field, T[] wanted) {
        List<T> listed = Arrays.asList(Objects.requireNonNull(wanted, field));
        Limits.noNull(field, listed);
        return Set.copyOf(listed);
    }

    /** Returns the filter that every run passes. */
    public static RunFilter all() {
        return ALL;
    }

    /**
     * Returns this filter for certain states only.
     *
     * @param wanted the states; none for all
     * @return the changed filter
     */
    public RunFilter in(RunSummary.State... wanted) {
        return new RunFilter(
                set("RunFilter.states", wanted), operations, confirmedBy, startedFrom, startedBefore, redriveOf);
    }

    /**
     * Returns this filter for certain operations only.
     *
     * @param wanted the operations; none for all
     * @return the changed filter
     */
    public RunFilter of(OperationKind... wanted) {
        return new RunFilter(
                states, set("RunFilter.operations", wanted), confirmedBy, startedFrom, startedBefore, redriveOf);
    }

    /**
     * Returns this filter for the runs that somebody confirmed.
     *
     * @param actor who
     * @return the changed filter
     */
    public RunFilter confirmedBy(Actor actor) {
        return new RunFilter(
                states,
                operations,
                Objects.requireNonNull(actor, "RunFilter.confirmedBy"),
                startedFrom,
                startedBefore,
                redriveOf);
    }

    /**
     * Returns this filter for the runs that were confirmed within a time.
     *
     * @param from then or later, or null
     * @param before before then, or null
     * @return the changed filter
     */
    public RunFilter startedBetween(@Nullable Instant from, @Nullable Instant before) {
        return new RunFilter(states, operations, confirmedBy, from, before, redriveOf);
    }

    /**
     * Returns this filter for the runs that take tasks of a run up once more.
     *
     * @param runId the run whose tasks they take up
     * @return the changed filter
     */
    public RunFilter redrivesOf(String runId) {
        return new RunFilter(
                states,
                operations,
                confirmedBy,
                startedFrom,
                startedBefore,
                Objects.requireNonNull(runId, "RunFilter.redriveOf"));
    }

    /**
     * Returns whether a run passes.
     *
     * @param run the run
     * @return whether it does
     */
    public boolean passes(RunSummary run) {
        Objects.requireNonNull(run, "run");
        return (states.isEmpty() || states.contains(run.standing().state()))
                && (operations.isEmpty() || operations.contains(run.operation()))
                && (confirmedBy == null || confirmedBy.equals(run.confirmedBy()))
                && (startedFrom == null || !run.startedAt().isBefore(startedFrom))
                && (startedBefore == null || run.startedAt().isBefore(startedBefore))
                && (redriveOf == null || redriveOf.equals(run.redriveOf()));
    }
}
