package io.omsbatch.core.internal.reach;

import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.Environment;
import io.omsbatch.api.engine.SwitchoverWorkflow;
import io.omsbatch.api.journal.RunRecord;
import io.omsbatch.api.switchover.SwitchoverBoard;
import java.util.Objects;

/** A switchover as its host sees it. */
final class SwitchoverHandle extends RunHandle implements SwitchoverWorkflow {

    SwitchoverHandle(RunRecord record, Environment environment, Inbox inbox, RunSide side) {
        super(record, environment, inbox, side);
    }

    @Override
    public SwitchoverBoard board() {
        return side().board();
    }

    @Override
    public ControlAnswer act(Control control) {
        return side().act(Objects.requireNonNull(control, "act.control"));
    }
}
