package io.omsbatch.core.internal.pace;

import io.omsbatch.core.settings.SettleSettings;

/** The pause between looks that many tasks share: short while something happens, growing while nothing does. Thread-safe. */
public final class PollPace {

    private final SettleSettings settings;
    private volatile long pauseNanos;

    /**
     * Creates the pace at its shortest pause.
     *
     * @param settings how it grows
     */
    public PollPace(SettleSettings settings) {
        this.settings = settings;
        this.pauseNanos = settings.firstPoll().toNanos();
    }

    /** Returns the pause before the next look, in nanoseconds. */
    public long pauseNanos() {
        return pauseNanos;
    }

    /** Something began or settled: look soon. */
    public void quicken() {
        pauseNanos = settings.firstPoll().toNanos();
    }

    /** Nothing settled: look later. */
    public void slacken() {
        pauseNanos = Math.min(pauseNanos * 2, settings.longestPoll().toNanos());
    }
}
