package io.omsbatch.api.eligibility;

/**
 * The stable codes of every documented refusal. Hosts may add their own codes through {@link Reason}.
 *
 * @since 0.1.0
 */
public enum DenialCode {
    /** The status does not allow the operation. */
    WRONG_STATUS("bring the task into one of the statuses that the text names, then plan again"),
    /** The task is not within its full verification stage. */
    NOT_IN_FULL_VERIFICATION("leave the task out: there is no verification to skip, or not yet"),
    /** The last stage before the switchover is not done. */
    NOT_READY_FOR_SWITCHOVER("wait until the stage that the text names is done, or skip the full verification"),
    /** The forward switchover is not over, or left no way back. */
    NOT_READY_FOR_SWITCH_BACK(
            "finish the forward switchover; without a way back, migrate the database back as a new task"),
    /** The task is not in the forward switchover stage, or for a switch back not in that stage. */
    NOT_IN_SWITCHOVER("let the task enter the switchover first"),
    /** The switchover stands at a step that its migration type does not have, or that is not recognized. */
    SWITCHOVER_STEP_UNKNOWN("look at the task on its platform; a newer version of this library may know the step"),
    /** The last step of the switchover is over. */
    SWITCHOVER_FINISHED("nothing: it is through"),
    /** A batch switchover is not entered at the precheck step. */
    AT_SWITCHOVER_PRECHECK("let the precheck pass, or redrive the run that left the task there"),
    /** The task could not be read, so nothing is known of it. */
    UNREADABLE("find out why the platform does not show the task, then plan again"),
    /** The host's own policy threw, or gave no verdict or no reason. */
    POLICY_FAILED("repair the policy of the host; the log has what it threw");

    private final String remedy;

    DenialCode(String remedy) {
        this.remedy = remedy;
    }

    /** Returns what to do about it. */
    public String remedy() {
        return remedy;
    }
}
