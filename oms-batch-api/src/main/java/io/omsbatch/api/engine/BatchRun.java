package io.omsbatch.api.engine;

import io.omsbatch.api.event.BatchListener;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A run that was confirmed. Thread-safe; dropping it does not stop the run. If another engine owns the run it is followed through
 * the journal that both share: then what is shown may be some seconds old, and controls go through the run's inbox.
 *
 * @since 0.1.0
 */
public interface BatchRun {

    /** Returns the run's id. */
    String id();

    /** Returns what was asked for. */
    BatchRequest request();

    /** Returns the state. */
    RunState state();

    /** Returns the version of the run as a whole: it grows with each pause, resumption, cancellation and parking. */
    long version();

    /** Returns how far the run is. */
    Progress progress();

    /** Returns the results so far, in request order; they are final. */
    List<TaskResult> results();

    /**
     * Returns a stage that completes with the report when every task has its outcome, and exceptionally with
     * {@link RunStoppedException} when the run is parked or lost instead. Cancelling it changes nothing in the run.
     */
    CompletionStage<BatchReport> completion();

    /**
     * Waits for the report.
     *
     * @param timeout how long at most
     * @return the report, or empty if the run has not ended by then
     * @throws RunStoppedException if the run was parked or lost
     * @throws InterruptedException if the thread was interrupted; the run goes on
     */
    Optional<BatchReport> await(Duration timeout) throws InterruptedException;

    /**
     * Adds a listener that is told every event from the first one still remembered (the last 1 000) on.
     *
     * @param listener the listener
     */
    void listen(BatchListener listener);

    /**
     * Acts on the run as a whole (RUN-8, RUN-9). A run that is parked is taken over for it, by this engine. The access policy is not
     * asked: it knows operations and tasks, and this is about neither, so who may do it is for the host to check.
     *
     * @param control what to do
     * @return whether it was done, why not, or that the run's owner has not answered yet
     * @throws io.omsbatch.api.journal.JournalException if the journal does not answer; nobody knows whether the action was taken
     */
    ControlAnswer control(RunControl control);

    /**
     * Returns the answer to a control that was {@link ControlAnswer.Pending}.
     *
     * @param commandId the id it came with
     * @return the answer; empty while there is none
     * @throws io.omsbatch.api.journal.JournalException if the journal does not answer
     */
    Optional<ControlAnswer> answer(String commandId);
}
