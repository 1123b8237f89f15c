package io.omsbatch.examples.benchmarks.frame;

import java.util.concurrent.atomic.AtomicIntegerArray;

/** Counts for each item how often it was called, and how often a success was recorded for it. Thread-safe. */
public final class Outcomes {

    private final AtomicIntegerArray calls;
    private final AtomicIntegerArray successes;

    /**
     * Begins with nothing called.
     *
     * @param items how many items there are
     */
    public Outcomes(int items) {
        calls = new AtomicIntegerArray(items);
        successes = new AtomicIntegerArray(items);
    }

    /**
     * Counts a call.
     *
     * @param item of which item
     */
    public void called(int item) {
        calls.getAndIncrement(item);
    }

    /**
     * Counts a recorded success.
     *
     * @param item of which item
     */
    public void succeeded(int item) {
        successes.getAndIncrement(item);
    }

    /**
     * Checks that every item was called exactly once and recorded once with success.
     *
     * @throws WrongOutcomesException if not
     */
    public void verify() {
        verify("called", calls);
        verify("recorded with success", successes);
    }

    private static void verify(String what, AtomicIntegerArray counts) {
        int wrong = 0;
        int first = -1;
        for (int item = 0; item < counts.length(); item++) {
            if (counts.get(item) != 1) {
                wrong++;
                first = first < 0 ? item : first;
            }
        }
        if (wrong > 0) {
            throw new WrongOutcomesException(wrong + " of " + counts.length() + " items were not " + what
                    + " exactly once; the first is item " + first + ": " + counts.get(first) + " times");
        }
    }
}
