package io.omsbatch.core.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The process of a {@link Replica}, seen from its parent, which signals it by its process id and hears what it says. */
final class ReplicaProcess implements AutoCloseable {

    private static final int LOG_LINES = 60;

    /** Something that was said, and when it was heard. */
    record Line(Instant at, List<String> words) {
        boolean says(String first) {
            return words.get(0).equals(first);
        }
    }

    private final Process process;
    private final Thread listener;
    private final List<Line> lines = new ArrayList<>();
    private final Deque<String> log = new ArrayDeque<>();

    private ReplicaProcess(Process process) {
        this.process = process;
        this.listener = new Thread(this::listen, "replica-" + process.pid());
        listener.setDaemon(true);
        listener.start();
    }

    /** Starts a replica with the Java and the class path of this process. */
    static ReplicaProcess start(Map<String, String> order) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Replica.class.getName()));
        order.forEach((name, value) -> command.add(name + "=" + value));
        try {
            return new ReplicaProcess(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void listen() {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                hear(line);
            }
        } catch (IOException cutOff) {
            hear("its output was cut off: " + cutOff);
        }
    }

    private synchronized void hear(String line) {
        Words.heard(line).ifPresentOrElse(words -> lines.add(new Line(Instant.now(), words)), () -> {
            log.add(line);
            if (log.size() > LOG_LINES) {
                log.remove();
            }
        });
        notifyAll();
    }

    /** Returns what it has said so far. */
    synchronized List<Line> lines() {
        return List.copyOf(lines);
    }

    /** Returns the end of its log, for people. */
    synchronized String log() {
        return "process " + process.pid() + " logged:\n" + String.join("\n", log);
    }

    /** Waits until it has said something so many times. */
    synchronized boolean awaitLine(Predicate<Line> wanted, int times, Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        while (lines.stream().filter(wanted).count() < times) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0 || (!process.isAlive() && !listener.isAlive())) {
                return false;
            }
            wait(Math.min(left, 100));
        }
        return true;
    }

    boolean alive() {
        return process.isAlive();
    }

    void tell(String word) {
        try {
            process.getOutputStream().write((word + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(log(), gone);
        }
    }

    /** SIGKILL; returns when the process was gone, once all that it had said is heard. */
    Instant kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
        Instant at = Instant.now();
        listener.join(TimeUnit.SECONDS.toMillis(10));
        return at;
    }

    /** SIGSTOP: from now on no thread of it runs. */
    void freeze() {
        signal("-STOP");
    }

    /** SIGCONT. */
    void thaw() {
        signal("-CONT");
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill " + name + " " + process.pid() + " ended with " + code);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Waits until it has ended by itself; returns its exit code, or -1 if it has not. */
    int awaitEnd(Duration most) throws InterruptedException {
        if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
            return -1;
        }
        listener.join(TimeUnit.SECONDS.toMillis(10));
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
