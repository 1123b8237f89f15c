package io.omsbatch.core.process;

import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.api.operation.OperationKind;
import io.omsbatch.core.OmsBatch;
import io.omsbatch.core.journal.jdbc.FaultySource;
import io.omsbatch.core.journal.jdbc.JdbcJournalSettings;
import io.omsbatch.core.journal.jdbc.JdbcJournalStore;
import io.omsbatch.core.journal.jdbc.PostgresServer;
import io.omsbatch.core.journal.jdbc.TestDatabase;
import io.omsbatch.core.settings.OutageSettings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;

/** A replica in this process, with a clerk of its own, whose journal lies in a database that a test lets fail. */
final class ResidentReplica implements AutoCloseable {

    private static final int TASKS_OF_A_WISH = 40;

    private static final int OPEN_WISHES = 3;
    private static final Duration LONGEST_FINISH = Duration.ofMinutes(1);
    private static final List<OperationKind> PLAIN =
            List.of(OperationKind.START, OperationKind.STOP, OperationKind.RESUME, OperationKind.END);

    private final Manners manners;
    private final RowPlatform platform = RowPlatform.in(PostgresServer.sixteen());
    private final FaultySource source;
    private final JdbcJournalStore journal;
    private final BatchEngine engine;
    private final Clerk clerk;
    private final Thread thread;
    private final Queue<ReplicaProcess.Line> lines = new ConcurrentLinkedQueue<>();
    private final Queue<String> stops = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> defects = new ConcurrentLinkedQueue<>();
    private volatile boolean finishing;
    private int wishes;

    /**
     * Begins to work.
     *
     * @param manners the manners of the platform
     * @param connections the way to the journal's database
     * @param outage what its runs do while that fails
     */
    ResidentReplica(Manners manners, DataSource connections, OutageSettings outage) {
        this.manners = manners;
        this.source = new FaultySource(connections);
        JdbcJournalSettings settings = TestDatabase.settings();
        this.journal = JdbcJournalStore.open(source, settings);
        Words.Voice voice = words -> lines.add(new ReplicaProcess.Line(Instant.now(), List.of(words)));
        RowGateway gateway = new RowGateway(platform.source(), manners, Tempo.USUAL, what -> {});
        this.engine = OmsBatch.engine(gateway)
                .journal(watched())
                .settings(Replica.settings().withOutage(outage))
                .listener(Replica.teller(voice))
                .listener(this::note)
                .build();
        this.clerk = new Clerk(engine, journal, platform.source(), true, voice);
        var unused = engine.recover(); // from now on it also takes over what is abandoned
        this.thread = new Thread(this::work, "clerk of " + manners);
        thread.setDaemon(true);
        thread.start();
    }

    /** The journal, whose failures are taken down. */
    private JournalStore watched() {
        return (JournalStore) Proxy.newProxyInstance(
                ResidentReplica.class.getClassLoader(),
                new Class<?>[] {JournalStore.class},
                (proxy, method, arguments) -> {
                    try {
                        return method.invoke(journal, arguments);
                    } catch (InvocationTargetException failed) {
                        Throwable cause = Objects.requireNonNull(failed.getCause());
                        failures.add(String.valueOf(cause.getMessage()));
                        throw cause;
                    }
                });
    }

    private void note(BatchEvent event) {
        if (event instanceof BatchEvent.RunParked parked) {
            stops.add(parked.problem().toString());
        }
    }

    /** For as long as anything is to be done, also after all runs of the moment were lost, which is not the end here. */
    private void work() {
        try {
            boolean last;
            do {
                last = finishing;
                clerk.work();
            } while (!last && !Thread.currentThread().isInterrupted());
        } catch (RuntimeException | Error defect) {
            defects.add(defect);
        }
    }

    Manners manners() {
        return manners;
    }

    FaultySource source() {
        return source;
    }

    RowPlatform platform() {
        return platform;
    }

    /** Sees to it that some runs are always under way. */
    void keepBusy() {
        for (int open = platform.openWishes().size(); open < OPEN_WISHES; open++) {
            OperationKind plain = PLAIN.get(wishes / 2 % PLAIN.size());
            wishes++;
            platform.wish(
                    "wish-" + wishes, wishes % 2 == 0 ? OperationKind.FORWARD_SWITCHOVER : plain, TASKS_OF_A_WISH);
        }
    }

    /** Lets everything end. */
    void finish() throws InterruptedException {
        finishing = true;
        clerk.finish();
        thread.join(LONGEST_FINISH.toMillis());
        if (!defects.isEmpty()) {
            throw new AssertionError("the clerk fell", defects.peek());
        }
        if (thread.isAlive()) {
            throw new AssertionError("RUN-8, DUR-5: " + manners + " did not finish " + platform.openWishes() + "; "
                    + engine.runs().stream()
                            .map(run -> run.id() + " is " + run.state() + " " + run.progress())
                            .toList()
                    + stops);
        }
    }

    /** Returns how often a run was stopped for a reason. */
    long stopped(String why) {
        return stops.stream().filter(stop -> stop.contains(why)).count();
    }

    /** Returns how many calls of the journal failed for a reason. */
    long failed(String why) {
        return failures.stream().filter(failure -> failure.contains(why)).count();
    }

    /** Returns what came of everything; a run may change hands after a failure that outlasts its lease. */
    Survey survey(List<Fault> faults) {
        List<Life> lives = new ArrayList<>();
        faults.stream().filter(Fault::lasts).forEach(fault -> lives.add(new Life(fault.begun(), true, List.of())));
        List<String> acknowledging = List.of("RUN", "OUTCOME", "CONTROL", "ENDED");
        lives.add(new Life(
                Instant.now(),
                false,
                lines.stream()
                        .filter(line -> acknowledging.contains(line.words().get(0)))
                        .toList()));
        return Survey.of(manners, lives, journal, platform);
    }

    @Override
    public void close() {
        thread.interrupt();
        engine.close();
        platform.close();
    }
}
