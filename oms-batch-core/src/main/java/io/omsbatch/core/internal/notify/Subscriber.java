package io.omsbatch.core.internal.notify;

import io.omsbatch.api.engine.Environment;
import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.event.BatchListener;
import io.omsbatch.core.internal.call.SafeThrowable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listener and the events that wait for it, of one run or of all. It takes one thread at most, however many runs there are, and
 * only while events wait; a listener that falls too far behind misses the oldest. Thread-safe.
 */
public final class Subscriber {

    /** How many events may wait for a slow listener. */
    static final int WAITING = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);

    private final BatchListener listener;
    private final Environment environment;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<BatchEvent> queue = new ArrayDeque<>();
    private boolean delivering;
    private long missed;

    /**
     * Creates a subscriber for which nothing waits.
     *
     * @param listener who is told
     * @param environment the threads that tell it
     */
    public Subscriber(BatchListener listener, Environment environment) {
        this.listener = Objects.requireNonNull(listener, "listener");
        this.environment = environment;
    }

    /** Puts an event into the queue; quick, and never calls the listener. */
    void add(BatchEvent event) {
        boolean firstMissed = false;
        lock.lock();
        try {
            if (queue.size() >= WAITING) {
                queue.remove();
                firstMissed = missed++ == 0;
            }
            queue.add(event);
        } finally {
            lock.unlock();
        }
        if (firstMissed) {
            LOG.warn("A listener is {} events behind and misses the oldest from now on", WAITING);
        }
    }

    /** Sees to it that the listener is told what waits for it. */
    void deliver() {
        lock.lock();
        try {
            if (delivering || queue.isEmpty()) {
                return;
            }
            delivering = true;
        } finally {
            lock.unlock();
        }
        try {
            environment.executor().execute(this::drain);
        } catch (RuntimeException | Error refused) {
            LOG.warn("The executor refuses to tell a listener", SafeThrowable.of(refused));
            lock.lock();
            try {
                delivering = false;
            } finally {
                lock.unlock();
            }
        }
    }

    private void drain() {
        BatchEvent event = next();
        while (event != null) {
            try {
                listener.onEvent(event);
            } catch (Throwable thrown) { // a listener of another language may throw checked exceptions, too
                LOG.warn(
                        "Run {}: a listener threw at event {}",
                        event.stamp().runId(),
                        event.stamp().sequence(),
                        SafeThrowable.of(thrown));
            }
            event = next();
        }
    }

    private @Nullable BatchEvent next() {
        long caughtUp = 0;
        lock.lock();
        try {
            BatchEvent event = queue.poll();
            delivering = event != null;
            if (event == null) {
                caughtUp = missed;
                missed = 0;
            }
            return event;
        } finally {
            lock.unlock();
            if (caughtUp > 0) {
                LOG.warn("A listener has caught up; it missed {} events", caughtUp);
            }
        }
    }
}
