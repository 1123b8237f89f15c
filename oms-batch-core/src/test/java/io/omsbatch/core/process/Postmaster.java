package io.omsbatch.core.process;

import io.omsbatch.core.journal.jdbc.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The process of a PostgreSQL server, which a test stops, and starts again at the same port over the same data. */
final class Postmaster {

    /** How it is stopped. */
    enum Stop {
        /** As {@code pg_ctl stop -m fast}: sessions are ended, what is committed is written down. */
        FAST("-INT", "stopped"),
        /** As {@code pg_ctl stop -m immediate}: all processes leave as they are, the next start recovers. */
        CRASH("-QUIT", "crashed");

        final String said;
        private final String signal;

        Stop(String signal, String said) {
            this.signal = signal;
            this.said = said;
        }
    }

    private static final long MOST_SECONDS = 30;
    private static final long STEP_MILLIS = 10;

    private final TestDatabase server;
    private final Path data;
    private final List<String> command;

    private Postmaster(TestDatabase server, Path data, List<String> command) {
        this.server = server;
        this.data = data;
        this.command = command;
    }

    /** Returns the process of a server of this machine that runs. */
    static Postmaster of(TestDatabase server) {
        try (Connection connection = server.source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW data_directory")) {
            row.next();
            Path data = Path.of(row.getString(1));
            ProcessHandle.Info process =
                    ProcessHandle.of(pid(data)).orElseThrow().info();
            List<String> command = new ArrayList<>();
            if (System.getProperty("user.name").equals("root")) {
                command.addAll(List.of("unshare", "-U")); // PostgreSQL does not run as root
            }
            command.add(process.command().orElseThrow());
            command.addAll(Arrays.asList(process.arguments().orElseThrow()));
            return new Postmaster(server, data, command);
        } catch (SQLException | IOException broken) {
            throw new AssertionError("no server at " + server.url(), broken);
        }
    }

    private static long pid(Path data) throws IOException {
        return Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
    }

    /** Stops it; returns when it is gone. */
    void stop(Stop how) throws InterruptedException {
        try {
            String pid = Long.toString(pid(data));
            int code = new ProcessBuilder("kill", how.signal, pid)
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new AssertionError("kill " + how.signal + " " + pid + " ended with " + code);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        Path mark = data.resolve("postmaster.pid"); // it goes last
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (Files.exists(mark)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the server in " + data + " did not stop");
            }
            TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
        }
    }

    /** Starts it again; returns when it answers. */
    void start() throws InterruptedException {
        start(List.of());
    }

    /** Starts it again by way of another command. */
    void start(List<String> through) throws InterruptedException {
        List<String> whole = new ArrayList<>(through);
        whole.addAll(command);
        Path log = data.resolveSibling(data.getFileName() + ".log");
        Process process;
        try {
            process = new ProcessBuilder(whole)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (!answers()) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new AssertionError(whole + " does not answer; " + log);
            }
            TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
        }
    }

    private boolean answers() {
        try {
            DriverManager.getConnection(server.url(), server.user(), server.password())
                    .close();
            return true;
        } catch (SQLException notYet) {
            return false;
        }
    }
}
