package io.omsbatch.core.internal.call;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Tells whether a call has returned, also long after it was given up. Thread-safe. */
public final class CallTicket {

    private final AtomicReference<@Nullable Runnable> then = new AtomicReference<>();
    private volatile boolean returned;
    private volatile long returnedAt;

    /** Returns when the call returned, in the environment's nanoseconds, or empty while it has not. */
    public OptionalLong returnedAt() {
        return returned ? OptionalLong.of(returnedAt) : OptionalLong.empty();
    }

    /**
     * Does something once the call has returned, at once if it has; for one caller only.
     *
     * @param action what is done, on the thread of the call or on the caller's; it must not throw
     */
    public void whenReturned(Runnable action) {
        if (!then.compareAndSet(null, action)) {
            action.run();
        }
    }

    private void nothing() {}

    void markReturned(long nanos) {
        returnedAt = nanos;
        returned = true;
        Runnable action = then.getAndSet(this::nothing);
        if (action != null) {
            action.run();
        }
    }
}
