package io.omsbatch.core.process;

import io.omsbatch.core.journal.jdbc.Scratch;
import io.omsbatch.core.journal.jdbc.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * The disk with the tables of the journal is full, because somebody else filled it, until they clear it. It is a small file system of its
 * own in memory, which only the server sees, and which goes with it.
 */
final class FullDisk implements Trouble {

    /** What tells a session to put its tables there. */
    static final String OPTIONS = "&options=-c%20default_tablespace=small";

    private static final String FULL = "53100";

    /** Fails, and leaves the file as large as it had become. */
    private static final String FILL = "INSERT INTO ballast SELECT repeat('x', 1900) FROM generate_series(1, 20000)";

    private static final int LEAST_MILLIS = 800;
    private static final int LONG_MILLIS = 4_200;
    private static final int LONGER_MILLIS = 1_500;

    private final TestDatabase server;
    private int times;

    private FullDisk(TestDatabase server) {
        this.server = server;
    }

    /** Starts the server again with a small disk beside its own; returns nothing if this machine lets nobody mount one. */
    static Optional<FullDisk> of(TestDatabase server) throws InterruptedException {
        try {
            Path folder = Scratch.folder("oms-batch-small-disk");
            int refused = new ProcessBuilder(through(folder, "true")).start().waitFor();
            if (refused != 0) {
                return Optional.empty();
            }
            Postmaster postmaster = Postmaster.of(server);
            postmaster.stop(Postmaster.Stop.FAST);
            postmaster.start(through(folder));
            FullDisk disk = new FullDisk(server);
            disk.execute("CREATE TABLESPACE small LOCATION '" + folder + "'", "");
            return Optional.of(disk);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Runs a command as the root of a user namespace, where a small file system is mounted that others do not see. */
    private static List<String> through(Path folder, String... command) {
        List<String> whole = new ArrayList<>(List.of("unshare", "-Urm", "sh", "-c"));
        whole.add("mount -t tmpfs -o size=12m,mode=700 small \"$0\" && exec \"$@\"");
        whole.add(folder.toString());
        whole.addAll(List.of(command));
        return whole;
    }

    @Override
    public Fault make(Random random) throws InterruptedException {
        boolean longer = times++ % 3 == 1;
        Instant begun = Instant.now();
        execute("CREATE TABLE ballast (filler TEXT) WITH (autovacuum_enabled = false) TABLESPACE small", "");
        execute(FILL, FULL);
        TimeUnit.MILLISECONDS.sleep(
                longer ? LONG_MILLIS + random.nextInt(LONGER_MILLIS) : LEAST_MILLIS + random.nextInt(LONGER_MILLIS));
        execute("DROP TABLE ballast", ""); // to truncate it would take space
        return new Fault("disk full" + (longer ? " for long" : ""), begun, Instant.now(), Fault.Reach.NO_ROOM);
    }

    /** On a connection of its own, because those of pools do not outlive the server. */
    private void execute(String sql, String expected) {
        String state = "";
        try (Connection connection = DriverManager.getConnection(server.url(), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            state = failed.getSQLState();
        }
        if (!state.equals(expected)) {
            throw new AssertionError(sql + " ended with SQL state " + state + ", not " + expected);
        }
    }
}
