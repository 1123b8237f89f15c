package io.omsbatch.examples.postgres.drive;

import io.omsbatch.examples.postgres.database.Databases;
import io.omsbatch.examples.postgres.replication.Direction;
import io.omsbatch.examples.postgres.replication.Link;
import io.omsbatch.examples.postgres.replication.Look;
import io.omsbatch.examples.postgres.replication.Timelines;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The two servers between which tasks run, and the one look at them that many tasks share. Thread-safe. */
public final class Servers {
    private static final Duration RECENT = Duration.ofMillis(100);

    private final Databases source;
    private final Databases target;
    private final InstantSource clock;
    private final Timelines timelines;
    private @Nullable Look last;

    /** Tasks run from {@code source} to {@code target}; times begin with that of {@code clock}. */
    public Servers(Databases source, Databases target, InstantSource clock) {
        this(source, target, new SteadyClock(clock), new Timelines());
    }

    private Servers(Databases source, Databases target, InstantSource clock, Timelines timelines) {
        this.source = source;
        this.target = target;
        this.clock = clock;
        this.timelines = timelines;
    }

    /** The same servers for a user who may lose the right to them, see {@link Databases#unless}. */
    Servers unless(Runnable lost) {
        return new Servers(source.unless(lost), target.unless(lost), clock, timelines);
    }

    /** Where the databases are. */
    public Databases source() {
        return source;
    }

    /** Where they are going. */
    public Databases target() {
        return target;
    }

    /** The server where a link begins. */
    public Databases beginOf(Direction direction) {
        return direction == Direction.FORWARD ? source : target;
    }

    /** The server where a link ends. */
    public Databases endOf(Direction direction) {
        return beginOf(direction.opposite());
    }

    /** The platform's clock. */
    public InstantSource clock() {
        return clock;
    }

    /** The link of a database in a direction. */
    public Link link(String database, Direction direction) {
        return new Link(source, target, database, direction);
    }

    /** What both servers say of all links now. */
    public Look look() {
        return Look.at(source, target, timelines, clock);
    }

    /** What both servers said of all links a moment ago: many tasks wait at the same time and share one look. */
    public synchronized Look recentLook() {
        Look recent = last;
        if (recent == null || Duration.between(recent.at(), clock.instant()).compareTo(RECENT) > 0) {
            recent = look();
            last = recent;
        }
        return recent;
    }
}
