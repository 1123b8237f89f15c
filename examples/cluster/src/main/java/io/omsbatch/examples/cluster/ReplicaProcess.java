package io.omsbatch.examples.cluster;

import io.omsbatch.examples.cluster.replica.Replica;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A replica as a process of its own. Thread-safe. */
final class ReplicaProcess implements AutoCloseable {
    private static final long STOP_LIMIT_SECONDS = 15;

    private final String name;
    private final Process process;

    private ReplicaProcess(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    /** Starts one; it need not be ready yet. */
    static ReplicaProcess start(String name, int port, Path log) {
        try {
            Process process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-Xmx96m",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Replica.class.getName(),
                            name,
                            "" + port)
                    .redirectError(log.toFile())
                    .start();
            return new ReplicaProcess(name, process);
        } catch (IOException e) {
            throw new UncheckedIOException("replica " + name + " did not start", e);
        }
    }

    /** Returns once it is ready. */
    void awaitReady(Path log) {
        try {
            if (!Replica.READY.equals(process.inputReader().readLine())) {
                throw new IllegalStateException("replica " + name + " ended: " + Files.readString(log));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("replica " + name + " did not get ready", e);
        }
    }

    String name() {
        return name;
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL: it can do nothing more, not even let go of anything. */
    void kill() {
        process.destroyForcibly();
    }

    /** Tells it to end, and does not wait. */
    void stop() {
        process.destroy();
    }

    @Override
    public void close() {
        stop();
        try {
            if (!process.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
