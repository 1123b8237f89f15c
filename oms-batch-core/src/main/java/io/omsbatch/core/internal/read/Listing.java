package io.omsbatch.core.internal.read;

import io.omsbatch.api.engine.Environment;
import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.core.internal.call.CallDispatcher;
import io.omsbatch.core.internal.call.CallResult;
import io.omsbatch.core.internal.call.SafeThrowable;
import io.omsbatch.core.internal.call.Slot;
import io.omsbatch.core.internal.call.Work;
import io.omsbatch.core.internal.call.WorkSource;
import io.omsbatch.core.internal.limit.CallRate;
import io.omsbatch.core.internal.limit.Calls;
import io.omsbatch.core.internal.limit.Wakeable;
import io.omsbatch.core.internal.pace.Backoff;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Asks a platform for one page of all its tasks, again after a pause if that failed in a way that may pass. */
public final class Listing extends WorkSource implements Wakeable {

    private final TaskGateway gateway;
    private final Environment environment;
    private final CallDispatcher dispatcher;
    private final CallRate rate;
    private final Backoff backoff;
    private final int retries;

    private final AtomicBoolean due = new AtomicBoolean();
    private final CompletableFuture<TaskPage> done = new CompletableFuture<>();
    private @Nullable String from;
    private int pageSize;
    private int attempt = 1;

    /**
     * Prepares a listing.
     *
     * @param gateway where to list
     * @param environment time and threads
     * @param dispatcher makes the calls
     * @param rate how often calls begin
     * @param backoff the pauses before retries
     * @param retries how often the page is asked for again
     */
    public Listing(
            TaskGateway gateway,
            Environment environment,
            CallDispatcher dispatcher,
            CallRate rate,
            Backoff backoff,
            int retries) {
        this.rate = rate;
        this.gateway = gateway;
        this.environment = environment;
        this.dispatcher = dispatcher;
        this.backoff = backoff;
        this.retries = retries;
    }

    /**
     * Asks for the page; called once.
     *
     * @param cursor where the page begins, or null for the first
     * @param size how many tasks it has at most
     * @return completes with the page, or exceptionally with a {@link GatewayException}; whoever completes it before that ends
     *     the listing
     */
    public CompletableFuture<TaskPage> begin(@Nullable String cursor, int size) {
        from = cursor;
        pageSize = size;
        CompletableFuture<?> unused = done.whenComplete((page, failure) -> rate.leave(this));
        ask();
        return done;
    }

    @Override
    public @Nullable Work next() {
        if (done.isDone() || !due.compareAndSet(true, false)) {
            return null;
        }
        Calls calls = rate.reserve(1, this);
        if (calls == null) {
            due.set(true);
            return null;
        }
        return slot -> list(slot, calls);
    }

    @Override
    public void wake() {
        dispatcher.signal(this);
    }

    @Override
    public void unresponsive() {
        fail("every call slot is held by a call that does not return");
    }

    private void ask() {
        due.set(true);
        dispatcher.signal(this);
    }

    private void list(Slot slot, Calls calls) {
        dispatcher.call(slot, () -> list(calls), result -> {
            rate.giveBack(calls);
            guarded(() -> take(result));
        });
    }

    private TaskPage list(Calls calls) {
        rate.beginLook(calls);
        return gateway.list(from, pageSize);
    }

    /** Somebody waits for the listing, so that nothing may end it silently: not even an environment that was closed. */
    private void guarded(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | Error thrown) {
            fail(SafeThrowable.describe(thrown));
        }
    }

    private void take(CallResult<TaskPage> result) {
        Problem problem = Failures.ofRead(result);
        if (problem == null) {
            done.complete(Objects.requireNonNull(result.value()));
        } else if (problem.retryable() && attempt <= retries && !done.isDone()) {
            environment.schedule(backoff.after(attempt++), this::ask);
        } else {
            fail(problem.toString());
        }
    }

    private void fail(String why) {
        done.completeExceptionally(Selection.failure(why));
    }
}
