package io.omsbatch.core.internal.run;

import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.Progress;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.engine.RunStoppedException;
import io.omsbatch.api.event.BatchListener;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.core.internal.notify.Subscriber;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** A run as its host sees it. */
public class RunHandle implements BatchRun {

    private final RunExecution execution;

    /**
     * Creates a handle.
     *
     * @param execution carries out the run
     */
    public RunHandle(RunExecution execution) {
        this.execution = execution;
    }

    /** Returns what carries out the run. */
    public final RunExecution execution() {
        return execution;
    }

    @Override
    public final String id() {
        return execution.ledger().record().runId();
    }

    @Override
    public final BatchRequest request() {
        return execution.ledger().record().plan().request();
    }

    @Override
    public final RunState state() {
        return execution.ledger().state();
    }

    @Override
    public final Progress progress() {
        return execution.ledger().progress();
    }

    @Override
    public final List<TaskResult> results() {
        return execution.ledger().results();
    }

    @Override
    public final CompletionStage<BatchReport> completion() {
        return execution.ledger().completion().minimalCompletionStage();
    }

    @Override
    public final Optional<BatchReport> await(Duration timeout) throws InterruptedException {
        Objects.requireNonNull(timeout, "await.timeout");
        if (!execution.ledger().parts().environment().await(execution.ledger().completion(), timeout)) {
            return Optional.empty();
        }
        try {
            return Optional.of(execution.ledger().completion().join());
        } catch (CompletionException stopped) {
            if (stopped.getCause() instanceof RunStoppedException known) {
                throw new RunStoppedException(known.runId(), known.state(), known.why());
            }
            throw stopped;
        }
    }

    @Override
    public final void listen(BatchListener listener) {
        listen(new Subscriber(listener, execution.ledger().parts().environment()));
    }

    /**
     * Adds a listener that may be one of other runs, too.
     *
     * @param subscriber the listener and its queue
     */
    public final void listen(Subscriber subscriber) {
        execution.ledger().feed().listen(subscriber);
    }

    @Override
    public final long version() {
        throw new UnsupportedOperationException();
    }

    @Override
    public final ControlAnswer control(RunControl control) {
        throw new UnsupportedOperationException();
    }

    @Override
    public final Optional<ControlAnswer> answer(String commandId) {
        throw new UnsupportedOperationException();
    }
}
