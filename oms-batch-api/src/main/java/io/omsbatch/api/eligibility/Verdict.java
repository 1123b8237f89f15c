package io.omsbatch.api.eligibility;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.Limits;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The answer to "may this operation be applied to this task now?". Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public sealed interface Verdict {

    /** The operation may be applied. */
    record Eligible() implements Verdict {
        private static final Verdict INSTANCE = new Eligible();

        @Override
        public boolean eligible() {
            return true;
        }

        @Override
        public List<Reason> reasons() {
            return List.of();
        }
    }

    /** The operation may not be applied. The sentences are written only when somebody asks for them. */
    final class Ineligible implements Verdict {

        private final Supplier<List<Reason>> source;
        private volatile @Nullable List<Reason> reasons;

        private Ineligible(Supplier<List<Reason>> source) {
            this.source = source;
        }

        @Override
        public boolean eligible() {
            return false;
        }

        @Override
        public List<Reason> reasons() {
            List<Reason> known = reasons;
            if (known == null) {
                known = List.copyOf(source.get());
                if (known.isEmpty()) {
                    throw new InvalidInputException(
                            "Verdict.reasons", "is empty; an ineligible verdict needs a reason");
                }
                reasons = known;
            }
            return known;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Ineligible verdict && verdict.reasons().equals(reasons());
        }

        @Override
        public int hashCode() {
            return Objects.hashCode(reasons());
        }

        /** Returns the reasons, joined by {@code "; "}. */
        @Override
        public String toString() {
            return reasons().stream().map(Reason::toString).collect(Collectors.joining("; "));
        }
    }

    /** Returns whether the operation may be applied. */
    boolean eligible();

    /** Returns why not: at least one reason for an ineligible task, none for an eligible one. */
    List<Reason> reasons();

    /** Returns the eligible verdict. */
    static Verdict yes() {
        return Eligible.INSTANCE;
    }

    /**
     * Returns an ineligible verdict.
     *
     * @param reasons why, at least one
     * @return the verdict
     * @throws InvalidInputException if there is no reason, or one is null
     */
    static Verdict no(Reason... reasons) {
        return no(Arrays.asList(Objects.requireNonNull(reasons, "reasons")));
    }

    /**
     * Returns an ineligible verdict.
     *
     * @param reasons why, at least one
     * @return the verdict
     * @throws InvalidInputException if there is no reason, or one is null
     */
    static Verdict no(List<Reason> reasons) {
        Limits.elements("Verdict.reasons", Objects.requireNonNull(reasons, "reasons"), Limits.ITEMS);
        List<Reason> copy = List.copyOf(reasons);
        Ineligible verdict = new Ineligible(() -> copy);
        verdict.reasons();
        return verdict;
    }

    /**
     * Returns an ineligible verdict whose reasons are written only when they are asked for, which makes judging a large
     * fleet cheap.
     *
     * @param reasons writes the reasons, at least one; pure, may be called more than once and from any thread
     * @return the verdict
     */
    static Verdict noLazily(Supplier<List<Reason>> reasons) {
        return new Ineligible(Objects.requireNonNull(reasons, "reasons"));
    }
}
