package io.omsbatch.core;

import io.omsbatch.api.OmsBatchException;
import io.omsbatch.api.engine.Environment;
import io.omsbatch.api.engine.PlanRefusedException;
import io.omsbatch.api.engine.PlanRefusedException.Why;
import io.omsbatch.api.gateway.GatewayException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/** Those who call an engine and wait in it, until what they wait for is there or the engine is closed. Thread-safe. */
final class Callers {

    /** A read ends by its own retries and timeouts; this only bounds the wait for it. */
    private static final Duration LONGEST_READ = Duration.ofHours(1);

    private final Environment environment;
    private final Map<Object, CompletableFuture<?>> waits = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Callers(Environment environment) {
        this.environment = environment;
    }

    /** Returns whether the engine is closed. */
    boolean closed() {
        return closed;
    }

    /** The engine is closed: nobody waits any longer. */
    void sendAway() {
        closed = true;
        waits.values().forEach(awaited -> awaited.completeExceptionally(closedEngine()));
    }

    void ensureOpen() {
        if (closed) {
            throw closedEngine();
        }
    }

    private static PlanRefusedException closedEngine() {
        return new PlanRefusedException(Why.ENGINE_CLOSED, "the engine is closed");
    }

    /** Waits for something that ends, whatever it is at, once nobody waits for it any more: the caller, or an open engine. */
    <T> T await(CompletableFuture<T> awaited) {
        Object wait = new Object();
        waits.put(wait, awaited);
        try {
            if (closed) {
                awaited.completeExceptionally(closedEngine());
            }
            if (environment.await(awaited, LONGEST_READ)) {
                return awaited.join();
            }
            throw GatewayException.transientFailure("the platform did not answer within " + LONGEST_READ, null);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw GatewayException.transientFailure(
                    "the thread was interrupted while it waited for the platform", null);
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof OmsBatchException known) {
                throw known;
            }
            throw failed;
        } finally {
            waits.remove(wait);
            awaited.cancel(false);
        }
    }
}
