package io.omsbatch.examples.postgres.drive;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The time as it was at the beginning, moved on by the clock that only goes forward: a lag is the distance of two times,
 * and somebody who sets the machine's clock must not change it. Thread-safe.
 */
final class SteadyClock implements InstantSource {
    private final Instant began;
    private final long nanos = System.nanoTime();

    SteadyClock(InstantSource clock) {
        this.began = clock.instant();
    }

    @Override
    public Instant instant() {
        return began.plusNanos(System.nanoTime() - nanos);
    }
}
