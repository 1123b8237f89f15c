package io.omsbatch.core.process;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** Sessions of the journal are ended by the server: one that commits, one in the middle of a transaction, or all. */
final class Cuts implements Trouble {

    /** Sessions are told apart by the name of their program. */
    static final String PROGRAM = "journal";

    private static final long LOOK_NANOS = 500_000;
    private static final long MOST_NANOS = 3_000_000_000L;

    private enum Aim {
        COMMITTING("session cut in a commit", "state = 'active' AND query = 'COMMIT' LIMIT 1"),
        WRITING(
                "session cut while it wrote",
                "state IN ('idle in transaction', 'active') AND query LIKE 'INSERT%' LIMIT 1"),
        ALL("all sessions cut", "TRUE");

        private final String said;
        private final String condition;

        Aim(String said, String condition) {
            this.said = said;
            this.condition = condition;
        }
    }

    private final DataSource superuser;
    private int times;

    Cuts(DataSource superuser) {
        this.superuser = superuser;
    }

    @Override
    public Fault make(Random random) {
        Aim aim = times % 8 == 7 ? Aim.ALL : times % 3 == 2 ? Aim.WRITING : Aim.COMMITTING;
        times++;
        Instant begun = Instant.now();
        long end = System.nanoTime() + MOST_NANOS;
        String sql = "SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity"
                + " WHERE application_name = ? AND " + aim.condition + ") target";
        try (Connection connection = superuser.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, PROGRAM);
            while (System.nanoTime() < end) {
                try (ResultSet cut = statement.executeQuery()) {
                    if (cut.next()) {
                        return new Fault(aim.said, begun, Instant.now(), Fault.Reach.MOMENT);
                    }
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        } catch (SQLException broken) {
            throw new AssertionError(sql, broken);
        }
        return new Fault("nothing cut", begun, Instant.now(), Fault.Reach.MOMENT);
    }
}
