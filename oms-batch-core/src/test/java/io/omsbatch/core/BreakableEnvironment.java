package io.omsbatch.core;

import io.omsbatch.api.engine.Environment;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** An environment whose executor and timers take nothing more once they are broken. */
record BreakableEnvironment(Environment world, AtomicBoolean broken) implements Through {

    @Override
    public Executor executor() {
        return task -> {
            if (broken.get()) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            world.executor().execute(task);
        };
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        if (broken.get()) {
            throw new RejectedExecutionException("the timer was shut down");
        }
        return world.schedule(delay, task);
    }
}
