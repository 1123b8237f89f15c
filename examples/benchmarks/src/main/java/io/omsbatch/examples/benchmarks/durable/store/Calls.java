package io.omsbatch.examples.benchmarks.durable.store;

import io.omsbatch.examples.benchmarks.frame.WrongOutcomesException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** The calls that all contenders make, once for each item and step: counts them, and times how long until the outcome is durable. Thread-safe. */
public final class Calls {

    private final int items;
    private final int steps;
    private final long latency;
    private final AtomicIntegerArray called;
    private final AtomicLongArray returned;
    private final AtomicLongArray lags;
    private final AtomicLong lagsKnown = new AtomicLong();

    /**
     * Creates calls of one step.
     *
     * @param items how many items
     * @param load how long each call takes
     */
    public Calls(int items, Load load) {
        this(items, 1, load.call());
    }

    /**
     * Creates calls that do nothing.
     *
     * @param items how many items
     * @param steps how many steps each has
     */
    public Calls(int items, int steps) {
        this(items, steps, Duration.ZERO);
    }

    private Calls(int items, int steps, Duration latency) {
        this.items = items;
        this.steps = steps;
        this.latency = latency.toNanos();
        this.called = new AtomicIntegerArray(items * steps);
        this.returned = new AtomicLongArray(this.latency > 0 ? items : 0);
        this.lags = new AtomicLongArray(this.latency > 0 ? items : 0);
    }

    /**
     * Makes the call of an item that has one step.
     *
     * @param item from 0
     */
    public void call(int item) {
        call(item, 1);
    }

    /**
     * Makes the call of an item and a step.
     *
     * @param item from 0
     * @param step from 1
     */
    public void call(int item, int step) {
        called.incrementAndGet(item * steps + step - 1);
        if (latency > 0) {
            try {
                TimeUnit.NANOSECONDS.sleep(latency);
            } catch (InterruptedException ended) {
                throw new IllegalStateException("the call of item " + item + " was interrupted", ended);
            }
            returned.set(item, System.nanoTime());
        }
    }

    /**
     * Notes that what came of a call is known to be durable.
     *
     * @param item from 0
     */
    public void recorded(int item) {
        if (latency > 0) {
            lags.set(item, System.nanoTime() - returned.get(item));
            lagsKnown.incrementAndGet();
        }
    }

    /** Returns how many items there are. */
    public int items() {
        return items;
    }

    /** Checks that each item was called exactly once for each step. */
    void verify() {
        for (int index = 0; index < called.length(); index++) {
            if (called.get(index) != 1) {
                throw new WrongOutcomesException("item " + index / steps + " was called " + called.get(index)
                        + " times for step " + (index % steps + 1));
            }
        }
    }

    /** Returns the lags from the return of a call until its outcome was durable, if they were noted. */
    Map<String, Double> notes() {
        if (lagsKnown.get() < items) {
            return Map.of();
        }
        long[] sorted = new long[lags.length()];
        Arrays.setAll(sorted, lags::get);
        Arrays.sort(sorted);
        return Map.of("lag p50 us", quantile(sorted, 0.5), "lag p99 us", quantile(sorted, 0.99));
    }

    private static double quantile(long[] sorted, double of) {
        return sorted[(int) Math.ceil((sorted.length - 1) * of)] / 1e3;
    }
}
