package io.omsbatch.examples.postgres.server;

import io.omsbatch.examples.postgres.problem.PlatformFailure;
import io.omsbatch.examples.postgres.problem.Problem;
import io.omsbatch.examples.postgres.problem.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The first process of a server, known by the id that it writes into its data directory: what starts a server ends
 * before the server does. Thread-safe.
 */
final class Postmaster {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(6);
    private static final Duration ROOM_LIMIT = Duration.ofSeconds(30);
    private static final String ID_FILE = "postmaster.pid";

    private final ProcessHandle process;

    private Postmaster(ProcessHandle process) {
        this.process = process;
    }

    /** The one that works in a data directory; empty if none does. */
    static Optional<Postmaster> in(Path data) {
        return named(data).filter(process -> worksIn(data, process)).map(Postmaster::new);
    }

    /**
     * Returns once a new one may start in a data directory in which none works: it would not while there is a process of the id that
     * the one before has left there, be it only that nobody has asked yet how it ended.
     */
    static void awaitRoom(Path data) {
        Waiting.untilTrue(
                ROOM_LIMIT,
                () -> named(data).isEmpty(),
                limit -> Problem.passing(
                        "SERVER_ID_TAKEN",
                        "the server in " + data + " has ended, and its process id is somebody else's by now",
                        "remove " + data.resolve(ID_FILE) + ", then repeat"));
    }

    /** The process whose id stands there, whoever it is. */
    private static Optional<ProcessHandle> named(Path data) {
        try {
            Path file = data.resolve(ID_FILE);
            return Files.exists(file)
                    ? Files.readAllLines(file).stream()
                            .findFirst()
                            .flatMap(line -> ProcessHandle.of(Long.parseLong(line.strip())))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("could not read who works in " + data, e);
        }
    }

    /** A process that has ended has no command any more, even while nobody has asked how it ended. */
    boolean running() {
        return process.isAlive() && process.info().command().isPresent();
    }

    /**
     * Ends it at once. To end in order it would wait for everybody who reads its log, which takes long where there are
     * many, for the sake of data that is thrown away.
     */
    void stop() {
        try {
            new ProcessBuilder("kill", "-QUIT", "" + process.pid()).start().waitFor();
            Waiting.untilTrue(STOP_LIMIT, () -> !running(), limit -> stillThere());
        } catch (IOException | PlatformFailure e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** An id is given again after a while, perhaps to somebody else's process. */
    private static boolean worksIn(Path data, ProcessHandle process) {
        return process.info().commandLine().orElse("").contains(data.toString());
    }

    private Problem stillThere() {
        return Problem.passing(
                "SERVER_STILL_THERE",
                "process " + process.pid() + " is still there after " + STOP_LIMIT.toSeconds() + " s",
                "end it");
    }
}
