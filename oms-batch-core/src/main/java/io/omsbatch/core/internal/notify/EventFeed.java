package io.omsbatch.core.internal.notify;

import io.omsbatch.api.engine.Environment;
import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.core.internal.flight.StepEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** The events of one run on their way to its listeners. Publishing is quick and never waits for a listener. Thread-safe. */
public final class EventFeed {

    /** How many events a late listener still gets. */
    static final int REMEMBERED = 1_000;

    private final String runId;
    private final Environment environment;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<BatchEvent> remembered = new ArrayDeque<>();
    private final List<Subscriber> subscribers = new ArrayList<>();
    private long sequence;

    /**
     * Creates a feed without listeners.
     *
     * @param runId the run
     * @param environment tells the time
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
        List<Subscriber> told;
        lock.lock();
        try {
            BatchEvent made = event.apply(new BatchEvent.Stamp(
                    runId, sequence + 1, environment.clock().instant()));
            sequence++;
            if (remembered.size() >= REMEMBERED) {
                remembered.remove();
            }
            remembered.add(made);
            record(made);
            subscribers.forEach(subscriber -> subscriber.add(made));
            told = List.copyOf(subscribers);
        } finally {
            lock.unlock();
        }
        told.forEach(Subscriber::deliver);
    }

    private static void record(BatchEvent event) {
        if (event instanceof BatchEvent.StepChanged changed) {
            new StepEvent().happened(changed.stamp().runId(), changed.task(), changed.standing(), changed.problem());
        }
    }

    /**
     * Adds a subscriber, which first gets the events still remembered.
     *
     * @param subscriber a listener of this run, or of more
     */
    public void listen(Subscriber subscriber) {
        lock.lock();
        try {
            remembered.forEach(subscriber::add);
            subscribers.add(subscriber);
        } finally {
            lock.unlock();
        }
        subscriber.deliver();
    }
}
