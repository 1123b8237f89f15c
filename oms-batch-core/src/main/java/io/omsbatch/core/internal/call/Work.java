package io.omsbatch.core.internal.call;

/** A piece of work that makes at most one gateway call at a time, in the slot it was given. */
@FunctionalInterface
public interface Work {

    /**
     * Does the work; called on a thread of the environment's executor.
     *
     * @param slot where to make the call
     */
    void perform(Slot slot);
}
