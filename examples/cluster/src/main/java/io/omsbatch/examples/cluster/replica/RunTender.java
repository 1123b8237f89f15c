package io.omsbatch.examples.cluster.replica;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteRemove;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteReschedule;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.omsbatch.api.engine.BatchEngine;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.journal.JournalStore;
import io.omsbatch.examples.cluster.database.Database;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What a replica does for a run when db-scheduler tells it to: begin it, or go on with it where its owner died, and stay until it is
 * over. db-scheduler may tell two replicas at once, one that is thought dead and one that follows; both come here, and one of
 * them owns the run, the other waits. Thread-safe.
 */
final class RunTender {
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final int BEGINS_AT_MOST = 2;

    private final String replica;
    private final BatchEngine engine;
    private final JournalStore journal;
    private final Database service;
    private final Set<String> noted = new HashSet<>();

    RunTender(String replica, BatchEngine engine, JournalStore journal, Database service) {
        this.replica = replica;
        this.engine = engine;
        this.journal = journal;
        this.service = service;
    }

    /** Tends one run; says what becomes of its task in db-scheduler. */
    CompletionHandler<RunOrder> tend(RunOrder order) {
        boolean fresh = journal.runOfRequest(order.requestId()).isEmpty();
        if (fresh && !begun(order)) {
            return later();
        }
        try {
            return stay(engine.run(order.confirmation()).id(), fresh ? "began" : "took over");
        } catch (InterruptedException shuttingDown) {
            return later();
        }
    }

    /** A replica that has enough to do leaves what is new to others; what must be taken over it never turns away. */
    private synchronized boolean begun(RunOrder order) {
        long running = engine.runs().stream()
                .filter(run -> run.state() == RunState.RUNNING)
                .count();
        if (running >= BEGINS_AT_MOST) {
            return false;
        }
        engine.run(order.confirmation());
        return true;
    }

    private CompletionHandler<RunOrder> stay(String runId, String how) throws InterruptedException {
        while (true) {
            BatchRun run = engine.find(runId).orElseThrow();
            boolean mine = mine(runId);
            if (mine) {
                // also if it is over already: only its end may have been left to write when it was taken over
                note(runId, how);
            }
            switch (run.state()) {
                case ENDED -> {
                    return new OnCompleteRemove<>();
                }
                case PARKED -> {
                    return later();
                }
                case RUNNING, PAUSED, LOST -> {
                    if (!mine) {
                        // it takes over all that is left behind, also what another replica was told to follow
                        engine.recover().forEach(taken -> note(taken.id(), "took over"));
                    }
                    TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
                }
            }
        }
    }

    private synchronized void note(String runId, String how) {
        if (noted.add(runId)) {
            service.update("INSERT INTO tended (run_id, replica, how) VALUES (?, ?, ?)", runId, replica, how);
        }
    }

    private boolean mine(String runId) {
        return engine.runs().stream().anyMatch(known -> known.id().equals(runId) && known.state() != RunState.LOST);
    }

    private static CompletionHandler<RunOrder> later() {
        return new OnCompleteReschedule<>(FixedDelay.ofMillis(LOOK.toMillis()));
    }
}
