package io.omsbatch.api.eligibility;

/**
 * The stable codes of every documented refusal. Hosts may add their own codes through {@link Reason}.
 *
 * @since 0.1.0
 */
public enum DenialCode {
    /** The status does not allow the operation. */
    WRONG_STATUS,
    /** The task is not within its full verification stage. */
    NOT_IN_FULL_VERIFICATION,
    /** The last stage before the switchover is not done. */
    NOT_READY_FOR_SWITCHOVER,
    /** The forward switchover is not over, or left no way back. */
    NOT_READY_FOR_SWITCH_BACK,
    /** The task is not in the forward switchover stage, or for a switch back not in that stage. */
    NOT_IN_SWITCHOVER,
    /** The switchover stands at a step that its migration type does not have, or that is not recognized. */
    SWITCHOVER_STEP_UNKNOWN,
    /** The last step of the switchover is over. */
    SWITCHOVER_FINISHED,
    /** A batch switchover is not entered at the precheck step. */
    AT_SWITCHOVER_PRECHECK,
    /** The task could not be read, so nothing is known of it. */
    UNREADABLE,
    /** The host's own policy threw, or gave no verdict or no reason. */
    POLICY_FAILED
}
