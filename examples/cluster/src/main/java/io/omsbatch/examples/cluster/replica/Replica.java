package io.omsbatch.examples.cluster.replica;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.examples.cluster.database.Database;
import io.omsbatch.examples.cluster.fleet.FleetGateway;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** A replica of the service: a process with an engine and a scheduler, which ends when it is told to, or with its parent. */
public final class Replica {
    /** What it says once it is ready. */
    public static final String READY = "ready";

    /** The database of the service: the journal, and the tasks of db-scheduler. */
    public static final String SERVICE = "service";

    /** The database of the platform, which knows nothing of the service. */
    public static final String PLATFORM = "platform";

    private Replica() {}

    /** Runs a replica of a name on the server at a port. */
    public static void main(String[] arguments) throws InterruptedException {
        String name = arguments[0];
        int port = Integer.parseInt(arguments[1]);
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            over.countDown();
            awaitQuietly(closed);
        }));
        CompletableFuture<Void> unused = ProcessHandle.current()
                .parent()
                .map(parent -> parent.onExit().thenRun(over::countDown))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
        try (Database service = new Database(port, SERVICE);
                Database platform = new Database(port, PLATFORM);
                JournalStore journal = Engines.journal(service);
                BatchEngine engine = Engines.engine(new FleetGateway(platform, name), journal)) {
            Scheduler scheduler = Scheduling.scheduler(name, service, new RunTender(name, engine, journal, service));
            scheduler.start();
            System.out.println(READY);
            over.await();
            scheduler.stop();
        } finally {
            closed.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
