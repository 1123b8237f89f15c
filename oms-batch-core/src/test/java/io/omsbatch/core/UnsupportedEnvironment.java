package io.omsbatch.core;

import io.omsbatch.api.engine.Environment;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** An environment that gives nothing that is not overridden, for structures that are tried by themselves. */
public abstract class UnsupportedEnvironment implements Environment {

    @Override
    public InstantSource clock() {
        throw new UnsupportedOperationException("clock");
    }

    @Override
    public long nanoTime() {
        throw new UnsupportedOperationException("nanoTime");
    }

    @Override
    public Executor executor() {
        throw new UnsupportedOperationException("executor");
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        throw new UnsupportedOperationException("schedule");
    }

    @Override
    public boolean await(CompletionStage<?> stage, Duration timeout) {
        throw new UnsupportedOperationException("await");
    }

    @Override
    public String newId() {
        throw new UnsupportedOperationException("newId");
    }

    @Override
    public RandomGenerator random() {
        throw new UnsupportedOperationException("random");
    }
}
