package io.omsbatch.testkit.fault;

import io.omsbatch.api.Limits;
import java.time.Duration;
import java.util.Objects;

/**
 * Something that goes wrong. Immutable.
 *
 * @param kind what
 * @param delay how long, for those kinds that take time; otherwise without meaning
 * @since 0.1.0
 */
public record Fault(FaultKind kind, Duration delay) {

    /** Checks the parts. */
    public Fault {
        Objects.requireNonNull(kind, "Fault.kind");
        Limits.range("Fault.delay", delay, Duration.ZERO, Duration.ofDays(365));
    }

    /**
     * Returns a fault that lasts a minute if it takes time, longer than the usual call timeout.
     *
     * @param kind what goes wrong
     * @return the fault
     */
    public static Fault of(FaultKind kind) {
        return new Fault(kind, Duration.ofMinutes(1));
    }

    /** Returns kind and delay. */
    @Override
    public String toString() {
        return kind + "(" + delay + ")";
    }
}
