package io.omsbatch.core.internal.call;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One of the places in which calls are made. A call that was given up keeps its slot until it returns (RUN-10). */
public final class Slot {

    private static final Logger LOG = LoggerFactory.getLogger(Slot.class);

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Flight flight;

    Slot() {}

    /** A call in its slot. */
    static final class Flight {
        final long deadline;
        final Runnable onTimeout;
        final Thread thread = Thread.currentThread();

        Flight(long deadline, Runnable onTimeout) {
            this.deadline = deadline;
            this.onTimeout = onTimeout;
        }
    }

    void begin(Flight begun) {
        lock.lock();
        try {
            flight = begun;
        } finally {
            lock.unlock();
        }
    }

    /** Ends a call; returns false if it was given up before. Afterwards no interrupt of ours can arrive any more. */
    boolean finish(Flight ended) {
        lock.lock();
        try {
            boolean inTime = flight == ended;
            flight = null;
            return inTime;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the deadline of the call in the slot, or null if there is none that is still waited for. */
    @Nullable
    Long deadline() {
        lock.lock();
        try {
            return flight == null ? null : flight.deadline;
        } finally {
            lock.unlock();
        }
    }

    /** An interrupt closes the channel that the thread is in, which is the gateway's code and may throw. */
    private static void interrupt(Thread thread) {
        try {
            thread.interrupt();
        } catch (RuntimeException | Error failure) {
            LOG.warn("A call that timed out did not take its interrupt well", SafeThrowable.of(failure));
        }
    }

    /** Gives the call up if its deadline has passed: interrupts it, and returns what is to be done about it. */
    @Nullable
    Runnable expire(long now) {
        lock.lock();
        try {
            Flight late = flight;
            if (late == null || late.deadline - now > 0) {
                return null;
            }
            flight = null;
            interrupt(late.thread);
            return late.onTimeout;
        } finally {
            lock.unlock();
        }
    }
}
