package io.omsbatch.core.internal.reach;

import io.omsbatch.api.Limits;
import io.omsbatch.api.engine.BatchRun;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.Environment;
import io.omsbatch.api.engine.Progress;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.engine.RunStoppedException;
import io.omsbatch.api.event.BatchListener;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.operation.BatchRequest;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.core.internal.notify.Subscriber;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A run as its host sees it, whoever works on it. */
public class RunHandle implements BatchRun {

    private final RunRecord record;
    private final Environment environment;
    private final Inbox inbox;
    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
    private volatile RunSide side;

    RunHandle(RunRecord record, Environment environment, Inbox inbox, RunSide side) {
        this.record = record;
        this.environment = environment;
        this.inbox = inbox;
        this.side = side;
    }

    /** Returns the confirmed plan. */
    public final RunRecord record() {
        return record;
    }

    final RunSide side() {
        return side;
    }

    /** From now on the run is seen and reached in another way. */
    final void become(RunSide next) {
        side = next;
        subscribers.forEach(next::listen);
    }

    /** Begins nothing new from now on; returns what completes when nothing is in flight any more, if this engine works on it. */
    public final CompletableFuture<Void> settle() {
        return side instanceof OwnedRun owned ? owned.execution().close() : CompletableFuture.completedFuture(null);
    }

    /**
     * Lets go of the run, if this engine works on it.
     *
     * @param why why
     * @return completes when that is written, or could not be
     */
    public final CompletableFuture<Void> letGo(Problem why) {
        return side instanceof OwnedRun owned
                ? owned.execution().ledger().life().letGo(why)
                : CompletableFuture.completedFuture(null);
    }

    @Override
    public final String id() {
        return record.runId();
    }

    @Override
    public final BatchRequest request() {
        return record.plan().request();
    }

    @Override
    public final RunState state() {
        return side.state();
    }

    @Override
    public final long version() {
        return side.version();
    }

    @Override
    public final Progress progress() {
        return side.progress();
    }

    @Override
    public final List<TaskResult> results() {
        return side.results();
    }

    @Override
    public final CompletionStage<BatchReport> completion() {
        return side.completion().minimalCompletionStage();
    }

    @Override
    public final Optional<BatchReport> await(Duration timeout) throws InterruptedException {
        Objects.requireNonNull(timeout, "await.timeout");
        CompletableFuture<BatchReport> completion = side.completion();
        if (!environment.await(completion, timeout)) {
            return Optional.empty();
        }
        try {
            return Optional.of(completion.join());
        } catch (CompletionException stopped) {
            if (stopped.getCause() instanceof RunStoppedException known) {
                throw new RunStoppedException(known.runId(), known.state(), known.why());
            }
            throw stopped;
        }
    }

    @Override
    public final void listen(BatchListener listener) {
        listen(new Subscriber(listener, environment));
    }

    final void listen(Subscriber subscriber) {
        subscribers.add(subscriber);
        side.listen(subscriber);
    }

    @Override
    public final ControlAnswer control(RunControl control) {
        return side.control(Objects.requireNonNull(control, "control.control"));
    }

    @Override
    public final Optional<ControlAnswer> answer(String commandId) {
        return inbox.answer(id(), Limits.id("answer.commandId", commandId));
    }
}
