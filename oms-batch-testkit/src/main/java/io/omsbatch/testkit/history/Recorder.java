package io.omsbatch.testkit.history;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives everything that is recorded together one order. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Recorder {

    private final InstantSource clock;
    private final Instant beginning;
    private final AtomicInteger order = new AtomicInteger();

    /**
     * Creates a recorder; histories are printed with times since now.
     *
     * @param clock tells when things happen
     */
    public Recorder(InstantSource clock) {
        this.clock = clock;
        this.beginning = clock.instant();
    }

    /** Returns the present moment, which comes after all moments returned before. */
    public Moment now() {
        return at(clock.instant());
    }

    /**
     * Returns a moment that is recorded now and happened at a time.
     *
     * @param time when it happened
     * @return the moment
     */
    public Moment at(Instant time) {
        return new Moment(order.incrementAndGet(), time);
    }

    /** Returns when recording began. */
    public Instant beginning() {
        return beginning;
    }
}
