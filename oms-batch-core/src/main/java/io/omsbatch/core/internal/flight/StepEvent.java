package io.omsbatch.core.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A step of a switchover that changed how it stands. Costs next to nothing while nothing is recorded. */
@Name("io.omsbatch.Step")
@Label("Step")
@Category("oms-batch")
@Description("A step of a task in a switchover stands as it did not before")
@StackTrace(false)
public final class StepEvent extends Event {

    @Label("Run")
    String run = "";

    @Label("Platform")
    String platform = "";

    @Label("Task")
    String task = "";

    @Label("Step")
    String step = "";

    @Label("State")
    String state = "";

    @Label("Problem")
    String problem = "";

    /**
     * Ends the event and records it, if it is recorded.
     *
     * @param itsRun run
     * @param itsPlatform platform
     * @param itsTask task
     * @param itsStep step
     * @param itsState state
     * @param itsProblem problem
     */
    public void over(
            String itsRun, String itsPlatform, String itsTask, String itsStep, String itsState, String itsProblem) {
        end();
        if (shouldCommit()) {
            run = itsRun;
            platform = itsPlatform;
            task = itsTask;
            step = itsStep;
            state = itsState;
            problem = itsProblem;
            commit();
        }
    }
}
