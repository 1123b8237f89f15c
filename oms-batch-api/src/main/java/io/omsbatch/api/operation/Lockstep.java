package io.omsbatch.api.operation;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.Limits;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how long the tasks of a lane wait for each other at the barrier of a switchover, "process database objects" (SW-3).
 * Whatever is chosen, a task that is ejected goes on alone, and where the source of a task at the barrier has been frozen for its whole
 * budget, those who hold it up are ejected. Immutable.
 *
 * @param barrier whether there is a barrier; without one each task goes on as soon as its own objects are processed
 * @param patience how long the first task at the barrier waits for the others of its lane before those are ejected, 1 s to 1 day, or
 *     null for any time
 * @since 0.1.0
 */
public record Lockstep(boolean barrier, @Nullable Duration patience) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Lockstep TOGETHER = new Lockstep(true, null);
    private static final Lockstep STREAMING = new Lockstep(false, null);

    /** Checks the parts. */
    public Lockstep {
        if (patience != null) {
            Limits.range("Lockstep.patience", patience, SHORTEST, LONGEST);
            if (!barrier) {
                throw new InvalidInputException(
                        "Lockstep.patience",
                        "is " + patience + " without a barrier at which anybody waits; leave one out");
            }
        }
    }

    /** Returns the barrier at which all wait for all, which is what OMS has. */
    public static Lockstep together() {
        return TOGETHER;
    }

    /** Returns that no task waits for another. */
    public static Lockstep streaming() {
        return STREAMING;
    }

    /**
     * Returns the barrier at which nobody is waited for without end.
     *
     * @param value how long the first task at the barrier waits, 1 s to 1 day
     * @return the changed lockstep
     */
    public Lockstep withPatience(Duration value) {
        return new Lockstep(barrier, Objects.requireNonNull(value, "Lockstep.patience"));
    }

    /** Returns it as an operator reads it. */
    @Override
    public String toString() {
        if (!barrier) {
            return "each task by itself";
        }
        return patience == null
                ? "together"
                : "together, stragglers alone after " + patience.toMillis() / 1000.0 + " s";
    }
}
