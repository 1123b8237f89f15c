package io.omsbatch.examples.postgres.replication;

import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.problem.Problem;
import java.util.List;

/**
 * A writing transaction that has been open for a while.
 *
 * @param database where it writes
 * @param who session or prepared transaction, user and application
 * @param seconds for how long
 * @param remedy the statement that ends it
 */
public record OpenTransaction(String database, String who, long seconds, String remedy) {
    private static final String SELECT = "SELECT * FROM ("
            + " SELECT datname::text AS database, 'session ' || pid || ' of ' || coalesce(usename, '?') || ' ('"
            + "   || coalesce(nullif(application_name, ''), 'no name') || ', ' || coalesce(state, '?') || ')' AS who,"
            + "   extract(epoch FROM clock_timestamp() - xact_start)::bigint AS seconds,"
            + "   'SELECT pg_terminate_backend(' || pid || ')' AS remedy"
            + " FROM pg_stat_activity WHERE backend_xid IS NOT NULL AND backend_type = 'client backend'"
            + "   AND pid <> pg_backend_pid()"
            + " UNION ALL"
            + " SELECT database::text, 'prepared transaction ' || gid || ' of ' || owner,"
            + "   extract(epoch FROM clock_timestamp() - prepared)::bigint, 'ROLLBACK PREPARED ' || quote_literal(gid)"
            + " FROM pg_prepared_xacts) open WHERE seconds >= ? ORDER BY seconds DESC";

    /** Those on the whole server that are at least {@code seconds} old, the oldest first. */
    public static List<OpenTransaction> atLeast(Session session, long seconds) {
        return session.list(
                SELECT,
                row -> new OpenTransaction(row.getString(1), row.getString(2), row.getLong(3), row.getString(4)),
                seconds);
    }

    /** The problem of something that waits for them. */
    static Problem blocking(Session session, String what) {
        return atLeast(session, 1).stream()
                .findFirst()
                .map(open -> Problem.passing(
                        "OPEN_TRANSACTION",
                        what + " on " + session.where() + " waits for " + open,
                        "end it (in database " + open.database() + ": " + open.remedy() + "), then repeat"))
                .orElseGet(() -> Problem.passing(
                        "OPEN_TRANSACTION",
                        what + " on " + session.where() + " waited too long for writing transactions",
                        "repeat it"));
    }

    @Override
    public String toString() {
        return who + ", which has written in database " + database + " and is open for " + seconds + " s";
    }
}
