package io.omsbatch.examples.postgres.replication;

import io.omsbatch.examples.postgres.database.Databases;
import io.omsbatch.examples.postgres.database.Lsn;
import io.omsbatch.examples.postgres.database.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What both servers say of all links at one moment: two short visits, however many databases there are, because slots
 * and subscriptions are listed for a whole server. Immutable.
 */
public final class Look {
    private static final String POSITION = "SELECT pg_current_wal_flush_lsn()";

    private final Instant at;
    private final Timelines timelines;
    private final Map<String, SlotState> sourceSlots;
    private final Map<String, SubscriptionState> sourceSubscriptions;
    private final Map<String, SlotState> targetSlots;
    private final Map<String, SubscriptionState> targetSubscriptions;
    private final Set<String> openSources;
    private final Set<String> openTargets;

    private Look(Instant at, Timelines timelines, Session source, Session target) {
        this.at = at;
        this.timelines = timelines;
        this.sourceSlots = SlotState.all(source);
        this.sourceSubscriptions = SubscriptionState.all(source);
        this.targetSlots = SlotState.all(target);
        this.targetSubscriptions = SubscriptionState.all(target);
        this.openSources = open(source);
        this.openTargets = open(target);
    }

    /** The databases that the application can come into. */
    private static Set<String> open(Session server) {
        return Set.copyOf(server.list(
                "SELECT datname FROM pg_database WHERE has_database_privilege('public', oid, 'CONNECT')",
                row -> row.getString(1)));
    }

    /** Looks now; the timelines remember how far the servers were. */
    public static Look at(Databases source, Databases target, Timelines timelines, InstantSource clock) {
        try (Session from = source.openServer();
                Session to = target.openServer()) {
            // the time before the position: what was committed by then is not after it
            Instant now = clock.instant();
            timelines.of(Direction.FORWARD).add(now, from.lsn(POSITION));
            timelines.of(Direction.REVERSE).add(now, to.lsn(POSITION));
            return new Look(now, timelines, from, to);
        }
    }

    /** When this was. */
    public Instant at() {
        return at;
    }

    /** The giving end of a link; null if it has no slot. */
    public @Nullable SlotState slot(String database, Direction direction) {
        return (direction == Direction.FORWARD ? sourceSlots : targetSlots).get(direction.nameFor(database));
    }

    /** The receiving end of a link; null if there is none. */
    public @Nullable SubscriptionState subscription(String database, Direction direction) {
        return (direction == Direction.FORWARD ? targetSubscriptions : sourceSubscriptions)
                .get(direction.nameFor(database));
    }

    /** Whether a link was seen to carry nothing: it is not there, or it is switched off and its worker has left. */
    public boolean quiet(String database, Direction direction) {
        SubscriptionState subscription = subscription(database, direction);
        SlotState slot = slot(database, direction);
        return (subscription == null || (!subscription.enabled() && !subscription.worker()))
                && (slot == null || !slot.active());
    }

    /** Whether the application was seen to be able to come into a database where a link begins. */
    public boolean openWhereBegins(String database, Direction direction) {
        return (direction == Direction.FORWARD ? openSources : openTargets).contains(database);
    }

    /** Whether a link was seen to be at work. */
    public boolean working(String database, Direction direction) {
        SubscriptionState subscription = subscription(database, direction);
        return subscription != null && subscription.enabled() && subscription.worker();
    }

    /**
     * How far the receiving side of a link has come, if its worker is there: applied there, and known to the giving side to be durable
     * there.
     */
    public Optional<SyncPosition> sync(String database, Direction direction) {
        SubscriptionState subscription = subscription(database, direction);
        SlotState slot = slot(database, direction);
        if (subscription == null || !subscription.worker() || slot == null) {
            return Optional.empty();
        }
        Lsn applied = subscription.applied();
        Lsn confirmed = slot.confirmed();
        if (applied == null || confirmed == null) {
            return Optional.empty();
        }
        Lsn both = applied.reached(confirmed) ? confirmed : applied;
        // another look may have begun later and be remembered already
        Optional<Instant> upTo = timelines.of(direction).timeOf(both).map(time -> time.isAfter(at) ? at : time);
        return Optional.of(new SyncPosition(applied, both, upTo, upTo.map(time -> Duration.between(time, at)), at));
    }
}
