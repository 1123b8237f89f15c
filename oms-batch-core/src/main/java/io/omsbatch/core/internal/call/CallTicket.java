package io.omsbatch.core.internal.call;

import java.util.OptionalLong;

/** Tells whether a call has returned, also long after it was given up. Thread-safe. */
public final class CallTicket {

    private volatile boolean returned;
    private volatile long returnedAt;

    /** Returns when the call returned, in the environment's nanoseconds, or empty while it has not. */
    public OptionalLong returnedAt() {
        return returned ? OptionalLong.of(returnedAt) : OptionalLong.empty();
    }

    void markReturned(long nanos) {
        returnedAt = nanos;
        returned = true;
    }
}
