package io.omsbatch.core.internal.ownership;

import io.omsbatch.api.gateway.FencingToken;

/** This engine's ownership of one run: until when it may act on it unless that is renewed. Thread-safe. */
public final class Tenure {

    private final String runId;
    private final FencingToken token;
    private volatile long fence;

    /** Whether it ended for good, whatever the clock shows. */
    private volatile boolean over;

    private volatile Runnable onRenewed = () -> {};
    private volatile Runnable onLost = () -> {};

    Tenure(String runId, FencingToken token, long fence) {
        this.runId = runId;
        this.token = token;
        this.fence = fence;
    }

    /**
     * Returns the ownership of a run that is not this engine's.
     *
     * @param runId the run
     * @return an ownership that is over
     */
    public static Tenure none(String runId) {
        Tenure none = new Tenure(runId, new FencingToken(1), 0);
        none.over = true;
        return none;
    }

    /**
     * Says whom to tell.
     *
     * @param renewed is called after each renewal; does not block
     * @param lost is called when another engine owns the run
     */
    public void tell(Runnable renewed, Runnable lost) {
        onRenewed = renewed;
        onLost = lost;
    }

    /** Returns the owner's token. */
    public FencingToken token() {
        return token;
    }

    /**
     * Returns whether this engine may still act at a time.
     *
     * @param nanos the time, by the environment's monotonic clock
     * @return whether it may
     */
    public boolean lastsUntil(long nanos) {
        return !over && nanos - fence <= 0;
    }

    String runId() {
        return runId;
    }

    void renewed(long newFence) {
        fence = newFence;
        onRenewed.run();
    }

    void lost() {
        over = true;
        onLost.run();
    }
}
