package io.omsbatch.core.internal.reach;

import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.Progress;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.core.internal.notify.Subscriber;
import io.omsbatch.core.internal.run.RunControls;
import io.omsbatch.core.internal.run.RunExecution;
import io.omsbatch.core.internal.run.RunLedger;
import io.omsbatch.core.internal.switchover.BoardView;
import io.omsbatch.core.internal.switchover.Controls;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A run that this engine owns, or owned until it stopped. */
final class OwnedRun implements RunSide {

    private final RunExecution execution;
    private final RunLedger ledger;
    private final RunControls runControls;
    private final Controls controls;
    /** Acts on the run once it is parked. */
    private final BiFunction<RunRecord, RunControl, ControlAnswer> parked;

    OwnedRun(RunExecution execution, BiFunction<RunRecord, RunControl, ControlAnswer> parked) {
        this.execution = execution;
        this.ledger = execution.ledger();
        this.runControls = new RunControls(execution);
        this.controls = new Controls(execution);
        this.parked = parked;
    }

    RunExecution execution() {
        return execution;
    }

    @Override
    public RunState state() {
        return ledger.life().state();
    }

    @Override
    public long version() {
        return ledger.runVersion();
    }

    @Override
    public Progress progress() {
        return ledger.progress();
    }

    @Override
    public List<TaskResult> results() {
        return ledger.results();
    }

    @Override
    public CompletableFuture<BatchReport> completion() {
        return ledger.life().completion();
    }

    @Override
    public void listen(Subscriber subscriber) {
        ledger.feed().listen(subscriber);
    }

    @Override
    public ControlAnswer control(RunControl control) {
        return ledger.life().state() == RunState.PARKED
                ? parked.apply(ledger.record(), control)
                : runControls.act(control, null);
    }

    @Override
    public SwitchoverBoard board() {
        return BoardView.of(ledger);
    }

    @Override
    public ControlAnswer act(Control control) {
        return controls.act(control, null);
    }

    long boardVersion() {
        ledger.lock().lock();
        try {
            return ledger.version();
        } finally {
            ledger.lock().unlock();
        }
    }

    ControlAnswer control(RunControl control, @Nullable String command) {
        return runControls.act(control, command);
    }

    ControlAnswer act(Control control, @Nullable String command) {
        return controls.act(control, command);
    }
}
