package io.omsbatch.core.process;

import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** How long the platform in rows takes for what it does. */
enum Tempo {
    /** For tests that look at one thing after the other. */
    BRISK(10, 20, 0),
    /** Long enough to be interrupted. */
    USUAL(120, 200, 0),
    /** Some operations take longer than a lease lasts, and show nothing of it until they are done. */
    SLOW(120, 200, 25);

    private static final Set<String> MAY_BE_SLOW = Set.of("START", "STOP", "RESUME");
    private static final int SLOWEST_MILLIS = 6_000;
    private static final int SLOWER_MILLIS = 1_500;

    private final int longestDelayMillis;
    private final int longestSettleMillis;
    private final int slowPercent;

    Tempo(int longestDelayMillis, int longestSettleMillis, int slowPercent) {
        this.longestDelayMillis = longestDelayMillis;
        this.longestSettleMillis = longestSettleMillis;
        this.slowPercent = slowPercent;
    }

    /** Returns how long a command is on its way, at most until it is answered. */
    int delayMillis() {
        return some(longestDelayMillis);
    }

    /** Returns how long it takes until what was begun is done, and seen. */
    int settleMillis(String what) {
        boolean slow = MAY_BE_SLOW.contains(what) && some(100) < slowPercent;
        return slow ? SLOWEST_MILLIS - some(SLOWER_MILLIS) : some(longestSettleMillis);
    }

    private static int some(int most) {
        return ThreadLocalRandom.current().nextInt(most);
    }
}
