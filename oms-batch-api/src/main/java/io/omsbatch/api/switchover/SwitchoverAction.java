package io.omsbatch.api.switchover;

/**
 * What an operator can do to tasks in a running switchover.
 *
 * @since 0.1.0
 */
public enum SwitchoverAction {
    /** Confirm an operator step: start, writing stopped, reverse start. */
    CONFIRM("confirm"),
    /** Mark the database objects as completed. */
    MARK("mark as completed"),
    /** Try a failed step again. */
    RETRY("retry"),
    /** Pass over a failed step, waiving what it protects. */
    SKIP("skip"),
    /** Take a task out of the lockstep; it goes on alone, and the others no longer wait for it. */
    EJECT("eject"),
    /** End this run's work on a task where it stands; the others no longer wait for it. */
    LEAVE("leave"),
    /**
     * Take back what this run did to a task, and give its source back, before its point of no return (SW-8). What is in flight settles
     * first. Only for a platform that can ({@link io.omsbatch.api.gateway.GatewayCapability#UNDO}).
     */
    ABORT("abort"),
    /**
     * Declare that the application writes to the target from now on, once forward sync is stopped: the task only goes forward from here
     * (SW-7), and its write freeze is over.
     */
    OPEN_TARGET("declare the target open");

    private final String title;

    SwitchoverAction(String title) {
        this.title = title;
    }

    /** Returns whether it may be asked for whatever a task is at just now, so that nobody else's change stands in its way. */
    public boolean atAnyTime() {
        return this == EJECT || this == ABORT;
    }

    /** Returns the action as an operator reads it. */
    public String title() {
        return title;
    }
}
