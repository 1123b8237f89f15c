package io.omsbatch.examples.postgres.task;

/** How a stage or a step is going. */
public enum Going {
    /** Reached, not begun. */
    WAITING,
    /** Under way. */
    RUNNING,
    /** Under way and caught up, for as long as it is let. */
    MONITORING,
    /** Tried without success. */
    FAILED,
    /** Over. */
    FINISHED,
    /** Passed over. */
    SKIPPED;

    /** Whether what comes next may begin. */
    public boolean over() {
        return this == MONITORING || this == FINISHED || this == SKIPPED;
    }
}
