package io.omsbatch.core.process;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Somebody else takes all connections of the pool that the journal shares with others, and keeps them for a while. */
final class HeldConnections implements Trouble {

    private static final Logger LOG = LoggerFactory.getLogger(HeldConnections.class);
    private static final int LONG_MILLIS = 4_200;
    private static final int LONGER_MILLIS = 1_500;

    private final DataSource pool;
    private final int size;
    private int times;

    HeldConnections(DataSource pool, int size) {
        this.pool = pool;
        this.size = size;
    }

    @Override
    public Fault make(Random random) throws InterruptedException {
        List<Connection> held = new ArrayList<>();
        boolean longer = times++ % 3 == 1;
        try {
            while (held.size() < size) {
                takeOne(held);
            }
            Instant begun = Instant.now();
            TimeUnit.MILLISECONDS.sleep(
                    longer ? LONG_MILLIS + random.nextInt(LONGER_MILLIS) : random.nextInt(LONGER_MILLIS));
            Instant over = Instant.now();
            return new Fault(
                    "all connections held" + (longer ? " for long" : ""), begun, over, Fault.Reach.NOTHING_WORKS);
        } catch (SQLException broken) {
            throw new AssertionError("no connection", broken);
        } finally {
            giveBack(held);
        }
    }

    private void takeOne(List<Connection> held) throws SQLException {
        try {
            held.add(pool.getConnection());
        } catch (SQLTransientConnectionException taken) {
            LOG.debug("The journal has all others for the moment", taken);
        }
    }

    private static void giveBack(List<Connection> held) {
        for (Connection connection : held) {
            try {
                connection.close();
            } catch (SQLException broken) {
                throw new AssertionError("a connection could not be given back", broken);
            }
        }
    }
}
