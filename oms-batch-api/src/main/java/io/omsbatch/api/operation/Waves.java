package io.omsbatch.api.operation;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.Limits;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A run in waves: a wave begins only after every task of the one before has its outcome, its soak is over, and the host's
 * health gate is content. The plan shows which task is in which wave. Once more tasks of a wave failed than {@code budget} allows,
 * or the gate is not content in time, the run is paused with the reason; an operator who resumes it accepts what stopped it, and
 * that is recorded. A canary is a first wave of one. Immutable.
 *
 * @param parts the waves, in order, 1 to 100; tasks that are in none of them make up a last one
 * @param budget how many tasks of each wave may fail, a share counts the tasks of the wave
 * @param soak how long to wait after the last outcome of a wave, 0 to 7 days
 * @param gateWithin how long after that the health gate of the engine may take until it is content, 1 s to 7 days; null to ask no
 *     gate
 * @since 0.1.0
 */
public record Waves(
        List<Wave> parts,
        FailureBudget budget,
        Duration soak,
        @Nullable Duration gateWithin) {

    /** Most waves that may be named. */
    public static final int MOST = 100;

    private static final Duration LONGEST = Duration.ofDays(7);

    /** Checks and copies the parts. */
    public Waves {
        Objects.requireNonNull(parts, "Waves.parts");
        Objects.requireNonNull(budget, "Waves.budget");
        if (parts.isEmpty() || parts.size() > MOST) {
            throw new InvalidInputException(
                    "Waves.parts", "has " + parts.size() + " waves; name 1 to " + MOST + ", the rest is a last one");
        }
        Limits.noNull("Waves.parts", parts);
        parts = List.copyOf(parts);
        Limits.range("Waves.soak", soak, Duration.ZERO, LONGEST);
        if (gateWithin != null) {
            Limits.range("Waves.gateWithin", gateWithin, Duration.ofSeconds(1), LONGEST);
        }
    }

    /**
     * Returns waves of which none may have a failure, without a soak and without a gate.
     *
     * @param parts the waves, in order, at least one
     * @return the waves
     */
    public static Waves of(Wave... parts) {
        return new Waves(
                Arrays.asList(Objects.requireNonNull(parts, "Waves.parts")),
                FailureBudget.tasks(0).soft(),
                Duration.ZERO,
                null);
    }

    /**
     * Reads waves without a failure, a soak or a gate, as {@code 1, 50%, tag:slow}.
     *
     * @param text the waves, separated by commas, each as {@link Wave#parse} reads it
     * @return the waves
     * @throws InvalidInputException if the text is none
     */
    public static Waves parse(String text) {
        return of(Stream.of(Objects.requireNonNull(text, "Waves.text").split(",", -1))
                .map(part -> Wave.parse(part.strip()))
                .toArray(Wave[]::new));
    }

    /**
     * Returns these waves with another budget.
     *
     * @param value how many tasks of each wave may fail
     * @return the changed waves
     */
    public Waves withBudget(FailureBudget value) {
        return new Waves(parts, value, soak, gateWithin);
    }

    /**
     * Returns these waves with another soak.
     *
     * @param value how long to wait after a wave, 0 to 7 days
     * @return the changed waves
     */
    public Waves withSoak(Duration value) {
        return new Waves(parts, budget, value, gateWithin);
    }

    /**
     * Returns these waves with a health gate after each but the last; the engine must have one.
     *
     * @param value how long the gate may take until it is content, 1 s to 7 days
     * @return the changed waves
     */
    public Waves withGateWithin(Duration value) {
        return new Waves(parts, budget, soak, Objects.requireNonNull(value, "Waves.gateWithin"));
    }

    /** Returns the waves as {@link #parse} reads them. */
    public String text() {
        return parts.stream().map(Wave::toString).collect(Collectors.joining(", "));
    }

    /** Returns waves, budget, soak and gate as an operator reads them. */
    @Override
    public String toString() {
        return "waves " + text() + " (each may fail "
                + budget + (soak.isZero() ? "" : ", soak " + soak)
                + (gateWithin == null ? "" : ", health gate within " + gateWithin) + ")";
    }
}
