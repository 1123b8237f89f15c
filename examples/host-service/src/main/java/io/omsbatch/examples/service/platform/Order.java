package io.omsbatch.examples.service.platform;

/** What can be ordered of a job, beside the steps of its cutover. */
public enum Order {
    /** Start it for the first time. */
    START,
    /** Halt it. */
    HALT,
    /** Let a halted job go on. */
    CONTINUE,
    /** Close a halted job for good. */
    CLOSE,
    /** Remove its record. */
    REMOVE,
    /** Set its alarm. */
    SET_ALARM,
    /** Pass over its comparison. */
    SKIP_COMPARE,
    /** Take it into its cutover. */
    ENTER_CUTOVER
}
