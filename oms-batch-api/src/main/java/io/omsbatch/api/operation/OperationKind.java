package io.omsbatch.api.operation;

import io.omsbatch.api.task.SwitchoverDirection;

/**
 * The nine batch operations of OMS and the two by which an application goes back, for exhaustive switches.
 *
 * @since 0.1.0
 */
public enum OperationKind {
    /** Starts tasks that were never started. */
    START("start"),
    /** Stops running tasks. */
    STOP("stop"),
    /** Resumes stopped or failed tasks. */
    RESUME("resume"),
    /** Releases tasks; only a record is left. */
    END("end"),
    /** Removes the record. */
    DELETE("delete"),
    /** Sets the alert level. */
    MODIFY_ALERT_LEVEL("modify alert configuration"),
    /** Passes over the full verification. */
    SKIP_FULL_VERIFICATION("skip full verification"),
    /** Moves tasks into the forward switchover stage. */
    ENTER_FORWARD_SWITCHOVER("enter forward switchover"),
    /** Runs the ordered cutover in lockstep. */
    FORWARD_SWITCHOVER("forward switchover"),
    /** Moves tasks whose forward switchover is over into the switch back stage. */
    ENTER_SWITCH_BACK("enter switch back"),
    /** Runs the ordered cutover in lockstep, from the target to the source. */
    SWITCH_BACK("switch back");

    private final String title;

    OperationKind(String title) {
        this.title = title;
    }

    /** Returns the operation's name as an operator reads it. */
    public String title() {
        return title;
    }

    /**
     * Returns whether a task that changed since the plan is left alone even when it is still eligible: end, delete and the
     * switchover do what cannot simply be done back (PLAN-3).
     */
    public boolean needsUnchangedTask() {
        return switch (this) {
            case END, DELETE, FORWARD_SWITCHOVER, SWITCH_BACK -> true;
            case START,
                    STOP,
                    RESUME,
                    MODIFY_ALERT_LEVEL,
                    SKIP_FULL_VERIFICATION,
                    ENTER_FORWARD_SWITCHOVER,
                    ENTER_SWITCH_BACK -> false;
        };
    }

    /** Returns whether the operation goes step by step through a switchover, forward or back. */
    public boolean isSwitchover() {
        return this == FORWARD_SWITCHOVER || this == SWITCH_BACK;
    }

    /** Returns which way an operation goes that is about a switchover, entering it included; FORWARD for all others. */
    public SwitchoverDirection direction() {
        return this == SWITCH_BACK || this == ENTER_SWITCH_BACK
                ? SwitchoverDirection.BACK
                : SwitchoverDirection.FORWARD;
    }
}
