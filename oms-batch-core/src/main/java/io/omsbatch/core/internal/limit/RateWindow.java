package io.omsbatch.core.internal.limit;

import io.omsbatch.core.settings.Rate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Keeps a rate: whoever wants to begin something reserves that first, so that reservations and what began within the last stretch
 * of time together never exceed it, and what was reserved can begin at any moment. Not thread-safe.
 */
final class RateWindow {

    private final int most;
    private final long lengthNanos;
    private final Deque<Long> begun = new ArrayDeque<>();
    private int reserved;

    /**
     * Creates a window in which nothing has begun.
     *
     * @param rate how often something may begin
     */
    RateWindow(Rate rate) {
        this.most = rate.calls();
        this.lengthNanos = rate.per().toNanos();
    }

    /**
     * Reserves several beginnings, or none.
     *
     * @param times how many
     * @param now the present, in nanoseconds
     * @return whether there was room for all
     */
    boolean reserve(int times, long now) {
        boolean room = waitNanos(times, now) == 0;
        reserved += room ? times : 0;
        return room;
    }

    /** Returns how many more could be reserved; those that began long ago may still count. */
    int room() {
        return most - reserved - begun.size();
    }

    /**
     * Begins what was reserved.
     *
     * @param now the present, in nanoseconds
     */
    void begin(long now) {
        reserved--;
        begun.add(now);
    }

    /**
     * Gives reservations back.
     *
     * @param times how many
     */
    void giveBack(int times) {
        reserved -= times;
    }

    /**
     * Returns how long it is until there is room.
     *
     * @param times for how many
     * @param now the present, in nanoseconds
     * @return 0 if there is room now, {@link Long#MAX_VALUE} if that depends on reservations
     */
    long waitNanos(int times, long now) {
        while (!begun.isEmpty() && now - begun.peek() >= lengthNanos) {
            begun.poll();
        }
        int tooMany = times - room();
        if (tooMany > begun.size()) {
            return Long.MAX_VALUE;
        }
        long wait = 0;
        Iterator<Long> oldest = begun.iterator();
        for (int i = 0; i < tooMany; i++) {
            wait = oldest.next() + lengthNanos - now;
        }
        return wait;
    }

    /**
     * Returns whether nothing is remembered.
     *
     * @param now the present, in nanoseconds
     */
    boolean idle(long now) {
        return waitNanos(most, now) == 0;
    }
}
