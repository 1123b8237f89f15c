package io.omsbatch.testkit.simulation;

import io.omsbatch.api.Limits;
import io.omsbatch.testkit.fault.FaultRule;
import java.time.Duration;
import java.util.Objects;

/**
 * Something that goes wrong in a trial, at a place that each trial comes by again: the boundaries of its processes are numbered
 * in the order in which they are crossed, one before and one after each call of a gateway or a journal.
 *
 * @since 0.1.0
 */
public sealed interface Trouble {

    /**
     * The process that comes by a boundary dies there; nothing it does reaches anything any more.
     *
     * @param place the number of the boundary, at least 1
     */
    record Crash(int place) implements Trouble {
        /** Checks the place. */
        public Crash {
            Limits.range("Crash.place", place, 1, Integer.MAX_VALUE);
        }
    }

    /**
     * The process that comes by a boundary freezes there with all its threads, as under a long pause of its machine, and goes on
     * later without having noticed.
     *
     * @param place the number of the boundary, at least 1
     * @param duration how long it is frozen
     */
    record Freeze(int place, Duration duration) implements Trouble {
        /** Checks the parts. */
        public Freeze {
            Limits.range("Freeze.place", place, 1, Integer.MAX_VALUE);
            Limits.range("Freeze.duration", duration, Duration.ZERO, Duration.ofDays(1));
        }
    }

    /**
     * The journal fails for whoever calls it, for a while.
     *
     * @param place at which boundary that begins
     * @param calls for how many calls of the journal, at least 1
     * @param failure how they fail
     */
    record Outage(int place, int calls, Failure failure) implements Trouble {

        /** How a call of a journal fails. */
        public enum Failure {
            /** Nothing is done, and the caller is told so. */
            UNAVAILABLE,
            /** Nothing is done, and the caller is told that nobody knows. */
            LOST,
            /** It is done, and the caller is told that nobody knows. */
            ANSWER_LOST
        }

        /** Checks the parts. */
        public Outage {
            Limits.range("Outage.place", place, 1, Integer.MAX_VALUE);
            Limits.range("Outage.calls", calls, 1, Integer.MAX_VALUE);
            Objects.requireNonNull(failure, "Outage.failure");
        }
    }

    /**
     * Calls of the platform go wrong.
     *
     * @param rule which, how often, and how
     */
    record Platform(FaultRule rule) implements Trouble {
        /** Checks that the rule is there. */
        public Platform {
            Objects.requireNonNull(rule, "Platform.rule");
        }
    }
}
