package io.omsbatch.examples.benchmarks.frame;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * The calls of one iteration: makes them, counts them, and measures how long after a call returned its outcome was recorded.
 * Thread-safe: an item is called and recorded by one thread after the other.
 */
public class CallLog {

    private final Outcomes outcomes;
    private final long callNanos;
    private final long[] returned;
    private final long[] lags;

    /**
     * Begins with nothing called.
     *
     * @param items how many items there are
     * @param call how long a call takes; if it takes no time, no lag is measured either
     */
    public CallLog(int items, Duration call) {
        outcomes = new Outcomes(items);
        callNanos = call.toNanos();
        returned = new long[callNanos == 0 ? 0 : items];
        lags = new long[returned.length];
    }

    /**
     * The call itself: blocks for as long as a call takes.
     *
     * @param item for which item
     * @return the item
     */
    public int call(int item) {
        outcomes.called(item);
        if (callNanos > 0) {
            block();
            returned[item] = System.nanoTime();
        }
        return item;
    }

    /**
     * Notes that the success of an item is recorded.
     *
     * @param item of which item
     */
    public void succeeded(int item) {
        if (callNanos > 0) {
            lags[item] = System.nanoTime() - returned[item];
        }
        outcomes.succeeded(item);
    }

    /**
     * Checks that every item was called exactly once and recorded once with success.
     *
     * @throws WrongOutcomesException if not
     */
    public void verify() {
        outcomes.verify();
    }

    /** Returns the lags, or nothing if none was measured. */
    public Map<String, Double> notes() {
        if (callNanos == 0) {
            return Map.of();
        }
        long[] sorted = lags.clone();
        Arrays.sort(sorted);
        return Map.of("lag p50 us", percentile(sorted, 0.50) / 1e3, "lag p99 us", percentile(sorted, 0.99) / 1e3);
    }

    private static double percentile(long[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    private void block() {
        long until = System.nanoTime() + callNanos;
        long left = callNanos;
        while (left > 0) {
            LockSupport.parkNanos(this, left);
            left = until - System.nanoTime();
        }
    }
}
