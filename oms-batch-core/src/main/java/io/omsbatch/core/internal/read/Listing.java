package io.omsbatch.core.internal.read;

import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.core.internal.call.CallResult;
import io.omsbatch.core.internal.call.SafeThrowable;
import io.omsbatch.core.internal.call.Slot;
import io.omsbatch.core.internal.call.Work;
import io.omsbatch.core.internal.call.WorkSource;
import io.omsbatch.core.internal.limit.Calls;
import io.omsbatch.core.internal.limit.Wakeable;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Asks a platform for one page of all its tasks, again after a pause if that failed in a way that may pass. */
public final class Listing extends WorkSource implements Wakeable {

    private final TaskGateway gateway;
    private final ReadMeans means;

    private final AtomicBoolean due = new AtomicBoolean();
    private final CompletableFuture<TaskPage> done = new CompletableFuture<>();
    private @Nullable String from;
    private int pageSize;
    private int attempt = 1;

    /**
     * Prepares a listing.
     *
     * @param gateway where to list
     * @param means what it needs
     */
    public Listing(TaskGateway gateway, ReadMeans means) {
        this.gateway = gateway;
        this.means = means;
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
        CompletableFuture<?> unused =
                done.whenComplete((page, failure) -> means.looker().rate().leave(this));
        ask();
        return done;
    }

    @Override
    public @Nullable Work next() {
        if (done.isDone() || !due.compareAndSet(true, false)) {
            return null;
        }
        Calls calls = means.looker().rate().reserve(1, this);
        if (calls == null) {
            due.set(true);
            return null;
        }
        return slot -> list(slot, calls);
    }

    @Override
    public void wake() {
        means.looker().dispatcher().signal(this);
    }

    @Override
    public void unresponsive() {
        fail("every call slot is held by a call that does not return");
    }

    private void ask() {
        due.set(true);
        means.looker().dispatcher().signal(this);
    }

    private void list(Slot slot, Calls calls) {
        means.looker()
                .look(
                        slot,
                        calls,
                        before -> {
                            before.run();
                            return gateway.list(from, pageSize);
                        },
                        result -> guarded(() -> take(result)));
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
        } else if (problem.retryable() && attempt <= means.retries() && !done.isDone()) {
            means.environment().schedule(means.backoff().after(attempt++), this::ask);
        } else {
            fail(problem.toString());
        }
    }

    private void fail(String why) {
        done.completeExceptionally(Selection.failure(why));
    }
}
