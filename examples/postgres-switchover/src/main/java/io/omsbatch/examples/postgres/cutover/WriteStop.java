package io.omsbatch.examples.postgres.cutover;

import io.omsbatch.examples.postgres.database.Databases;
import io.omsbatch.examples.postgres.database.Lsn;
import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.problem.Problem;
import io.omsbatch.examples.postgres.problem.Waiting;
import java.time.Duration;
import java.util.Optional;

/**
 * The end of writing on the source: shuts the door, waits for the transactions that were inside, then marks the log. The
 * mark comes after every commit there was, durable or not; the log's current position alone would miss those that are not
 * flushed yet. May be repeated; a later mark is as good as the first. Thread-safe.
 */
public final class WriteStop {
    private static final Duration LIMIT = Duration.ofSeconds(8);

    /** Those that had begun to write in this database before the snapshot's end; the vacuum's own do not matter. */
    private static final String UNFINISHED = "SELECT 'session ' || pid || ' of ' || coalesce(usename, '?')"
            + " || ', open since ' || xact_start FROM pg_stat_activity"
            + " WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()"
            + "   AND backend_type NOT IN ('autovacuum worker', 'walsender')"
            + "   AND age(backend_xid) > age(?::text::xid8::xid)"
            + " UNION ALL SELECT 'prepared transaction ' || gid || ' of ' || owner FROM pg_prepared_xacts"
            + " WHERE database = current_database() AND age(transaction) > age(?::text::xid8::xid)";

    private final Databases source;
    private final String database;

    /** The write stop of {@code database}. */
    public WriteStop(Databases source, String database) {
        this.source = source;
        this.database = database;
    }

    /** Stops the writing and gives the position after which nothing of the application follows. */
    public Lsn confirm() {
        new Door(source, database).shut();
        try (Session session = source.open(database)) {
            String end = session.text("SELECT pg_snapshot_xmax(pg_current_snapshot())::text");
            Waiting.untilTrue(
                    LIMIT,
                    () -> finished(session, end),
                    limit -> Problem.passing(
                            "WRITES_NOT_STOPPED",
                            "after " + limit.toSeconds() + " s "
                                    + unfinished(session, end).orElse("a transaction") + " is still writing in "
                                    + session.where(),
                            "end it, then repeat"));
            return session.lsn("SELECT pg_logical_emit_message(true, 'oms-batch', 'writes stopped')");
        }
    }

    /** All older transactions of the server, or at least all of this database: others' need not stop this one. */
    private static boolean finished(Session session, String end) {
        return session.isTrue("SELECT pg_snapshot_xmin(pg_current_snapshot()) >= ?::text::xid8", end)
                || unfinished(session, end).isEmpty();
    }

    private static Optional<String> unfinished(Session session, String end) {
        return session.first(UNFINISHED, row -> row.getString(1), end, end);
    }
}
