package io.omsbatch.api.operation;

/**
 * What an operator can do to a whole run (RUN-8, RUN-9).
 *
 * @since 0.1.0
 */
public enum RunAction {
    /** Begin nothing new; what is in flight settles. */
    PAUSE("pause"),
    /** Go on with a run that is paused or parked. */
    RESUME("resume"),
    /**
     * Begin nothing new, let settle what is in flight, and end the rest as NOT_ATTEMPTED. Refused in a switchover in which tasks
     * have begun and could still be left before their point of no return: that needs a choice. Tasks past it go on.
     */
    CANCEL("cancel"),
    /** Cancel, and leave the tasks of a switchover that have begun where they stand, also if their source is frozen (LEFT_AT). */
    CANCEL_LEAVING("cancel, leaving begun tasks where they stand"),
    /**
     * Cancel, and take back what this run did to the tasks of a switchover that have begun, as {@code ABORT} does for one. Only for a
     * platform that can.
     */
    CANCEL_UNDOING("cancel, undoing begun tasks"),
    /** Give up the claims of a parked run, so that other runs may have its tasks; those that were in flight count as UNKNOWN. */
    RELEASE_CLAIMS("release the claims"),
    /** End a parked run: what had begun as UNKNOWN, the rest as NOT_ATTEMPTED. */
    CLOSE_AS_UNKNOWN("close as unknown");

    private final String title;

    RunAction(String title) {
        this.title = title;
    }

    /** Returns the action as an operator reads it. */
    public String title() {
        return title;
    }
}
