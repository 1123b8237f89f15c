package io.omsbatch.core.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A plan that was made, from the first read to the last verdict. Costs next to nothing while nothing is recorded. */
@Name("io.omsbatch.Plan")
@Label("Plan")
@Category("oms-batch")
@Description("A plan was made: its tasks were read and judged")
@StackTrace(false)
public final class PlanEvent extends Event {

    @Label("Request")
    String request = "";

    @Label("Operation")
    String operation = "";

    @Label("Tasks")
    int tasks;

    @Label("Eligible tasks")
    int eligible;

    /**
     * Ends the event and records it, if it is recorded.
     *
     * @param requestId request
     * @param kind operation
     * @param asked tasks
     * @param fitting eligible tasks
     */
    public void over(String requestId, String kind, int asked, int fitting) {
        end();
        if (shouldCommit()) {
            request = requestId;
            operation = kind;
            tasks = asked;
            eligible = fitting;
            commit();
        }
    }
}
