package io.omsbatch.api.gateway;

/**
 * What a gateway can honestly do beyond the minimum. Declaring too little costs speed; declaring too much breaks promises,
 * and the testkit's contract finds it out.
 *
 * @since 0.1.0
 */
public enum GatewayCapability {
    /** Refuses a command whose fencing token is lower than the highest seen for its run, atomically with the effect. */
    FENCING,
    /** Gives a command key that it has seen no second effect, however often it comes. */
    DEDUPLICATION,
    /** The platform advances through automatic switchover steps by itself; the engine observes instead of commanding. */
    SELF_ADVANCING,
    /** Prechecks can be made without a command, and change nothing: {@link SwitchoverGateway#precheck} is there for dry runs. */
    PRECHECK_READ_ONLY,
    /** Takes switchover steps back, each by a command of its own, before the point of no return (SW-8). */
    UNDO
}
