package io.omsbatch.core;

import io.omsbatch.api.engine.Environment;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * An environment whose nanoseconds begin at 1 when the engine is built, so that deadlines can be compared and added without
 * a thought for overflow, for the next 292 years. Its clock tells microseconds, as databases keep them, so that an engine says the same
 * of a run as one that reads of it in the journal.
 *
 * @param world the environment behind it
 * @param origin its nanoseconds when the engine was built
 * @param random its randomness, asked for when the engine was built, so that no run can fail for want of it
 */
record AnchoredEnvironment(Environment world, long origin, RandomGenerator random) implements Environment {

    /** What databases can keep; a clock that tells another time is broken, and to add to that may fail. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-01T00:00:00Z");

    static Environment of(Environment world) {
        return new AnchoredEnvironment(
                world, world.nanoTime() - 1, Objects.requireNonNull(world.random(), "Environment.random"));
    }

    @Override
    public InstantSource clock() {
        return () -> within(world.clock().instant()).truncatedTo(ChronoUnit.MICROS);
    }

    private static Instant within(Instant now) {
        return now.isBefore(EARLIEST) ? EARLIEST : now.isAfter(LATEST) ? LATEST : now;
    }

    @Override
    public long nanoTime() {
        return world.nanoTime() - origin;
    }

    @Override
    public Executor executor() {
        return world.executor();
    }

    @Override
    public Executor calls() {
        return world.calls();
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        return world.schedule(delay, task);
    }

    @Override
    public boolean await(CompletionStage<?> stage, Duration timeout) throws InterruptedException {
        return world.await(stage, timeout);
    }

    @Override
    public String newId() {
        return world.newId();
    }
}
