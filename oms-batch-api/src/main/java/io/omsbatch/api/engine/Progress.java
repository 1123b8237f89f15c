package io.omsbatch.api.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is. {@code ended + inFlight + waiting = total}. Immutable.
 *
 * @param total how many tasks were selected
 * @param ended how many have their outcome
 * @param unsuccessful how many of the ended ones are not in the wanted state
 * @param inFlight how many have a command that is not settled
 * @param waiting how many wait for a slot, a time, an operator or the others
 * @param perSecond how many ended per second since the run began
 * @param remaining how long the rest will take at that rate, or null while nobody can tell
 * @since 0.1.0
 */
public record Progress(
        int total,
        int ended,
        int unsuccessful,
        int inFlight,
        int waiting,
        double perSecond,
        @Nullable Duration remaining) {}
