package io.omsbatch.core.internal.run;

import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.engine.RunStoppedException;
import io.omsbatch.api.event.BatchEvent;
import io.omsbatch.api.journal.JournalException;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.core.internal.call.SafeThrowable;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a run says last, once it is no longer at work: first to its listeners, then to whoever waits for its end. */
final class RunEnding {

    private static final Logger LOG = LoggerFactory.getLogger(RunEnding.class);

    private final RunLedger ledger;
    private final CompletableFuture<BatchReport> completion = new CompletableFuture<>();
    private final CompletableFuture<Void> quiet = new CompletableFuture<>();

    RunEnding(RunLedger ledger) {
        this.ledger = ledger;
    }

    /** Returns what completes when the run has ended or stopped. */
    CompletableFuture<BatchReport> completion() {
        return completion;
    }

    /** Returns what completes when nothing is in flight any more after the engine began to close, at the latest with the run. */
    CompletableFuture<Void> quiet() {
        return quiet;
    }

    /** Says that every task has its outcome. */
    void ended(BatchReport report) {
        ledger.publish(
                stamp -> new BatchEvent.RunEnded(stamp, report),
                () -> elsewhere(() -> completion.complete(report)),
                () -> quiet.complete(null));
    }

    /** Says that the run stopped. */
    void stopped(RunState stopped, Problem why) {
        String runId = ledger.record().runId();
        LOG.warn("Run {} is {}: {}", runId, stopped, why);
        RunStoppedException stop = new RunStoppedException(runId, stopped, why.toString());
        ledger.publish(
                stamp -> new BatchEvent.RunParked(stamp, why),
                () -> elsewhere(() -> completion.completeExceptionally(stop)),
                () -> quiet.complete(null));
    }

    /**
     * Writes that the run is parked. Only who closes the engine waits for that, because the journal may be what does not answer.
     *
     * @param why why
     * @return completes when it was written, or could not be
     */
    CompletableFuture<Void> writeParked(Problem why) {
        return tell(() -> ledger.life().writeParked(why));
    }

    /**
     * Gives up the lease, so that another engine need not wait for its end.
     *
     * @return completes when that was done, or could not be
     */
    CompletableFuture<Void> release() {
        return tell(() -> ledger.parts().journal().release(ledger.record().runId(), ledger.token()));
    }

    private CompletableFuture<Void> tell(Runnable journal) {
        CompletableFuture<Void> tried = new CompletableFuture<>();
        try {
            ledger.parts().environment().executor().execute(() -> {
                try {
                    journal.run();
                } catch (JournalException failure) {
                    notWritten(failure);
                } finally {
                    tried.complete(null);
                }
            });
        } catch (RuntimeException | Error refused) {
            notWritten(refused);
            tried.complete(null);
        }
        return tried;
    }

    private void notWritten(Throwable failure) {
        LOG.warn(
                "Run {}: that it is not worked on any more could not be written: {}",
                ledger.record().runId(),
                SafeThrowable.describe(failure));
    }

    /** Whatever a host hung on the completion must not run where it could hold a call slot or a lock. */
    private void elsewhere(Runnable completing) {
        try {
            ledger.parts().environment().executor().execute(completing);
        } catch (RuntimeException | Error refused) { // better here than never
            completing.run();
        }
    }
}
