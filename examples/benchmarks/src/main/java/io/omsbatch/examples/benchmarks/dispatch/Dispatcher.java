package io.omsbatch.examples.benchmarks.dispatch;

import io.omsbatch.examples.benchmarks.frame.CallLog;

/** Calls for each of many items, some at once, and records each success as soon as it is known; kept over iterations. */
@FunctionalInterface
interface Dispatcher extends AutoCloseable {

    /** How often a call is made at most. */
    int ATTEMPTS = 3;

    /**
     * Does the work.
     *
     * @param items how many items
     * @param log makes the calls, and is told the successes
     * @throws Exception if it fails
     */
    void dispatch(int items, CallLog log) throws Exception;

    @Override
    default void close() {
        // some have nothing to let go of
    }

    /**
     * Makes a call, and makes it again if it throws.
     *
     * @param item for which item
     * @param log makes the calls
     * @return the item
     */
    static int callByHand(int item, CallLog log) {
        for (int attempt = 1; ; attempt++) {
            try {
                return log.call(item);
            } catch (RuntimeException failed) {
                if (attempt == ATTEMPTS) {
                    throw failed;
                }
            }
        }
    }
}
