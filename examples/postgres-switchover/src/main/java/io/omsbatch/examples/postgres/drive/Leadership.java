package io.omsbatch.examples.postgres.drive;

import io.omsbatch.examples.postgres.control.ControlDatabase;
import io.omsbatch.examples.postgres.database.Session;
import io.omsbatch.examples.postgres.problem.PlatformFailure;
import org.jspecify.annotations.Nullable;

/**
 * Which of several platform processes does the work: the one that holds a lock in the control database. The lock goes
 * with the process that is killed, and takes no transaction, for which new slots would wait. For one thread.
 */
final class Leadership implements AutoCloseable {
    private static final long LOCK = 7101;

    private final ControlDatabase control;
    private @Nullable Session holder;

    Leadership(ControlDatabase control) {
        this.control = control;
    }

    /** Whether this process is the one; tries to become it. */
    boolean held() {
        try {
            Session session = holder;
            if (session != null) {
                // fails when the connection is gone, and the lock with it
                session.execute("SELECT 1");
                return true;
            }
            session = control.open();
            if (session.isTrue("SELECT pg_try_advisory_lock(?)", LOCK)) {
                holder = session;
                return true;
            }
            session.close();
            return false;
        } catch (PlatformFailure e) {
            close();
            return false;
        }
    }

    @Override
    public void close() {
        Session session = holder;
        holder = null;
        if (session != null) {
            try (session) {
                session.isTrue("SELECT pg_advisory_unlock(?)", LOCK);
            } catch (PlatformFailure e) {
                // a connection that is gone holds no lock
                return;
            }
        }
    }
}
