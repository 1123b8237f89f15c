package io.omsbatch.core.internal.step;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** How long the automatic steps within a write freeze took for the tasks of a run that are through them (SW-9). Thread-safe. */
public final class FreezeTimings {

    /** So many of the newest are remembered. */
    private static final int REMEMBERED = 64;

    private final Deque<Duration> newest = new ArrayDeque<>();

    /**
     * Takes down how long one task took.
     *
     * @param took from the confirmation that writing stopped until forward sync was stopped
     */
    public synchronized void add(Duration took) {
        newest.addLast(took.isNegative() ? Duration.ZERO : took);
        if (newest.size() > REMEMBERED) {
            newest.removeFirst();
        }
    }

    /** Returns the median of what was taken down; zero before the first. */
    public synchronized Duration typical() {
        List<Duration> sorted = newest.stream().sorted().toList();
        return sorted.isEmpty() ? Duration.ZERO : sorted.get(sorted.size() / 2);
    }
}
