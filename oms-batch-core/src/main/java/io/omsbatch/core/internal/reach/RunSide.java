package io.omsbatch.core.internal.reach;

import io.omsbatch.api.engine.Control;
import io.omsbatch.api.engine.ControlAnswer;
import io.omsbatch.api.engine.Progress;
import io.omsbatch.api.engine.RunControl;
import io.omsbatch.api.engine.RunState;
import io.omsbatch.api.outcome.BatchReport;
import io.omsbatch.api.outcome.TaskResult;
import io.omsbatch.api.switchover.SwitchoverBoard;
import io.omsbatch.core.internal.notify.Subscriber;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A run as it is seen and reached from here. Thread-safe. */
interface RunSide {

    RunState state();

    long version();

    Progress progress();

    List<TaskResult> results();

    /** Returns what completes with the run; exceptionally if it stops. */
    CompletableFuture<BatchReport> completion();

    void listen(Subscriber subscriber);

    ControlAnswer control(RunControl control);

    /** Returns the board; only for a switchover. */
    SwitchoverBoard board();

    /** Acts on tasks; only for a switchover. */
    ControlAnswer act(Control control);
}
