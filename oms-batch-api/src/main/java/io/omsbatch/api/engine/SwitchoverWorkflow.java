package io.omsbatch.api.engine;

import io.omsbatch.api.switchover.SwitchoverBoard;

/**
 * A forward switchover under way: all tasks of a lane go through the same steps together, an operator confirms where the
 * procedure asks for it, and a task that fails keeps its place while the others go on. Thread-safe.
 *
 * @since 0.1.0
 */
public interface SwitchoverWorkflow extends BatchRun {

    /** Returns a snapshot of where every task stands and what can be done now. */
    SwitchoverBoard board();

    /**
     * Acts on tasks. Nothing is done unless every named task stands at the named step and has not changed since the board
     * that the operator saw (RUN-12), and the step table offers the action there.
     *
     * @param control what to do to which tasks
     * @return whether it was done, why not, or what consent is still needed
     */
    ControlAnswer act(Control control);
}
