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
     * @param itsRun run
     * @param itsFacts facts
     * @param itsFirst kind of the first fact
     * @param itsWritten written
     */
    public void over(String itsRun, int itsFacts, String itsFirst, boolean itsWritten) {
        end();
        if (shouldCommit()) {
            run = itsRun;
            facts = itsFacts;
            first = itsFirst;
            written = itsWritten;
            commit();
        }
    }
}
