package io.omsbatch.core.internal.flight;

import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.switchover.StepStanding;
import io.omsbatch.api.task.TaskRef;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A step of a switchover that changed how it stands, at that moment. Costs next to nothing while nothing is recorded. */
@Name("io.omsbatch.Step")
@Label("Step")
@Category("oms-batch")
@Description("A step of a task in a switchover stands as it did not before")
@StackTrace(false)
public final class StepEvent extends TaskEvent {

    @Label("State")
    String state = "";

    @Label("Problem")
    String problem = "";

    /**
     * Records the event, if it is recorded.
     *
     * @param runId the run
     * @param ref the task
     * @param standing how the step stands
     * @param wrong what is wrong, or null
     */
    public void happened(String runId, TaskRef ref, StepStanding standing, @Nullable Problem wrong) {
        if (shouldCommit()) {
            about(runId, ref, standing.step().name());
            state = standing.state().name();
            problem = wrong == null ? "" : wrong.code();
            commit();
        }
    }
}
