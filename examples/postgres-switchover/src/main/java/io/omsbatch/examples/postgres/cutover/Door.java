package io.omsbatch.examples.postgres.cutover;

import io.omsbatch.examples.postgres.database.Databases;
import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.database.Sql;
import io.omsbatch.examples.postgres.problem.Problem;
import io.omsbatch.examples.postgres.problem.Waiting;
import java.time.Duration;

/**
 * Who may come into a database. Shut, nobody but superusers and the replication can: sessions cannot connect, and those
 * inside are ended. It does not stop a superuser. Shutting and opening may be repeated. Thread-safe.
 */
public final class Door {
    private static final Duration LIMIT = Duration.ofSeconds(8);
    private static final String STRANGERS = "FROM pg_stat_activity a JOIN pg_roles r ON r.rolname = a.usename"
            + " WHERE a.datname = ? AND a.backend_type = 'client backend' AND NOT r.rolsuper";

    private final Databases server;
    private final String database;

    /** The door of {@code database} on a server. */
    public Door(Databases server, String database) {
        this.server = server;
        this.database = database;
    }

    /** Shuts it; returns once nobody is inside. */
    public void shut() {
        try (Session session = server.openServer()) {
            // advice for whoever is connecting right now; the next statement is the lock
            session.execute("ALTER DATABASE " + Sql.name(database) + " SET default_transaction_read_only = on");
            session.execute("REVOKE CONNECT ON DATABASE " + Sql.name(database) + " FROM PUBLIC");
            Waiting.untilTrue(
                    LIMIT,
                    () -> empty(session),
                    limit -> Problem.passing(
                            "SESSIONS_STILL_THERE",
                            "sessions of the application are still in " + database + " after " + limit.toSeconds()
                                    + " s",
                            "look for them in pg_stat_activity, end them, then repeat"));
        }
    }

    /** Whether it is shut, and nobody inside. */
    public boolean isShut() {
        try (Session session = server.openServer()) {
            return session.isTrue(
                    "SELECT NOT EXISTS (SELECT FROM pg_database WHERE datname = ?"
                            + " AND has_database_privilege('public', oid, 'CONNECT'))"
                            + " AND NOT EXISTS (SELECT " + STRANGERS + ")",
                    database,
                    database);
        }
    }

    /** Opens it. */
    public void open() {
        try (Session session = server.openServer()) {
            session.execute("ALTER DATABASE " + Sql.name(database) + " RESET default_transaction_read_only");
            session.execute("GRANT CONNECT ON DATABASE " + Sql.name(database) + " TO PUBLIC");
        }
    }

    /** Ends whoever is inside, and says whether nobody was. */
    private boolean empty(Session session) {
        session.list("SELECT pg_terminate_backend(a.pid) " + STRANGERS, row -> true, database);
        return session.isTrue("SELECT NOT EXISTS (SELECT " + STRANGERS + ")", database);
    }
}
