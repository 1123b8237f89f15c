package io.omsbatch.core.internal.notify;

import io.omsbatch.api.engine.Environment;
import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.event.BatchListener;
import io.omsbatch.core.internal.call.SafeThrowable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of one run on their way to its listeners. Publishing is quick and never waits for a listener; each listener has a
 * queue of its own, and one that falls too far behind misses the oldest events, which it can tell by the sequence numbers.
 */
public final class EventFeed {

    /** How many events a late listener still gets. */
    static final int REMEMBERED = 1_000;

    /** How many events may wait for a slow listener. */
    static final int WAITING = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);

    private final String runId;
    private final Environment environment;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<BatchEvent> remembered = new ArrayDeque<>();
    private final List<Subscriber> subscribers = new ArrayList<>();
    private long sequence;

    private static final class Subscriber {
        final BatchListener listener;
        final Deque<BatchEvent> queue = new ArrayDeque<>();
        boolean delivering;

        Subscriber(BatchListener listener) {
            this.listener = listener;
        }
    }

    /**
     * Creates a feed without listeners.
     *
     * @param runId the run
     * @param environment time and threads
     */
    public EventFeed(String runId, Environment environment) {
        this.runId = runId;
        this.environment = environment;
    }

    /**
     * Publishes an event.
     *
     * @param event makes the event of its stamp
     */
    public void publish(Function<BatchEvent.Stamp, BatchEvent> event) {
        List<Subscriber> idle = new ArrayList<>();
        lock.lock();
        try {
            BatchEvent made = event.apply(new BatchEvent.Stamp(
                    runId, sequence + 1, environment.clock().instant()));
            sequence++;
            bound(remembered, REMEMBERED).add(made);
            for (Subscriber subscriber : subscribers) {
                bound(subscriber.queue, WAITING).add(made);
                if (!subscriber.delivering) {
                    subscriber.delivering = true;
                    idle.add(subscriber);
                }
            }
        } finally {
            lock.unlock();
        }
        idle.forEach(this::deliver);
    }

    /**
     * Adds a listener, which first gets the events still remembered.
     *
     * @param listener the listener
     */
    public void listen(BatchListener listener) {
        Subscriber subscriber = new Subscriber(Objects.requireNonNull(listener, "listener"));
        lock.lock();
        try {
            subscriber.queue.addAll(remembered);
            subscriber.delivering = true;
            subscribers.add(subscriber);
        } finally {
            lock.unlock();
        }
        deliver(subscriber);
    }

    private static Deque<BatchEvent> bound(Deque<BatchEvent> queue, int most) {
        if (queue.size() >= most) {
            queue.poll();
        }
        return queue;
    }

    private void deliver(Subscriber subscriber) {
        try {
            environment.executor().execute(() -> drain(subscriber));
        } catch (RuntimeException | Error refused) {
            LOG.warn("Run {}: the executor refuses to tell a listener", runId, SafeThrowable.of(refused));
            lock.lock();
            try {
                subscriber.delivering = false;
            } finally {
                lock.unlock();
            }
        }
    }

    private void drain(Subscriber subscriber) {
        BatchEvent event = next(subscriber);
        while (event != null) {
            try {
                subscriber.listener.onEvent(event);
            } catch (Throwable thrown) { // a listener of another language may throw checked exceptions, too
                LOG.warn(
                        "Run {}: a listener threw at event {}",
                        runId,
                        event.stamp().sequence(),
                        SafeThrowable.of(thrown));
            }
            event = next(subscriber);
        }
    }

    private @Nullable BatchEvent next(Subscriber subscriber) {
        lock.lock();
        try {
            BatchEvent event = subscriber.queue.poll();
            subscriber.delivering = event != null;
            return event;
        } finally {
            lock.unlock();
        }
    }
}
