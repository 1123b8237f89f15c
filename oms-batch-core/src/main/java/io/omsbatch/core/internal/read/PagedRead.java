package io.omsbatch.core.internal.read;

import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.task.TaskRef;
import io.omsbatch.core.internal.call.CallResult;
import io.omsbatch.core.internal.call.SafeThrowable;
import io.omsbatch.core.internal.call.Slot;
import io.omsbatch.core.internal.call.Work;
import io.omsbatch.core.internal.call.WorkSource;
import io.omsbatch.core.internal.limit.Calls;
import io.omsbatch.core.internal.limit.Wakeable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads something of any number of tasks, a page at a time. A page that fails in a way that may pass is read again after a pause, and fails
 * the whole read when that does not help; a page that is broken is read task by task, so that a poisonous task spoils only
 * itself.
 *
 * @param <T> what is read of each task
 */
public final class PagedRead<T> extends WorkSource implements Wakeable {

    /**
     * Reads one page.
     *
     * @param <T> what is read of each task
     */
    public interface Reader<T> {

        /**
         * Calls the gateway once, and throws whatever it throws.
         *
         * @param tasks which tasks, unmodifiable
         * @return a look at each of them
         */
        Map<TaskRef, Looked<T>> read(Set<TaskRef> tasks);
    }

    private record Page(Set<TaskRef> tasks, int attempt) {}

    private final Reader<T> reader;
    private final ReadMeans means;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Page> pages = new ArrayDeque<>();
    private final Map<TaskRef, Looked<T>> looks = new HashMap<>();
    private final CompletableFuture<Map<TaskRef, Looked<T>>> done = new CompletableFuture<>();
    private int outstanding;

    /**
     * Prepares a read.
     *
     * @param reader reads a page
     * @param means what it needs
     */
    public PagedRead(Reader<T> reader, ReadMeans means) {
        this.reader = reader;
        this.means = means;
    }

    /**
     * Begins the read; called once.
     *
     * @param tasks which tasks
     * @param pageSize how many at once
     * @return completes with one look per task, or exceptionally with a {@link GatewayException}; whoever completes it before that
     *     ends the read
     */
    public CompletableFuture<Map<TaskRef, Looked<T>>> begin(List<TaskRef> tasks, int pageSize) {
        for (int from = 0; from < tasks.size(); from += pageSize) {
            pages.add(page(tasks.subList(from, Math.min(from + pageSize, tasks.size()))));
        }
        outstanding = pages.size();
        if (outstanding == 0) {
            done.complete(Map.of());
        } else {
            CompletableFuture<?> unused =
                    done.whenComplete((looked, failure) -> means.looker().rate().leave(this));
            means.looker().dispatcher().signal(this);
        }
        return done;
    }

    /** Unmodifiable, because the gateway gets to see it. */
    private static Page page(List<TaskRef> tasks) {
        return new Page(Collections.unmodifiableSet(new LinkedHashSet<>(tasks)), 1);
    }

    @Override
    public @Nullable Work next() {
        lock.lock();
        try {
            Calls calls = done.isDone() || pages.isEmpty()
                    ? null
                    : means.looker().rate().reserve(1, this);
            if (calls == null) {
                return null;
            }
            Page page = pages.remove();
            return slot -> read(slot, page, calls);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void wake() {
        means.looker().dispatcher().signal(this);
    }

    @Override
    public void unresponsive() {
        done.completeExceptionally(GatewayException.transientFailure(
                "the platform does not answer: every call slot is held by a call that does not return", null));
    }

    private void read(Slot slot, Page page, Calls calls) {
        means.looker()
                .<Map<TaskRef, Looked<T>>>look(
                        slot,
                        calls,
                        before -> {
                            before.run();
                            return reader.read(page.tasks());
                        },
                        result -> guarded(() -> take(page, result)));
    }

    /** Somebody waits for the read, so that nothing may end it silently: not even an environment that was closed. */
    private void guarded(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | Error thrown) {
            done.completeExceptionally(GatewayException.transientFailure(
                    "the read could not go on: " + SafeThrowable.describe(thrown), null));
        }
    }

    private void take(Page page, CallResult<Map<TaskRef, Looked<T>>> result) {
        Problem problem = Failures.ofRead(result);
        if (problem == null) {
            finish(Objects.requireNonNull(result.value()));
        } else if (problem.retryable()) {
            again(page, problem);
        } else if (page.tasks().size() > 1) {
            split(page);
        } else {
            page.tasks().forEach(task -> finish(Map.of(task, Looked.failed(problem))));
        }
    }

    private void again(Page page, Problem problem) {
        if (done.isDone()) {
            return;
        }
        if (page.attempt() > means.retries()) {
            done.completeExceptionally(GatewayException.transientFailure(problem.toString(), null));
            return;
        }
        means.environment()
                .schedule(
                        means.backoff().after(page.attempt()),
                        () -> add(List.of(new Page(page.tasks(), page.attempt() + 1)), 0));
    }

    private void split(Page page) {
        List<Page> singles = new ArrayList<>();
        page.tasks().forEach(task -> singles.add(new Page(Set.of(task), page.attempt())));
        add(singles, singles.size() - 1);
    }

    private void add(List<Page> more, int moreOutstanding) {
        lock.lock();
        try {
            pages.addAll(more);
            outstanding += moreOutstanding;
        } finally {
            lock.unlock();
        }
        means.looker().dispatcher().signal(this);
    }

    private void finish(Map<TaskRef, Looked<T>> page) {
        boolean last;
        lock.lock();
        try {
            looks.putAll(page);
            last = --outstanding == 0;
        } finally {
            lock.unlock();
        }
        if (last) {
            done.complete(looks);
        }
    }
}
