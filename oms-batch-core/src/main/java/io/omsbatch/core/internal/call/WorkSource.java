package io.omsbatch.core.internal.call;

import org.jspecify.annotations.Nullable;

/** Something that has work to do: a run, or a plan that is being made. */
public abstract class WorkSource {

    /** Whether the source stands in the dispatcher's ring; guarded by the dispatcher's lock. */
    boolean queued;

    /** Returns the next piece of work, or null if there is none now; quick, and safe from many threads. */
    public abstract @Nullable Work next();

    /**
     * Is told that no call can be made any more for now, because every slot is held by a call that does not return.
     * Quick; called on a thread of the environment's executor.
     */
    public abstract void unresponsive();
}
