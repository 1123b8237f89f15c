package io.omsbatch.testkit.history;

/**
 * The calls of a gateway.
 *
 * @since 0.1.0
 */
public enum CallKind {
    /** {@code TaskGateway.read}. */
    READ,
    /** {@code TaskGateway.list}. */
    LIST,
    /** {@code TaskGateway.command}. */
    COMMAND,
    /** {@code SwitchoverGateway.observe}. */
    OBSERVE,
    /** {@code SwitchoverGateway.precheck}. */
    PRECHECK,
    /** {@code SwitchoverGateway.command}. */
    STEP;

    /** Returns whether the call may change something. */
    public boolean mutates() {
        return this == COMMAND || this == STEP;
    }
}
