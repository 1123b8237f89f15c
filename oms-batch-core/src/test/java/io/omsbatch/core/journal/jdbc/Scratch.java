package io.omsbatch.core.journal.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Temporary folders of tests, and the servers in them: with the JVM first these end, then those go. */
public final class Scratch {

    private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);
    private static final List<Path> FOLDERS = new CopyOnWriteArrayList<>();
    private static final List<AutoCloseable> SERVERS = new CopyOnWriteArrayList<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Scratch::clear, "scratch"));
    }

    private Scratch() {}

    /** Makes a folder. */
    public static Path folder(String prefix) {
        try {
            Path folder = Files.createTempDirectory(prefix);
            FOLDERS.add(folder);
            return folder;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Ends a server with the JVM. */
    static void endWithJvm(AutoCloseable server) {
        SERVERS.add(server);
    }

    private static void clear() {
        for (AutoCloseable server : SERVERS) {
            try {
                server.close();
            } catch (Exception stays) {
                LOG.warn("A server could not be ended", stays);
            }
        }
        for (Path folder : FOLDERS) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException | UncheckedIOException stays) {
                LOG.warn("{} is left behind", folder, stays);
            }
        }
    }
}
