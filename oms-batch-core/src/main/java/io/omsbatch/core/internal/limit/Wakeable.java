package io.omsbatch.core.internal.limit;

/** Who waits for something. */
public interface Wakeable {

    /** Says that it may be there; called without a lock. */
    void wake();
}
