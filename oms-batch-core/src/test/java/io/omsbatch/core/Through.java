package io.omsbatch.core;

import io.omsbatch.api.engine.Environment;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** An environment that leaves to the one behind it whatever it does not do itself. */
public interface Through extends Environment {

    Environment world();

    @Override
    default InstantSource clock() {
        return world().clock();
    }

    @Override
    default long nanoTime() {
        return world().nanoTime();
    }

    @Override
    default Executor executor() {
        return world().executor();
    }

    @Override
    default Timer schedule(Duration delay, Runnable task) {
        return world().schedule(delay, task);
    }

    @Override
    default boolean await(CompletionStage<?> stage, Duration timeout) throws InterruptedException {
        return world().await(stage, timeout);
    }

    @Override
    default String newId() {
        return world().newId();
    }

    @Override
    default RandomGenerator random() {
        return world().random();
    }
}
