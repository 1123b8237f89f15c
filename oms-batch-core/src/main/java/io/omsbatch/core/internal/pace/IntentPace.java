package io.omsbatch.core.internal.pace;

/**
 * How many intents are written together, by how long it takes to write them and how long calls take. Thread-safe; a time that is lost
 * because two come at once does no harm.
 */
public final class IntentPace {

    /** Intents that are written together at most. */
    public static final int MOST_TOGETHER = 100;

    /** How much of a new time goes into a mean: one part of so many. */
    private static final int PARTS_OF_MEAN = 8;

    private final int slots;

    /** In the mean, in nanoseconds; 0 if there was no call. */
    private volatile long callNanos;

    private volatile long writeNanos;

    /**
     * Creates it before any call.
     *
     * @param slots how many calls may be under way
     */
    public IntentPace(int slots) {
        this.slots = slots;
    }

    /** A call took so long, in nanoseconds. */
    public void called(long nanos) {
        callNanos = mean(callNanos, Math.max(1, nanos));
    }

    /** Writing intents took so long, in nanoseconds. */
    public void wrote(long nanos) {
        writeNanos = mean(writeNanos, nanos);
    }

    private static long mean(long before, long now) {
        return before == 0 ? now : before + (now - before) / PARTS_OF_MEAN;
    }

    /** Returns how many calls end while intents are written: with as many intents at hand no slot waits for the journal. */
    public int ahead() {
        long call = callNanos;
        return call == 0 ? 0 : (int) Math.min(MOST_TOGETHER, slots * writeNanos / call);
    }

    /**
     * Returns how many intents are to be written now: one for the slot that writes them and for each that is free, and as many ahead
     * as calls end until these are written and the next ones are.
     *
     * @param free how many slots have nothing to do
     * @param unsent how many commands are intended and not sent
     */
    public int together(int free, int unsent) {
        return Math.min(MOST_TOGETHER, 1 + free + Math.max(0, 2 * ahead() - unsent));
    }
}
