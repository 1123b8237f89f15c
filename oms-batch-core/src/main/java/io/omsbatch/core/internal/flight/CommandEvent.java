package io.omsbatch.core.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A command, from the beginning of its call until it returned or was given up. Costs next to nothing while nothing is recorded. */
@Name("io.omsbatch.Command")
@Label("Command")
@Category("oms-batch")
@Description("A command was sent: the call of the gateway")
@StackTrace(false)
public final class CommandEvent extends Event {

    @Label("Run")
    String run = "";

    @Label("Platform")
    String platform = "";

    @Label("Task")
    String task = "";

    @Label("Operation or step")
    String step = "";

    @Label("Attempt")
    int attempt;

    @Label("What the answer means")
    String verdict = "";

    /**
     * Ends the event and records it, if it is recorded.
     *
     * @param itsRun run
     * @param itsPlatform platform
     * @param itsTask task
     * @param itsStep operation or step
     * @param itsAttempt attempt
     * @param itsVerdict what the answer means
     */
    public void over(
            String itsRun, String itsPlatform, String itsTask, String itsStep, int itsAttempt, String itsVerdict) {
        end();
        if (shouldCommit()) {
            run = itsRun;
            platform = itsPlatform;
            task = itsTask;
            step = itsStep;
            attempt = itsAttempt;
            verdict = itsVerdict;
            commit();
        }
    }
}
