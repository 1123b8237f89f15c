package io.omsbatch.core.internal.switchover;

import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.core.internal.run.RunExecution;
import io.omsbatch.core.internal.run.RunHandle;
import java.util.Objects;

/** A running switchover as its host sees it. */
public final class SwitchoverHandle extends RunHandle implements SwitchoverWorkflow {

    private final Controls controls;

    /**
     * Creates a handle.
     *
     * @param execution carries out the run
     */
    public SwitchoverHandle(RunExecution execution) {
        super(execution);
        this.controls = new Controls(execution);
    }

    @Override
    public SwitchoverBoard board() {
        return BoardView.of(execution().ledger());
    }

    @Override
    public ControlAnswer act(Control control) {
        return controls.act(Objects.requireNonNull(control, "act.control"));
    }
}
