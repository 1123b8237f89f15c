package io.omsbatch.examples.benchmarks.scale;

import io.omsbatch.examples.benchmarks.frame.CallLog;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Calls that do not return until they are let go, so that all other items wait. Thread-safe. */
final class HeldCalls extends CallLog {

    private static final long LONGEST_SECONDS = 60;

    private final CountDownLatch arrived;
    private final CountDownLatch free = new CountDownLatch(1);

    /**
     * Begins with nothing called.
     *
     * @param items how many items there are
     * @param atOnce how many calls can be held
     */
    HeldCalls(int items, int atOnce) {
        super(items, Duration.ZERO);
        arrived = new CountDownLatch(Math.min(items, atOnce));
    }

    @Override
    public int call(int item) {
        arrived.countDown();
        await(free, "to be let go");
        return super.call(item);
    }

    /** Waits until as many calls are held as there may be at once. */
    void awaitHeld() {
        await(arrived, "for the calls");
    }

    /** Lets all calls go, and those that come. */
    void letGo() {
        free.countDown();
    }

    private static void await(CountDownLatch latch, String what) {
        try {
            if (!latch.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("waited " + LONGEST_SECONDS + " s " + what);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting " + what, interrupted);
        }
    }
}
