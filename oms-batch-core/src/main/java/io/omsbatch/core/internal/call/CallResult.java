package io.omsbatch.core.internal.call;

import org.jspecify.annotations.Nullable;

/**
 * How a gateway call ended, as far as the engine waited for it.
 *
 * @param value what it returned; null if it returned null, failed, or did not return in time
 * @param failure what it threw; null if it returned or did not return in time
 * @param timedOut whether it did not return in time
 * @param begunAt when it began, in the environment's nanoseconds
 * @param endedAt when it returned or was given up, in the environment's nanoseconds
 * @param ticket tells whether a call that was given up has returned since
 */
public record CallResult<T>(
        @Nullable T value,
        @Nullable Throwable failure,
        boolean timedOut,
        long begunAt,
        long endedAt,
        CallTicket ticket) {}
