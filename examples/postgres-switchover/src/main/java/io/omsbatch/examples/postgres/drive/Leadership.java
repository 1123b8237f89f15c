package io.omsbatch.examples.postgres.drive;

import io.omsbatch.examples.postgres.control.ControlDatabase;
import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.problem.PlatformFailure;
import io.omsbatch.examples.postgres.problem.Problem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of several platform processes does the work: the one that holds a lock in the control database. The lock goes
 * with the process that is killed, and soon with one that is frozen; it takes no transaction, for which new slots would wait.
 *
 * <p>Statements that replication needs run outside transactions, so none of them can be refused by the look of a table. Therefore
 * whoever takes the lead first ends every session of the one before, on both servers; and whoever works asks {@link #ensureHeld}
 * once it has a session, before it uses it. A process that wakes up late then holds sessions that are ended, and gets no others.
 * Thread-safe.
 */
final class Leadership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    private static final long LOCK = 7101;
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(6);

    private final String process;
    private final ControlDatabase control;
    private final Servers servers;
    private @Nullable Session holder;

    /**
     * The leadership of the platform whose tables are in {@code control}.
     *
     * @param process what the servers call this process
     */
    Leadership(String process, ControlDatabase control, Servers servers) {
        this.process = process;
        this.control = control;
        this.servers = servers;
    }

    /** Whether this process is the one. */
    synchronized boolean held() {
        Session session = holder;
        if (session == null) {
            return false;
        }
        try {
            // fails when the connection is gone, and the lock with it
            session.execute("SELECT 1");
            return true;
        } catch (PlatformFailure e) {
            close();
            return false;
        }
    }

    /** Fails if another process may be the one. */
    void ensureHeld() {
        if (!held()) {
            throw Problem.passing(
                            "NOT_LEADER",
                            "this process does not carry out what was taken any more",
                            "another process does, or this one when it has taken the lead again")
                    .asFailure();
        }
    }

    /** Tries to become the one; says whether it is. */
    synchronized boolean taken() {
        try {
            Session session = control.open();
            if (!locked(session)) {
                session.close();
                return false;
            }
            holder = session;
            session.execute("SET idle_session_timeout = " + SILENCE_LIMIT.toMillis());
            succeed(session);
            return true;
        } catch (PlatformFailure e) {
            LOG.warn("{} could not take the lead: {}", process, e.getMessage());
            close();
            return false;
        }
    }

    private static boolean locked(Session session) {
        try {
            return session.isTrue("SELECT pg_try_advisory_lock(?)", LOCK);
        } catch (PlatformFailure e) {
            session.close();
            throw e;
        }
    }

    private void succeed(Session session) {
        session.first("SELECT process FROM leader", row -> row.getString(1))
                .filter(before -> !before.equals(process))
                .ifPresent(before -> {
                    LOG.info("{} follows {}", process, before);
                    servers.source().endSessionsOf(before);
                    servers.target().endSessionsOf(before);
                });
        session.update(
                "INSERT INTO leader (process) VALUES (?) ON CONFLICT (only_row) DO UPDATE SET process = excluded.process",
                process);
    }

    @Override
    public synchronized void close() {
        Session session = holder;
        holder = null;
        if (session != null) {
            try (session) {
                session.execute("RESET idle_session_timeout");
                session.isTrue("SELECT pg_advisory_unlock(?)", LOCK);
            } catch (PlatformFailure e) {
                // a connection that is gone holds no lock
                return;
            }
        }
    }
}
