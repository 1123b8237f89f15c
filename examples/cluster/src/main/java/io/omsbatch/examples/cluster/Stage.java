package io.omsbatch.examples.cluster;

import io.omsbatch.examples.cluster.database.Database;
import io.omsbatch.examples.cluster.fleet.FleetSeed;
import io.omsbatch.examples.cluster.replica.Replica;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Server, databases and replicas of one run; nothing of them outlives it, also after Ctrl-C. */
final class Stage implements AutoCloseable {
    private static final List<String> NAMES = List.of("A", "B", "C");

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final List<ReplicaProcess> replicas = new CopyOnWriteArrayList<>();
    private final Thread hook = new Thread(this::closeAll, "close-all");
    private final Path folder;
    private final Database service;
    private final Database platform;
    private final int port;

    /**
     * Starts the server and fills the databases.
     *
     * @param each how many tasks of each kind the platform has
     */
    Stage(int each) {
        Runtime.getRuntime().addShutdownHook(hook);
        folder = newFolder();
        open.push(() -> delete(folder));
        Server server = opened(Server.start(folder));
        port = server.port();
        server.create(Replica.SERVICE);
        server.create(Replica.PLATFORM);
        service = opened(new Database(port, Replica.SERVICE));
        platform = opened(new Database(port, Replica.PLATFORM));
        service.script(Replica.class, "service.sql");
        FleetSeed.sow(platform, each);
    }

    Database service() {
        return service;
    }

    Database platform() {
        return platform;
    }

    int port() {
        return port;
    }

    /** Starts the replicas; returns once all are ready. */
    List<ReplicaProcess> startReplicas() {
        NAMES.forEach(name -> replicas.add(opened(ReplicaProcess.start(name, port, log(name)))));
        replicas.forEach(replica -> replica.awaitReady(log(replica.name())));
        return List.copyOf(replicas);
    }

    private Path log(String name) {
        return folder.resolve("replica-" + name + ".log");
    }

    private synchronized <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    @Override
    public void close() {
        closeAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the virtual machine is ending, and the hook finds nothing left to do
            return;
        }
    }

    private synchronized void closeAll() {
        replicas.forEach(ReplicaProcess::stop);
        while (!open.isEmpty()) {
            AutoCloseable last = open.pop();
            try {
                last.close();
            } catch (Exception e) {
                System.err.println("could not close everything: " + e);
            }
        }
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("oms-batch-cluster-");
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for the server", e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
