package io.omsbatch.core.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Facts on their way into the journal, until it says that they are there. Costs next to nothing while nothing is recorded. */
@Name("io.omsbatch.JournalCommit")
@Label("Journal commit")
@Category("oms-batch")
@Description("Facts of a run were written to the journal")
@StackTrace(false)
public final class JournalEvent extends Event {

    @Label("Run")
    String run = "";

    @Label("Facts")
    int facts;

    @Label("Kind of the first fact")
    String first = "";

    @Label("Written")
    boolean written;

    /**
     * Ends the event and records it, if it is recorded.
     *
     * @param runId run
     * @param number facts
     * @param kind kind of the first fact
     * @param taken written
     */
    public void over(String runId, int number, String kind, boolean taken) {
        end();
        if (shouldCommit()) {
            run = runId;
            facts = number;
            first = kind;
            written = taken;
            commit();
        }
    }
}
