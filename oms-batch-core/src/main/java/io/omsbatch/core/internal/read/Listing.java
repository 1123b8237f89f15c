package io.omsbatch.core.internal.read;

import io.omsbatch.api.engine.Environment;
import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.gateway.TaskGateway;
import io.omsbatch.api.gateway.TaskPage;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.task.MigrationTask;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.call.CallDispatcher;
import io.omsbatch.core.internal.call.CallResult;
import io.omsbatch.core.internal.call.SafeThrowable;
import io.omsbatch.core.internal.call.Slot;
import io.omsbatch.core.internal.call.Work;
import io.omsbatch.core.internal.call.WorkSource;
import io.omsbatch.core.internal.pace.Backoff;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Goes through all tasks of a platform, one page after the other, and keeps those that are wanted. */
public final class Listing extends WorkSource {

    /** How many pages in a row may hold nothing: a platform may filter, but must not go on for ever. */
    static final int MOST_EMPTY_PAGES = 1_000;

    private final TaskGateway gateway;
    private final Environment environment;
    private final CallDispatcher dispatcher;
    private final Backoff backoff;
    private final int retries;

    private final AtomicBoolean due = new AtomicBoolean();
    private final Set<TaskRef> found = new LinkedHashSet<>();
    private final Set<String> visited = new HashSet<>();
    private final CompletableFuture<List<TaskRef>> done = new CompletableFuture<>();
    private Predicate<MigrationTask> wanted = task -> false;
    private int most;
    private int pageSize;
    private int attempt = 1;
    private int emptyPages;
    private @Nullable String from;

    /**
     * Prepares a listing.
     *
     * @param gateway where to list
     * @param environment time and threads
     * @param dispatcher makes the calls
     * @param backoff the pauses before retries
     * @param retries how often a page is asked for again
     */
    public Listing(
            TaskGateway gateway, Environment environment, CallDispatcher dispatcher, Backoff backoff, int retries) {
        this.gateway = gateway;
        this.environment = environment;
        this.dispatcher = dispatcher;
        this.backoff = backoff;
        this.retries = retries;
    }

    /**
     * Begins the listing; called once.
     *
     * @param chosen decides which tasks are wanted
     * @param limit how many at most
     * @param size how many tasks a page has
     * @return completes with the wanted tasks, or exceptionally with a {@link GatewayException}
     */
    public CompletionStage<List<TaskRef>> begin(Predicate<MigrationTask> chosen, int limit, int size) {
        wanted = chosen;
        most = limit;
        pageSize = size;
        askNext();
        return done;
    }

    @Override
    public @Nullable Work next() {
        return due.compareAndSet(true, false) ? this::list : null;
    }

    @Override
    public void unresponsive() {
        fail("every call slot is held by a call that does not return");
    }

    private void askNext() {
        due.set(true);
        dispatcher.signal(this);
    }

    private void list(Slot slot) {
        String cursor = from;
        dispatcher.call(slot, () -> gateway.list(cursor, pageSize), result -> guarded(() -> take(result)));
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
        if (problem != null && problem.retryable() && attempt <= retries) {
            environment.schedule(backoff.after(attempt++), this::askNext);
            return;
        }
        if (problem != null) {
            fail(problem.toString());
            return;
        }
        attempt = 1;
        TaskPage page = Objects.requireNonNull(result.value());
        try {
            keep(page.tasks());
        } catch (RuntimeException | Error thrown) { // the host's predicate
            fail("the selection threw " + SafeThrowable.describe(thrown));
            return;
        }
        goOnFrom(page);
    }

    private void keep(List<MigrationTask> tasks) {
        for (MigrationTask task : tasks) {
            if (found.size() < most && wanted.test(task)) {
                found.add(task.ref());
            }
        }
    }

    private void goOnFrom(TaskPage page) {
        from = page.next();
        emptyPages = page.tasks().isEmpty() ? emptyPages + 1 : 0;
        if (from == null || found.size() >= most) {
            done.complete(List.copyOf(found));
        } else if (emptyPages > MOST_EMPTY_PAGES) {
            fail("the platform sent more than " + MOST_EMPTY_PAGES + " empty pages in a row");
        } else if (!visited.add(from)) {
            fail("the platform's pages go round in circles");
        } else {
            askNext();
        }
    }

    private void fail(String why) {
        done.completeExceptionally(GatewayException.transientFailure("the tasks could not be listed: " + why, null));
    }
}
