package io.omsbatch.core.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** The renewal of an engine's leases. Costs next to nothing while nothing is recorded. */
@Name("io.omsbatch.Lease")
@Label("Lease renewal")
@Category("oms-batch")
@Description("The leases of the runs of an engine were renewed")
@StackTrace(false)
public final class LeaseEvent extends Event {

    @Label("Runs")
    int runs;

    @Label("Lost runs")
    int lost;

    @Label("Journal answered")
    boolean answered;

    /**
     * Ends the event and records it, if it is recorded.
     *
     * @param renewed runs
     * @param gone lost runs
     * @param answer journal answered
     */
    public void over(int renewed, int gone, boolean answer) {
        end();
        if (shouldCommit()) {
            runs = renewed;
            lost = gone;
            answered = answer;
            commit();
        }
    }
}
