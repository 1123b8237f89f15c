package io.omsbatch.api.access;

import io.omsbatch.api.operation.Actor;
import io.omsbatch.api.operation.BatchOperation;
import io.omsbatch.api.task.TaskRef;

/**
 * Decides whether an actor may apply an operation to a task. It is asked before a plan shows anything of the task, and
 * again before each command, about the actor who set that off: who confirmed the run, or who confirmed, retried or skipped the step
 * of a switchover (SEC-1). Only what takes a task back is not asked about, so that no source stays frozen for want of access. It is asked for a plan in the thread that plans, for a command on a thread of the environment, in
 * a call slot and with the timeout of a gateway call. Must be thread-safe and quick; one that throws, or does not answer within
 * that timeout, denies, and keeps its slot until it returns (RUN-10).
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface AccessPolicy {

    /**
     * Decides.
     *
     * @param actor who wants to act, as the host asserts
     * @param operation what the actor wants to do
     * @param task to which task
     * @return whether that is allowed
     */
    boolean allows(Actor actor, BatchOperation operation, TaskRef task);

    /** Returns the policy that allows everything, for hosts that check before they call the library. */
    static AccessPolicy allowAll() {
        return AllowAll.POLICY;
    }
}
