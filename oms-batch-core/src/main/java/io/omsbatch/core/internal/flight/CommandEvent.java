package io.omsbatch.core.internal.flight;

import io.omsbatch.api.task.TaskRef;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A command, from the beginning of its call until it returned or was given up. Costs next to nothing while nothing is recorded. */
@Name("io.omsbatch.Command")
@Label("Command")
@Category("oms-batch")
@Description("A command was sent: the call of the gateway")
@StackTrace(false)
public final class CommandEvent extends TaskEvent {

    @Label("Attempt")
    int attempt;

    @Label("What the answer means")
    String verdict = "";

    /**
     * Ends the event and records it, if it is recorded.
     *
     * @param runId the run
     * @param ref the task
     * @param stepName the operation or step
     * @param number the attempt
     * @param meaning what the answer means
     */
    public void over(String runId, TaskRef ref, String stepName, int number, String meaning) {
        end();
        if (shouldCommit()) {
            about(runId, ref, stepName);
            attempt = number;
            verdict = meaning;
            commit();
        }
    }
}
