package io.omsbatch.examples.postgres.replication;

import io.omsbatch.examples.postgres.database.Databases;
import io.omsbatch.examples.postgres.database.Lsn;
import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.problem.Problem;
import io.omsbatch.examples.postgres.problem.Waiting;
import io.omsbatch.examples.postgres.schema.TableName;
import java.time.Duration;
import java.util.List;

/**
 * The replication of one database in one direction: publication and slot where the rows come from, subscription where
 * they go. Every move may be repeated: it creates what is absent and removes what is there. Thread-safe; immutable.
 */
public final class Link {
    /** A pattern that no slot matches. */
    private static final String NO_COPY_SLOTS = "";

    private static final Duration WORKER_LIMIT = Duration.ofSeconds(10);
    private static final Duration WAKE_UP_AGAIN = Duration.ofSeconds(2);

    private final Databases publisher;
    private final Databases subscriber;
    private final String database;
    private final String name;

    /** The link of {@code database} in {@code direction}. */
    public Link(Databases source, Databases target, String database, Direction direction) {
        this.publisher = direction == Direction.FORWARD ? source : target;
        this.subscriber = direction == Direction.FORWARD ? target : source;
        this.database = database;
        this.name = direction.nameFor(database);
    }

    /** Publishes these tables and reserves the log from here on; gives the position it is reserved from. */
    public Lsn publish(List<TableName> tables) {
        try (Session session = publisher.open(database)) {
            Publication.create(session, name, tables);
            return Slot.create(session, name);
        }
    }

    /**
     * Subscribes to what {@link #publish} published; rows begin to flow.
     *
     * @param copy whether the rows that are there already are copied first
     */
    public void subscribe(boolean copy) {
        try (Session session = subscriber.open(database)) {
            Subscription.create(session, name, publisher.address().subscriptionConnection(database), copy, true);
        }
    }

    /** Subscribes to what {@link #publish} published, for {@link #enable} to let rows flow later. */
    public void prepare() {
        try (Session session = subscriber.open(database)) {
            Subscription.create(session, name, publisher.address().subscriptionConnection(database), false, false);
        }
    }

    /** Lets rows flow again; returns once the worker is back. */
    public void enable() {
        try (Session session = subscriber.open(database)) {
            Subscription.enable(session, name);
            awaitWorker(session);
        }
    }

    /** Returns once a worker applies rows; wakes a subscription up again whose first call was lost. */
    public void awaitWorker() {
        try (Session session = subscriber.open(database)) {
            awaitWorker(session);
        }
    }

    /** Stops the flow; returns once the worker has left, because only then nothing is applied any more. */
    public void disable() {
        if (!subscriber.has(database)) {
            return;
        }
        try (Session session = subscriber.open(database)) {
            if (Subscription.isThere(session, name)) {
                Subscription.disable(session, name);
                awaitNoWorker(session);
            }
        }
    }

    /** What the initial copy has left to do. */
    public InitialCopy initialCopy() {
        try (Session session = subscriber.open(database)) {
            return Subscription.initialCopy(session, name);
        }
    }

    /** Removes subscription, slots and publication, whatever of them is there, in that order; a database may be missing too. */
    public void remove() {
        String copySlots = subscriber.has(database) ? unsubscribe() : NO_COPY_SLOTS;
        if (publisher.has(database)) {
            unpublish(copySlots);
        }
    }

    /** Returns which slots its initial copy may have left. */
    private String unsubscribe() {
        try (Session session = subscriber.open(database)) {
            String copySlots = Subscription.copySlotPattern(session);
            if (Subscription.isThere(session, name)) {
                Subscription.disable(session, name);
                awaitNoWorker(session);
                Subscription.drop(session, name);
            }
            return copySlots;
        }
    }

    /** Whether anybody but a replication wrote to the publishing side since it was published; false if it is not. */
    public boolean hasChanges() {
        try (Session session = publisher.open(database)) {
            return Slot.isThere(session, name) && Slot.hasChanges(session, name);
        }
    }

    /** Whether nothing of it is left on either server. */
    public boolean gone() {
        return withoutSubscription() && withoutPublication();
    }

    private boolean withoutSubscription() {
        if (!subscriber.has(database)) {
            return true;
        }
        try (Session session = subscriber.open(database)) {
            return !Subscription.isThere(session, name);
        }
    }

    private boolean withoutPublication() {
        if (!publisher.has(database)) {
            return true;
        }
        try (Session session = publisher.open(database)) {
            return !Slot.isThere(session, name) && !Publication.isThere(session, name);
        }
    }

    private void unpublish(String copySlots) {
        try (Session session = publisher.open(database)) {
            Slot.dropAll(session, name, copySlots);
            Publication.drop(session, name);
        }
    }

    private void awaitWorker(Session session) {
        long wakeAgainAt = System.nanoTime() + WAKE_UP_AGAIN.toNanos();
        boolean[] woken = {false};
        Waiting.untilTrue(
                WORKER_LIMIT,
                () -> {
                    if (!woken[0] && System.nanoTime() > wakeAgainAt) {
                        Subscription.enable(session, name);
                        woken[0] = true;
                    }
                    return Subscription.workerIsThere(session, name);
                },
                limit -> Problem.passing(
                        "WORKER_NOT_STARTED",
                        "no worker of subscription " + name + " on " + session.where() + " within " + limit.toSeconds()
                                + " s",
                        "look at that server's log: a missing slot or publication, or no free worker, shows only there"));
    }

    private void awaitNoWorker(Session session) {
        Waiting.untilTrue(
                WORKER_LIMIT,
                () -> !Subscription.workerIsThere(session, name),
                limit -> Problem.passing(
                        "WORKER_STILL_THERE",
                        "a worker of subscription " + name + " on " + session.where() + " is still there after "
                                + limit.toSeconds() + " s",
                        "look at what it applies in pg_stat_activity, then repeat"));
    }
}
